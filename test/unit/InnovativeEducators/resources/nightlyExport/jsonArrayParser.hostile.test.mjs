import fc from 'fast-check';

import { built } from '../../../built.mjs';
import { split } from './pieces.mjs';

/** @type {typeof import('../../../../../nodes/InnovativeEducators/resources/nightlyExport/jsonArrayParser.js')} */
const { JsonArrayParser } = built('./InnovativeEducators/resources/nightlyExport/jsonArrayParser.js');

/** @typedef {import('../../../../../nodes/InnovativeEducators/resources/nightlyExport/types.js').ParsedRecord} Found */

const lengths = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 });

/** Text of what matters to JSON. */
const text = fc.string({ unit: fc.constantFrom(...'{}[]":,\\ \n\r\t', '1', 'a', 'é', '😀', '"a":', '{"a":1}', '},\n{'), maxLength: 80 });

const object = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue());

/** @param {Found[]} found @returns {unknown[]} */
const payloadsOf = (found) => found.map((each) => ('payload' in each ? each.payload : each.reason));

/** As JSON.parse gives it, for which -0 and __proto__ are what they are. @param {unknown} value */
const parsed = (value) => JSON.parse(JSON.stringify(value));

test('whatever objects are written come back, however they are indented and the file is cut', () => {
	fc.assert(
		fc.property(fc.array(object, { maxLength: 5 }), fc.constantFrom(undefined, 1, 2, '\t'), lengths, (objects, indent, cut) => {
			const found = split(new JsonArrayParser(), JSON.stringify(objects, null, indent), cut);
			expect(payloadsOf(found)).toEqual(parsed(objects));
			expect(found.map(({ number }) => number)).toEqual([...objects.keys()].map((index) => index + 1));
		}),
		{ numRuns: 1000 },
	);
});

/** JSON with blanks and line ends wherever they may be. @param {unknown} value @param {() => string} blank @returns {string} */
function written(value, blank) {
	const around = (/** @type {string} */ inner) => blank() + inner + blank();
	if (typeof value !== 'object' || value === null) return around(JSON.stringify(value));
	if (Array.isArray(value)) return around(`[${value.map((each) => written(each, blank)).join(',') || blank()}]`);
	const entries = Object.entries(value).map(([key, each]) => `${written(key, blank)}:${written(each, blank)}`);
	return around(`{${entries.join(',') || blank()}}`);
}

test('blanks and line ends may be anywhere between', () => {
	const blanks = fc.array(fc.constantFrom('', ' ', '\n', '\r\n\t', '\n  '), { minLength: 1, maxLength: 7 });
	fc.assert(
		fc.property(fc.array(object, { maxLength: 4 }), blanks, lengths, (objects, all, cut) => {
			let count = 0;
			const file = written(objects, () => all[count++ % all.length]);
			expect(payloadsOf(split(new JsonArrayParser(), file, cut))).toEqual(parsed(objects));
		}),
		{ numRuns: 1000 },
	);
});

test('a line each is read as well, and a broken one takes none of the others with it', () => {
	const broken = fc.constantFrom('{"a":1', '{"a":"b}', '{"a":{}', '{"a":1,}', '{"a" 1}', '{"a":"\\', '{"a":[1}', 'oops', '{"a":"\t"}', '{"a":1]');
	const lines = fc.array(fc.oneof(object.map((value) => JSON.stringify(value)), broken), { maxLength: 10 });
	fc.assert(
		fc.property(lines, fc.constantFrom('\n', '\r\n', ',\n', '\n,'), fc.boolean(), lengths, (all, between, isArray, cut) => {
			const found = split(new JsonArrayParser(), isArray ? `[\n${all.join(between)}\n]` : all.join(between), cut);
			const good = all.filter((line) => {
				try {
					return JSON.parse(line);
				} catch {
					return false;
				}
			});
			const read = payloadsOf(found).map((payload) => JSON.stringify(payload));
			for (const line of good) expect(read).toContain(JSON.stringify(JSON.parse(line)));
			expect(found.filter((each) => 'payload' in each)).toHaveLength(good.length);
		}),
		{ numRuns: 1000 },
	);
});

test('any text gives the same however it is cut, and nothing is thrown', () => {
	fc.assert(
		fc.property(text, lengths, fc.integer({ min: 1, max: 40 }), (file, cut, longest) => {
			const whole = split(new JsonArrayParser(1, longest), file);
			expect(split(new JsonArrayParser(1, longest), file, cut)).toEqual(whole);
			expect(split(new JsonArrayParser(1, longest), file, [1])).toEqual(whole);
			for (const { line, through = line, number } of whole) {
				expect(through).toBeGreaterThanOrEqual(line);
				expect(number).toBeGreaterThan(0);
			}
		}),
		{ numRuns: 3000 },
	);
});

test('what JSON.parse reads as an array of objects is read the same', () => {
	fc.assert(
		fc.property(text, (file) => {
			let expected;
			try {
				expected = JSON.parse(`[${file}]`);
			} catch {
				return;
			}
			const found = split(new JsonArrayParser(), `[${file}]`);
			const isObject = (/** @type {unknown} */ value) => typeof value === 'object' && value !== null && !Array.isArray(value);
			expect(payloadsOf(found)).toEqual(expected.map((/** @type {unknown} */ value) => (isObject(value) ? value : 'is not an object')));
		}),
		{ numRuns: 20_000 },
	);
});

describe('a megabyte of it takes seconds, not hours', () => {
	const MOST_MS = 10_000;

	test.each(['{\n', '{', '[', '"', '"\n', '\\', '{"', '{"\n', '{}', '}', ']', '[]', ',', ' ', '\n', '1 ', 'a', '{"a":\n{'])('%j', (unit) => {
		const file = unit.repeat(1_000_000 / unit.length);
		const start = performance.now();
		split(new JsonArrayParser(), file, [65_536]);
		expect(performance.now() - start).toBeLessThan(MOST_MS);
	});
});
