import { built } from '../../../built.mjs';
import { split } from './pieces.mjs';

/** @type {typeof import('../../../../../nodes/InnovativeEducators/resources/nightlyExport/jsonArrayParser.js')} */
const { JsonArrayParser } = built('./InnovativeEducators/resources/nightlyExport/jsonArrayParser.js');

/** Each element as its number, its lines, and the object or what is wrong. @param {string} text @param {number} [longest] */
const elementsOf = (text, longest) =>
	split(new JsonArrayParser(1, longest), text).map(({ number, line, through = line, ...found }) => [
		number,
		through === line ? line : [line, through],
		'payload' in found ? found.payload : found.reason,
	]);

const NOT_JSON = 'is not JSON';
const NO_OBJECT = 'is not an object';
const UNCLOSED = 'is not closed';
const CUT = 'is not closed: the file may have been cut short';
const MISSING = 'is missing: the list is not closed, and the file may have been cut short';
const NO_MATCH = 'has brackets that do not match';
const LINE_END = 'has a line end in a text';
const [one, two, three] = [{ id: '1' }, { id: '2' }, { id: '3' }];

describe('objects', () => {
	test.each([
		['of an array on one line', '[{"id":"1"},{"id":"2"}]', [[1, 1, one], [2, 1, two]]],
		['of an array with a line for each', '[\n{"id":"1"},\n{"id":"2"}\n]\n', [[1, 2, one], [2, 3, two]]],
		['of an array over many lines', '[\r\n  {\r\n    "id": "1"\r\n  },\r\n  {\r\n    "id": "2"\r\n  }\r\n]', [[1, [2, 4], one], [2, [5, 7], two]]],
		['of an empty array', ' [ ] ', []],
		['alone', '{"id":"1"}', [[1, 1, one]]],
		['on a line each', '{"id":"1"}\n{"id":"2"}\n', [[1, 1, one], [2, 2, two]]],
		['of two arrays', '[{"id":"1"}]\n[{"id":"2"}]', [[1, 1, one], [2, 2, two]]],
		['with too many and too few commas', '[,{"id":"1"},,\n{"id":"2"} {"id":"3"},]', [[1, 1, one], [2, 2, two], [3, 2, three]]],
		['with brackets, quotation marks and backslashes in texts', '[{"a":"}]{[\\"\\\\","b":"\\u007b"},{"id":"2"}]', [[1, 1, { a: '}]{["\\', b: '{' }], [2, 1, two]]],
		['with objects and arrays in them', '[{"a":[{"b":[1,{}]},[[]]]},{"id":"2"}]', [[1, 1, { a: [{ b: [1, {}] }, [[]]] }], [2, 1, two]]],
	])('%s are read', (_, text, elements) => {
		expect(elementsOf(text)).toEqual(elements);
	});
});

describe('what is not', () => {
	test.each([
		['a value that is none', '[{"id":"1"},7,"a,}",null,[{"id":"9"}],{"id":"2"}]', [[1, 1, one], [2, 1, NO_OBJECT], [3, 1, NO_OBJECT], [4, 1, NO_OBJECT], [5, 1, NO_OBJECT], [6, 1, two]]],
		['an object with a comma too many', '[{"id":"1",},{"id":"2"}]', [[1, 1, NOT_JSON], [2, 1, two]]],
		['an object with comments, as the documentation prints it', '[{\n"user": "a", // learner email\n"id": "1"\n},\n{"id":"2"}]', [[1, [1, 4], NOT_JSON], [2, 5, two]]],
		['an array that is closed like an object', '[{"a":[1},{"id":"2"}]', [[1, 1, NO_MATCH], [2, 1, two]]],
		['one deep inside', '[{"a":{"b":[{"c":[1}]}},{"id":"2"}]', [[1, 1, NO_MATCH], [2, 1, two]]],
		['an object that is closed like an array', '[{"a":1],{"id":"2"}]', [[1, 1, NO_MATCH], [2, 1, two]]],
		['an object that is not closed, on the same line', '[{"a":{"b":1},{"id":"2"},{"id":"3"}]', [[1, 1, UNCLOSED], [2, 1, two], [3, 1, three]]],
		['words between objects', '[{"id":"1"} oops {"id":"2"}]', [[1, 1, one], [2, 1, NO_OBJECT], [3, 1, two]]],
		['an object behind a word', '[oops{"id":"2"}]', [[1, 1, NO_OBJECT], [2, 1, two]]],
		['closing brackets alone', '}{"id":"1"}]{"id":"2"}', [[1, 1, NO_OBJECT], [2, 1, one], [3, 1, NO_OBJECT], [4, 1, two]]],
	])('an object is told: %s', (_, text, elements) => {
		expect(elementsOf(text)).toEqual(elements);
	});

	test.each([
		['an object on its line', '[\n{"id":"1"},\n{"id":"9",\n{"id":"2"},\n{"id":"3"}\n]', [[1, 2, one], [2, 3, UNCLOSED], [3, 4, two], [4, 5, three]]],
		['an object over many lines', '[\n  {\n    "id": "9",\n    "a": {\n      "b": 1\n    \n  },\n  {\n    "id": "2"\n  }\n]', [[1, [2, 7], UNCLOSED], [2, [8, 10], two]]],
		['a text on its line', '[\n{"id":"1"},\n{"id":"9,"a":{"b":1}},\n{"id":"2"}\n]', [[1, 2, one], [2, 3, LINE_END], [3, 4, two]]],
		['a text of an object over many lines', '[\n  {\n    "id": "9,\n    "a": {\n      "b": 1\n    }\n  },\n  {\n    "id": "2"\n  }\n]', [[1, [2, 7], LINE_END], [2, [8, 10], two]]],
		['a text before objects that are its own', '[\n  {\n    "id": "9,\n    "list": [\n      {\n        "b": 1\n      }\n    ]\n  },\n  {\n    "id": "2"\n  }\n]', [[1, [2, 9], LINE_END], [2, [10, 12], two]]],
		['a text that ends in a backslash', '[\n{"id":"1\\\n},\n{"id":"2"}]', [[1, [2, 3], LINE_END], [2, 4, two]]],
	])('closed does not take the rest with it: %s', (_, text, elements) => {
		expect(elementsOf(text)).toEqual(elements);
	});

	test.each([
		['in an object', '[{"id":"1"},{"id":"2","a":{', [[1, 1, one], [2, 1, CUT]]],
		['in a text', '[{"id":"1"},\n{"id":"2', [[1, 1, one], [2, 2, CUT]]],
		['behind a backslash', '[{"id":"\\', [[1, 1, CUT]]],
		['between objects', '[\n{"id":"1"},\n', [[1, 2, one], [2, 3, MISSING]]],
		['behind the last object', '[{"id":"1"}', [[1, 1, one], [2, 1, MISSING]]],
		['in a word', '[{"id":"1"},tru', [[1, 1, one], [2, 1, NO_OBJECT], [3, 1, MISSING]]],
		['before anything', '[', [[1, 1, MISSING]]],
	])('there since the file is cut short is told: %s', (_, text, elements) => {
		expect(elementsOf(text)).toEqual(elements);
	});
});

