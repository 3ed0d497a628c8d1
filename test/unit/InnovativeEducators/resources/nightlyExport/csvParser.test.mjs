import { CsvParser } from '#dist/nodes/InnovativeEducators/resources/nightlyExport/csvParser.js';
import { parseInPieces } from './parseInPieces.mjs';

/**
 * Each record as its lines and fields, or its lines and what is wrong.
 *
 * @param {string} text
 * @param {number} [maxLength]
 */
const recordsOf = (text, maxLength) =>
	parseInPieces(new CsvParser(maxLength), text).map(({ line, through = line, ...record }) => [
		through === line ? line : [line, through],
		'fields' in record ? record.fields : record.reason,
	]);

const UNCLOSED = 'has a quotation mark that is never closed';
const BEHIND = 'has text after a closing quotation mark';
const STRAY = 'has a quotation mark in a field that does not start with one';

describe('what RFC 4180 allows', () => {
	test.each([
		['', []],
		['a,b', [[1, ['a', 'b']]]],
		['a,b\n', [[1, ['a', 'b']]]],
		[
			'a,b\r\nc,d\r\n',
			[
				[1, ['a', 'b']],
				[2, ['c', 'd']],
			],
		],
		[
			'a,\n,b\n,\n',
			[
				[1, ['a', '']],
				[2, ['', 'b']],
				[3, ['', '']],
			],
		],
		[
			'a\nb',
			[
				[1, ['a']],
				[2, ['b']],
			],
		],
		[' a , b ', [[1, [' a ', ' b ']]]],
		['"a","b"', [[1, ['a', 'b']]]],
		['"a","b"\r\n', [[1, ['a', 'b']]]],
		['"",""', [[1, ['', '']]]],
		['"a,b",c', [[1, ['a,b', 'c']]]],
		['"a ""b"" c",""""', [[1, ['a "b" c', '"']]]],
		[
			'"a\nb","c\r\nd"\ne,f',
			[
				[
					[1, 3],
					['a\nb', 'c\r\nd'],
				],
				[4, ['e', 'f']],
			],
		],
		[
			'"\r\n",x\r\n',
			[
				[
					[1, 2],
					['\r\n', 'x'],
				],
			],
		],
	])('%j is parsed', (text, rows) => {
		expect(recordsOf(text)).toEqual(rows);
	});

	test('blank lines are not records, but count as lines', () => {
		expect(recordsOf('\n\r\na,b\n\n\r\nc,d\n\n')).toEqual([
			[3, ['a', 'b']],
			[6, ['c', 'd']],
		]);
	});

	test('a CR inside a line belongs to its field', () => {
		expect(recordsOf('a\rb,c\r\r\n\r,d')).toEqual([
			[1, ['a\rb', 'c\r']],
			[2, ['\r', 'd']],
		]);
	});

	test('the last record may end in a CR alone, as if cut short', () => {
		expect(recordsOf('a,b\r')).toEqual([[1, ['a', 'b']]]);
		expect(recordsOf('a,"b"\r')).toEqual([[1, ['a', 'b']]]);
	});
});

describe('what RFC 4180 forbids', () => {
	test.each([
		[
			'text behind a quoted field',
			'a\n"b"x,c\nd',
			[
				[1, ['a']],
				[2, BEHIND],
				[3, ['d']],
			],
		],
		[
			'a blank behind a quoted field',
			'"b" ,c\nd',
			[
				[1, BEHIND],
				[2, ['d']],
			],
		],
		[
			'a CR and text behind a quoted field',
			'"b"\rc\nd',
			[
				[1, BEHIND],
				[2, ['d']],
			],
		],
		[
			'a CR and a quotation mark behind a quoted field',
			'"b"\r"c"\nd',
			[
				[1, BEHIND],
				[2, ['d']],
			],
		],
		[
			'a quotation mark in a plain field',
			'a,b"c",d\ne',
			[
				[1, STRAY],
				[2, ['e']],
			],
		],
		[
			'a blank before a quotation mark',
			'a, "b"\ne',
			[
				[1, STRAY],
				[2, ['e']],
			],
		],
		[
			'a quotation mark that the file never closes',
			'a\n"b,c\nd,e\nf',
			[
				[1, ['a']],
				[2, UNCLOSED],
				[3, ['d', 'e']],
				[4, ['f']],
			],
		],
		[
			'the same on the last line',
			'a\n"b,c',
			[
				[1, ['a']],
				[2, UNCLOSED],
			],
		],
		[
			'a quotation mark that the next quoted field closes',
			'"a,b\nc,"d,e",f\ng',
			[
				[1, BEHIND],
				[2, ['c', 'd,e', 'f']],
				[3, ['g']],
			],
		],
		[
			'several of those',
			'"a\n"b\n"c\nd',
			[
				[1, BEHIND],
				[2, BEHIND],
				[3, UNCLOSED],
				[4, ['d']],
			],
		],
		[
			'two errors in one row',
			'a"b","c"d\ne',
			[
				[1, STRAY],
				[2, ['e']],
			],
		],
	])('invalidates one row only: %s', (_, text, rows) => {
		expect(recordsOf(text)).toEqual(rows);
	});

	test('a record of several lines has a first and a last line', () => {
		expect(recordsOf('"a,b\nc\nd",e\nf')).toEqual([
			[
				[1, 3],
				['a,b\nc\nd', 'e'],
			],
			[4, ['f']],
		]);
	});
});

describe('a row that is too long', () => {
	const LONG = 'is longer than a million characters';

	test('is invalid, and one of the maximum length is not', () => {
		expect(recordsOf('aaaa,bbbbb\naaaa,bbbbbb\nc', 10)).toEqual([
			[1, ['aaaa', 'bbbbb']],
			[2, LONG],
			[3, ['c']],
		]);
	});

	test('ends where its quoted text ends, which may contain what looks like rows', () => {
		expect(recordsOf('a,"bbbbbbbbbbbb\nforged,row\n""more""\n",c\nd,e', 10)).toEqual([
			[[1, 4], LONG],
			[5, ['d', 'e']],
		]);
	});

	test('ends with the file if it is never closed', () => {
		expect(recordsOf('a\n"bbbbbbbbbbbb\nc\nd', 10)).toEqual([
			[1, ['a']],
			[[2, 4], LONG],
		]);
	});

	test('is reported once if it is also broken', () => {
		expect(recordsOf('a"bbbbbbbbbbbbbbbbbbbbb\nc', 10)).toEqual([
			[1, LONG],
			[2, ['c']],
		]);
	});
});
