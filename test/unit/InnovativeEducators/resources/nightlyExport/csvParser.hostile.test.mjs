import fc from 'fast-check';

import { CsvParser } from '#dist/nodes/InnovativeEducators/resources/nightlyExport/csvParser.js';
import { processorMs } from '../../../clock.mjs';
import { parseInPieces } from './parseInPieces.mjs';

const lengths = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 });

/** Text of what matters to CSV. */
const text = fc.string({
	unit: fc.constantFrom('"', ',', '\n', '\r', '\r\n', 'a', ' ', 'é', '😀', '""', '","'),
	maxLength: 80,
});

/** A field, and whether it is quoted without need. */
const field = fc.tuple(fc.oneof(text, fc.string({ unit: 'binary' })), fc.boolean());

/** @param {[string, boolean]} field */
const written = ([value, always]) =>
	always || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;

test('any fields are parsed, with either line end and in any pieces', () => {
	const rows = fc.array(fc.array(field, { minLength: 2, maxLength: 6 }), { maxLength: 8 });
	fc.assert(
		fc.property(
			rows,
			fc.constantFrom('\n', '\r\n'),
			fc.boolean(),
			lengths,
			(records, lineEnd, isEnded, cut) => {
				const file =
					records.map((fields) => fields.map(written).join(',')).join(lineEnd) +
					(isEnded ? lineEnd : '');
				const found = parseInPieces(new CsvParser(), file, cut);
				expect(found.map((record) => ('fields' in record ? record.fields : record.reason))).toEqual(
					records.map((fields) => fields.map(([value]) => value)),
				);
			},
		),
		{ numRuns: 1000 },
	);
});

test('any text gives the same records in any pieces', () => {
	fc.assert(
		fc.property(text, lengths, fc.integer({ min: 1, max: 40 }), (file, cut, maxLength) => {
			const whole = parseInPieces(new CsvParser(maxLength), file);
			expect(parseInPieces(new CsvParser(maxLength), file, cut)).toEqual(whole);
			expect(parseInPieces(new CsvParser(maxLength), file, [1])).toEqual(whole);
		}),
		{ numRuns: 3000 },
	);
});

test('every line that is not blank belongs to one record or is reported', () => {
	fc.assert(
		fc.property(text, fc.integer({ min: 1, max: 200 }), (file, maxLength) => {
			const found = parseInPieces(new CsvParser(maxLength), file);
			const covered = found.flatMap(({ line, through = line }) =>
				Array.from({ length: through - line + 1 }, (_, index) => line + index),
			);
			expect(covered).toEqual([...new Set(covered)].sort((a, b) => a - b));
			const lines = file.split('\n');
			for (const [index, line] of lines.entries()) {
				if (line.trim() !== '') expect(covered).toContain(index + 1);
			}
			expect(Math.max(0, ...covered)).toBeLessThanOrEqual(lines.length);
		}),
		{ numRuns: 3000 },
	);
});

test('broken rows do not affect valid ones', () => {
	const plain = fc.array(
		fc.string({ unit: fc.constantFrom('a', 'b', ' '), minLength: 1, maxLength: 5 }),
		{ minLength: 2, maxLength: 4 },
	);
	const broken = fc.constantFrom('a,"b', '"a"b,c', 'a"b,c', '"a', 'x,"y,z', '" ,b');
	fc.assert(
		fc.property(fc.array(fc.oneof(plain, broken), { maxLength: 12 }), lengths, (lines, cut) => {
			const file = lines
				.map((line) => (typeof line === 'string' ? line : line.join(',')))
				.join('\n');
			const rows = parseInPieces(new CsvParser(), file, cut).flatMap((found) =>
				'fields' in found ? [found.fields] : [],
			);
			for (const line of lines) if (typeof line !== 'string') expect(rows).toContainEqual(line);
		}),
		{ numRuns: 1000 },
	);
});

describe('a megabyte of it takes seconds, not hours', () => {
	const MOST_MS = 10_000;

	test.each([
		'"\n',
		'x","\n',
		'"""\n',
		'",\n',
		'"a\n""b\n',
		',"\n',
		'"","\n',
		'\n',
		',',
		'a',
		'"',
		'""',
		'"\r',
		'\r',
	])('%j', (unit) => {
		const file = unit.repeat(1_000_000 / unit.length);
		const start = processorMs();
		parseInPieces(new CsvParser(), file, [65_536]);
		expect(processorMs() - start).toBeLessThan(MOST_MS);
	});
});