test('an object over many lines may have others in it that begin their lines', () => {
	const value = { id: '1', list: [{ a: 1 }, { b: [{ c: {} }] }] };
	const text = JSON.stringify([value, value], null, 2);
	expect(text.split('\n').filter((line) => /^ *\{/.test(line))).toHaveLength(8);
	expect(elementsOf(text)).toEqual([[1, [2, 16], value], [2, [17, 31], value]]);
});

test.each([
	'[{"a":\n{"b":1}},{"c":[\n{"d":1},\n{"e":2}\n,{"f":3}]}]',
	'[\n{\n"list": [\n{\n"a": 1\n},\n{}\n],\n"b":\n{\n}\n}\n]',
])('lines that begin with an object where one may be belong to the element: %j', (text) => {
	expect(elementsOf(text).map(([, , payload]) => payload)).toEqual(JSON.parse(text));
});

test('what is nested too deep for n8n is told', () => {
	const nested = (/** @type {number} */ levels) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
	const [[, , kept], refused] = elementsOf(`[${nested(200)},${nested(201)}]`);
	expect(kept).toHaveProperty('a');
	expect(refused).toEqual([2, 1, 'is nested more than 200 levels deep']);
	expect(elementsOf(`[${'['.repeat(100_000)}${']'.repeat(100_000)},{"id":"2"}]`)).toEqual([[1, 1, 'is nested more than 200 levels deep'], [2, 1, two]]);
});

describe('an object that is too long', () => {
	const LONG = 'is longer than a million characters';

	test('is left out up to its end, one that is just not is kept', () => {
		expect(elementsOf('[{"id":"1"},{"id":"22"},{"id":"3"}]', 10)).toEqual([[1, 1, one], [2, 1, LONG], [3, 1, three]]);
	});

	test('has nothing in it that would be read', () => {
		expect(elementsOf('[\n{"a":\n  [{"id":"9"},\n  {"id":"8"}]\n},{"id":"2"}]', 12)).toEqual([[1, [2, 5], LONG], [2, 5, two]]);
	});

	test('ends with the next line of an object where it is not closed', () => {
		expect(elementsOf('[\n{"a":"123456789012",\n{"id":"2"}]', 12)).toEqual([[1, 2, LONG], [2, 3, two]]);
		expect(elementsOf('[\n{"a":"123456789012,\n{"id":"2"}]', 12)).toEqual([[1, 2, LONG], [2, 3, two]]);
	});

	test('ends with the file where nothing closes it', () => {
		expect(elementsOf('[{"a":"12345678901234\\\\', 12)).toEqual([[1, 1, LONG]]);
	});
});

test('lines are counted from the one that is given', () => {
	expect(split(new JsonArrayParser(7), '{}\n{}')).toMatchObject([{ line: 7 }, { line: 8 }]);
});
