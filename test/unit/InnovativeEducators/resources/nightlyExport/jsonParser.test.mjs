import { JsonParser } from '#dist/nodes/InnovativeEducators/resources/nightlyExport/jsonParser.js';
import { parseInPieces } from './parseInPieces.mjs';

const createError = (/** @type {string} */ message) => /** @type {any} */ (new Error(message));

/**
 * Each element as its number, its lines, and the object or what is wrong.
 *
 * @param {string} text
 * @param {number} [maxLength]
 */
const elementsOf = (text, maxLength) =>
	parseInPieces(new JsonParser(createError, maxLength), text).map(
		({ number, line, through = line, ...row }) => [
			number,
			through === line ? line : [line, through],
			'payload' in row ? row.payload : row.reason,
		],
	);

/** @param {string} text @param {number} [maxLength] */
function errorOf(text, maxLength) {
	try {
		return JSON.stringify(elementsOf(text, maxLength));
	} catch (error) {
		return /** @type {Error} */ (error).message;
	}
}

/** @param {number} line @param {number} column */
const invalidAt = (line, column) => `The JSON file is invalid at line ${line}, column ${column}`;

/** @param {number} line @param {number} column */
const endsAt = (line, column) => `The JSON file ends too early, at line ${line}, column ${column}`;

const NO_OBJECT = 'is not an object';
const [one, two, three] = [{ id: '1' }, { id: '2' }, { id: '3' }];

describe('a list', () => {
	test.each([
		[
			'on one line',
			'[{"id":"1"},{"id":"2"}]',
			[
				[1, 1, one],
				[2, 1, two],
			],
		],
		[
			'with a line for each object',
			'[\n{"id":"1"},\n{"id":"2"}\n]\n',
			[
				[1, 2, one],
				[2, 3, two],
			],
		],
		[
			'with several lines for each object',
			'[\r\n  {\r\n    "id": "1"\r\n  },\r\n  {\r\n    "id": "2"\r\n  }\r\n]',
			[
				[1, [2, 4], one],
				[2, [5, 7], two],
			],
		],
		['without elements', ' [ ] ', []],
		[
			'of texts with brackets, quotation marks and backslashes',
			'[{"a":"}]{[\\"\\\\","b":"\\u007b"},{"id":"2"}]',
			[
				[1, 1, { a: '}]{["\\', b: '{' }],
				[2, 1, two],
			],
		],
		[
			'of nested objects and lists',
			'[{"a":[{"b":[1,{}]},[[]]]},{"id":"2"}]',
			[
				[1, 1, { a: [{ b: [1, {}] }, [[]]] }],
				[2, 1, two],
			],
		],
	])('%s is parsed', (_, text, elements) => {
		expect(elementsOf(text)).toEqual(elements);
	});

	test.each([
		'[{"a":\n{"b":1}},{"c":[\n{"d":1},\n{"e":2}\n,{"f":3}]}]',
		'[\n{\n"list": [\n{\n"a": 1\n},\n{}\n],\n"b":\n{\n}\n}\n]',
	])('is parsed with line ends anywhere: %j', (text) => {
		expect(elementsOf(text).map(([, , payload]) => payload)).toEqual(JSON.parse(text));
	});
});

