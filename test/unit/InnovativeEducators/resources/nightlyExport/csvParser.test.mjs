import { built } from '../../../built.mjs';
import { split } from './pieces.mjs';

/** @type {typeof import('../../../../../nodes/InnovativeEducators/resources/nightlyExport/csvParser.js')} */
const { CsvParser } = built('./InnovativeEducators/resources/nightlyExport/csvParser.js');

/** Each row as its lines and fields, or its lines and what is wrong. @param {string} text @param {number} [longest] */
const rowsOf = (text, longest) =>
	split(new CsvParser(1, longest), text).map(({ line, through = line, ...found }) => [
		through === line ? line : [line, through],
		'fields' in found ? found.fields : found.reason,
	]);

const UNCLOSED = 'has a quotation mark that is never closed';
const BEHIND = 'has text after a closing quotation mark';
const STRAY = 'has a quotation mark in a field that does not begin with one';

describe('what RFC 4180 allows', () => {
	test.each([
		['', []],
		['a,b', [[1, ['a', 'b']]]],
		['a,b\n', [[1, ['a', 'b']]]],
		['a,b\r\nc,d\r\n', [[1, ['a', 'b']], [2, ['c', 'd']]]],
		['a,\n,b\n,\n', [[1, ['a', '']], [2, ['', 'b']], [3, ['', '']]]],
		['a\nb', [[1, ['a']], [2, ['b']]]],
		[' a , b ', [[1, [' a ', ' b ']]]],
		['"a","b"', [[1, ['a', 'b']]]],
		['"a","b"\r\n', [[1, ['a', 'b']]]],
		['"",""', [[1, ['', '']]]],
		['"a,b",c', [[1, ['a,b', 'c']]]],
		['"a ""b"" c",""""', [[1, ['a "b" c', '"']]]],
		['"a\nb","c\r\nd"\ne,f', [[[1, 3], ['a\nb', 'c\r\nd']], [4, ['e', 'f']]]],
		['"\r\n",x\r\n', [[[1, 2], ['\r\n', 'x']]]],
	])('%j is read as it is meant', (text, rows) => {
		expect(rowsOf(text)).toEqual(rows);
	});

	test('blank lines are no rows, and count as lines', () => {
		expect(rowsOf('\n\r\na,b\n\n\r\nc,d\n\n')).toEqual([[3, ['a', 'b']], [6, ['c', 'd']]]);
	});

	test('a CR that ends no line belongs to its field', () => {
		expect(rowsOf('a\rb,c\r\r\n\r,d')).toEqual([[1, ['a\rb', 'c\r']], [2, ['\r', 'd']]]);
	});

	test('the last row may end in a CR alone, as if it were cut off', () => {
		expect(rowsOf('a,b\r')).toEqual([[1, ['a', 'b']]]);
		expect(rowsOf('a,"b"\r')).toEqual([[1, ['a', 'b']]]);
	});
});

describe('what it forbids', () => {
	test.each([
		['text behind a quoted field', 'a\n"b"x,c\nd', [[1, ['a']], [2, BEHIND], [3, ['d']]]],
		['a blank behind a quoted field', '"b" ,c\nd', [[1, BEHIND], [2, ['d']]]],
		['a CR and text behind a quoted field', '"b"\rc\nd', [[1, BEHIND], [2, ['d']]]],
		['a CR and a quotation mark behind a quoted field', '"b"\r"c"\nd', [[1, BEHIND], [2, ['d']]]],
		['a quotation mark in a plain field', 'a,b"c",d\ne', [[1, STRAY], [2, ['e']]]],
		['a blank before a quotation mark', 'a, "b"\ne', [[1, STRAY], [2, ['e']]]],
		['a quotation mark that the file never closes', 'a\n"b,c\nd,e\nf', [[1, ['a']], [2, UNCLOSED], [3, ['d', 'e']], [4, ['f']]]],
		['one on the last line', 'a\n"b,c', [[1, ['a']], [2, UNCLOSED]]],
		['one that the next quoted field closes', '"a,b\nc,"d,e",f\ng', [[1, BEHIND], [2, ['c', 'd,e', 'f']], [3, ['g']]]],
		['several of them', '"a\n"b\n"c\nd', [[1, BEHIND], [2, BEHIND], [3, UNCLOSED], [4, ['d']]]],
		['a row of two things at once', 'a"b","c"d\ne', [[1, STRAY], [2, ['e']]]],
	])('leaves out one row: %s', (_, text, rows) => {
		expect(rowsOf(text)).toEqual(rows);
	});

	test('text that a row swallowed is told by its last line', () => {
		expect(rowsOf('"a,b\nc\nd",e\nf')).toEqual([[[1, 3], ['a,b\nc\nd', 'e']], [4, ['f']]]);
	});
});

describe('a row that is too long', () => {
	const LONG = 'is longer than a million characters';

	test('is left out, one that is just not is kept', () => {
		expect(rowsOf('aaaa,bbbbb\naaaa,bbbbbb\nc', 10)).toEqual([[1, ['aaaa', 'bbbbb']], [2, LONG], [3, ['c']]]);
	});

	test('ends where it properly ends: rows in its text are none', () => {
		expect(rowsOf('a,"bbbbbbbbbbbb\nforged,row\n""more""\n",c\nd,e', 10)).toEqual([[[1, 4], LONG], [5, ['d', 'e']]]);
	});

	test('ends with its line where it is not properly written', () => {
		expect(rowsOf('a,"bbbbbbbbbbbb\nc"d,"e\nf,g', 10)).toEqual([[[1, 2], LONG], [3, ['f', 'g']]]);
	});

	test('ends with the file where it is never closed', () => {
		expect(rowsOf('a\n"bbbbbbbbbbbb\nc\nd', 10)).toEqual([[1, ['a']], [[2, 4], LONG]]);
	});

	test('is told once when it is broken, too', () => {
		expect(rowsOf('a"bbbbbbbbbbbbbbbbbbbbb\nc', 10)).toEqual([[1, STRAY], [2, ['c']]]);
	});
});

test('lines are counted from the one that is given', () => {
	expect(split(new CsvParser(7), 'a\nb')).toMatchObject([{ line: 7 }, { line: 8 }]);
});
