import fc from 'fast-check';

import { JsonParser } from '#dist/nodes/InnovativeEducators/resources/nightlyExport/jsonParser.js';
import { processorMs } from '../../../clock.mjs';
import { parseInPieces } from './parseInPieces.mjs';

/**
 * @typedef {import('../../../../../nodes/InnovativeEducators/resources/nightlyExport/row.js').ParsedRow} ParsedRow
 */

const POSITION = /^The JSON file (?:is invalid at|ends too early, at) line (\d+), column (\d+)$/;

/** @param {number} [maxLength] */
const createParser = (maxLength) =>
	new JsonParser((message) => /** @type {any} */ (new Error(message)), maxLength);

/**
 * The rows, or the message of the error.
 *
 * @param {string} text
 * @param {readonly number[]} [lengths]
 * @param {number} [maxLength]
 */
function parse(text, lengths, maxLength) {
	try {
		return parseInPieces(createParser(maxLength), text, lengths);
	} catch (error) {
		return /** @type {Error} */ (error).message;
	}
}

const lengths = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 });

/** Text of what matters to JSON. */
const text = fc.string({
	unit: fc.constantFrom(...'{}[]":,\\ \n\r\t', '1', 'a', 'é', '😀', '"a":', '{"a":1}', '},\n{'),
	maxLength: 80,
});

const object = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue());

/** @param {ParsedRow[] | string} rows @returns {unknown} */
const payloadsOf = (rows) =>
	typeof rows === 'string'
		? rows
		: rows.map((row) => ('payload' in row ? row.payload : row.reason));

/** As JSON.parse returns it, which matters for -0 and __proto__. @param {unknown} value */
const parsed = (value) => JSON.parse(JSON.stringify(value));

test('any objects are parsed, with any indentation and in any pieces', () => {
	fc.assert(
		fc.property(
			fc.array(object, { maxLength: 5 }),
			fc.constantFrom(undefined, 1, 2, '\t'),
			lengths,
			(objects, indent, cut) => {
				const rows = parse(JSON.stringify(objects, null, indent), cut);
				expect(payloadsOf(rows)).toEqual(parsed(objects));
				expect(Array.from(/** @type {ParsedRow[]} */ (rows), ({ number }) => number)).toEqual(
					[...objects.keys()].map((index) => index + 1),
				);
			},
		),
		{ numRuns: 1000 },
	);
});

/**
 * JSON with white space wherever it may be.
 *
 * @param {unknown} value
 * @param {() => string} blank
 * @returns {string}
 */
function written(value, blank) {
	const around = (/** @type {string} */ inner) => blank() + inner + blank();
	if (typeof value !== 'object' || value === null) return around(JSON.stringify(value));
	if (Array.isArray(value))
		return around(`[${value.map((each) => written(each, blank)).join(',') || blank()}]`);
	const entries = Object.entries(value).map(
		([key, each]) => `${written(key, blank)}:${written(each, blank)}`,
	);
	return around(`{${entries.join(',') || blank()}}`);
}

test('white space may be anywhere between tokens', () => {
	const blanks = fc.array(fc.constantFrom('', ' ', '\n', '\r\n\t', '\n  '), {
		minLength: 1,
		maxLength: 7,
	});
	fc.assert(
		fc.property(fc.array(object, { maxLength: 4 }), blanks, lengths, (objects, all, cut) => {
			let count = 0;
			const file = written(objects, () => all[count++ % all.length]);
			expect(payloadsOf(parse(file, cut))).toEqual(parsed(objects));
		}),
		{ numRuns: 1000 },
	);
});

test('any text gives the same result in any pieces: rows, or an error with a position in the text', () => {
	fc.assert(
		fc.property(text, lengths, fc.integer({ min: 1, max: 40 }), (content, cut, maxLength) => {
			const file = `[${content}`;
			const whole = parse(file, undefined, maxLength);
			for (const pieces of [cut, [1]]) {
				const result = parse(file, pieces, maxLength);
				expect(result).toEqual(whole);
			}
			if (typeof whole !== 'string') return;
			const [, line, column] = POSITION.exec(whole) ?? [];
			const lines = file.split('\n');
			expect(Number(line)).toBeLessThanOrEqual(lines.length);
			expect(Number(column)).toBeLessThanOrEqual(lines[Number(line) - 1].length + 1);
		}),
		{
			numRuns: 3000,
			// More blanks than are kept, before the only element.
			examples: [
				['\n\r"a":]', [1], 1],
				['\n\r\n"a":]', [1], 1],
			],
		},
	);
});

test('a list is accepted if and only if JSON.parse accepts it, with the same objects', () => {
	fc.assert(
		fc.property(text, (content) => {
			let expected;
			try {
				expected = JSON.parse(`[${content}]`);
			} catch {
				expect(parse(`[${content}]`)).toMatch(POSITION);
				return;
			}
			const isObject = (/** @type {unknown} */ value) =>
				typeof value === 'object' && value !== null && !Array.isArray(value);
			expect(payloadsOf(parse(`[${content}]`))).toEqual(
				expected.map((/** @type {unknown} */ value) =>
					isObject(value) ? value : 'is not an object',
				),
			);
		}),
		{ numRuns: 20_000 },
	);
});

test('what is cut off a list is missing, and nothing before that is invalid', () => {
	fc.assert(
		fc.property(
			fc.array(object, { maxLength: 5 }),
			fc.constantFrom(undefined, 2),
			fc.nat(),
			(objects, indent, at) => {
				const file = JSON.stringify(objects, null, indent);
				expect(parse(file.slice(0, 1 + (at % (file.length - 1))))).toMatch(/ends too early/);
			},
		),
		{ numRuns: 1000 },
	);
});

describe('a megabyte of it takes seconds, not hours', () => {
	const MOST_MS = 10_000;

	test.each([
		'{\n',
		'{',
		'[',
		'"',
		'"\n',
		'\\',
		'"\\',
		'{"',
		'{"\n',
		'{}',
		'}',
		']',
		'[]',
		',',
		' ',
		'\n',
		'1 ',
		'a',
		'1,',
		'{"a":\n{',
	])('%j', (unit) => {
		for (const start of ['[', '["']) {
			const file = start + unit.repeat(1_500_000 / unit.length);
			const startedAt = processorMs();
			parse(file, [65_536]);
			expect(processorMs() - startedAt).toBeLessThan(MOST_MS);
		}
	});
});