describe('an element is invalid', () => {
	test('if it is not an object', () => {
		expect(elementsOf('[{"id":"1"},7,"a,}",null,[{"id":"9"}],{"id":"2"}]')).toEqual([
			[1, 1, one],
			[2, 1, NO_OBJECT],
			[3, 1, NO_OBJECT],
			[4, 1, NO_OBJECT],
			[5, 1, NO_OBJECT],
			[6, 1, two],
		]);
	});

	test('if it is nested too deep for n8n', () => {
		const nested = (/** @type {number} */ levels) =>
			`{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
		const [[, , kept], rejected] = elementsOf(`[${nested(200)},${nested(201)}]`);
		expect(kept).toHaveProperty('a');
		expect(rejected).toEqual([2, 1, 'is nested more than 200 levels deep']);
		expect(elementsOf(`[${nested(100_000)},{"id":"2"}]`)).toEqual([
			[1, 1, 'is nested more than 200 levels deep'],
			[2, 1, two],
		]);
	});

	test('if it is too long, and the next one is not', () => {
		const LONG = 'is longer than a million characters';
		expect(elementsOf('[{"id":"1"},{"id":"22"},{"id":"3"}]', 10)).toEqual([
			[1, 1, one],
			[2, 1, LONG],
			[3, 1, three],
		]);
		expect(elementsOf('[\n{"a":\n  [{"id":"9"},\n  {"id":"8"}]\n},{"id":"2"}]', 12)).toEqual([
			[1, 2, LONG],
			[2, 5, two],
		]);
	});
});

describe('a file that is not JSON stops with the line and the column of the error', () => {
	test.each([
		['a comma too many in an object', '[{"id":"1",},{"id":"2"}]', invalidAt(1, 12)],
		['a comma too many in the list', '[{"id":"1"},\n]', invalidAt(2, 1)],
		['a comma without an element', '[,{"id":"1"}]', invalidAt(1, 2)],
		['a comma too few', '[{"id":"1"}\n{"id":"2"}]', invalidAt(2, 1)],
		[
			'comments, as the documentation prints them',
			'[{\n"user": "a", // learner email\n"id": "1"\n},\n{"id":"2"}]',
			invalidAt(2, 14),
		],
		['a list that is closed like an object', '[{"a":[1},{"id":"2"}]', invalidAt(1, 9)],
		[
			'a list inside that is closed like an object',
			'[{"a":{"b":[{"c":[1}]}},{"id":"2"}]',
			invalidAt(1, 20),
		],
		['an object that is closed like a list', '[{"a":1],{"id":"2"}]', invalidAt(1, 8)],
		['the list closed like an object', '[{"id":"1"}}', invalidAt(1, 12)],
		[
			'an object that is not closed',
			'[\n{"id":"1"},\n{"id":"9",\n{"id":"2"},\n{"id":"3"}\n]',
			invalidAt(4, 1),
		],
		[
			'an object that is not closed, on one line',
			'[{"a":{"b":1},{"id":"2"},{"id":"3"}]',
			invalidAt(1, 15),
		],
		[
			'a text that is not closed',
			'[\n{"id":"1"},\n{"id":"9,"a":{"b":1}},\n{"id":"2"}\n]',
			invalidAt(3, 11),
		],
		[
			'a text that is not closed on its line',
			'[\n  {\n    "id": "9,\n    "a": 1\n  }\n]',
			invalidAt(3, 11),
		],
		['a text that ends in a backslash', '[\n{"id":"1\\\n},\n{"id":"2"}]', invalidAt(2, 7)],
		['a word', '[{"id":"1"}, oops]', invalidAt(1, 18)],
		['a word behind an object', '[{"id":"1"} oops {"id":"2"}]', invalidAt(1, 13)],
		['an object behind a word', '[oops{"id":"2"}]', invalidAt(1, 2)],
		['text behind the list', '[{"id":"1"}]\n oops', invalidAt(2, 2)],
		['a second list', '[{"id":"1"}]\n[{"id":"2"}]', invalidAt(2, 1)],
	])('%s', (_, text, message) => {
		expect(errorOf(text)).toBe(message);
	});

	test('in an element that is longer than the limit', () => {
		expect(errorOf('[{"id":"1"},\n{"a":1,},{"b":"12345678901234567890"}]', 20)).toBe(
			invalidAt(2, 8),
		);
		expect(errorOf('[{"id":"1",\n{"id":"2"},\n{"id":"3"},\n{"id":"4"}]', 20)).toBe(invalidAt(2, 1));
	});

	test.each([
		['in an object', '[{"id":"1"},{"id":"2","a":{', endsAt(1, 28)],
		['in a text', '[{"id":"1"},\n{"id":"2', endsAt(2, 9)],
		['behind a backslash', '[{"id":"\\', endsAt(1, 10)],
		['between objects', '[\n{"id":"1"},\n', endsAt(3, 1)],
		['behind the last object', '[{"id":"1"}', endsAt(1, 12)],
		['in a word', '[{"id":"1"},tru', endsAt(1, 16)],
		['before anything', '[', endsAt(1, 2)],
		['in an object that is longer than the limit', '[{"a":"12345678901234\\\\', endsAt(1, 24)],
	])('if it is cut short %s', (_, text, message) => {
		expect(errorOf(text, 20)).toBe(message);
	});
});
