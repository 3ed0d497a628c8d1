import {
	describeInvalidRow,
	SkippedRows,
} from '#dist/nodes/InnovativeEducators/resources/nightlyExport/row.js';

const reason = 'is not an object';

test.each([
	[{ line: 12, reason }, 'The row on line 12 is not an object'],
	[{ line: 12, through: 12, reason }, 'The row on line 12 is not an object'],
	[{ line: 12, through: 15, reason }, 'The row on lines 12 to 15 is not an object'],
	[{ line: 1, number: 7, reason }, 'Object 7 on line 1 is not an object'],
	[{ line: 1, through: 3, number: 7, reason }, 'Object 7 on lines 1 to 3 is not an object'],
])('%j is described with its position', (row, sentence) => {
	expect(describeInvalidRow(row)).toBe(sentence);
});

describe('the hint about skipped rows', () => {
	/** @param {number} count */
	function hintAbout(count) {
		const skipped = new SkippedRows();
		for (let line = 2; line < count + 2; line++) skipped.add({ line, reason });
		return skipped.hint('file.csv');
	}

	it('is absent if no row was skipped', () => {
		expect(hintAbout(0)).toBeUndefined();
	});

	it('describes each of a few rows', () => {
		expect(hintAbout(1)).toBe(
			'One row was skipped in file.csv. The row on line 2 is not an object.',
		);
		expect(hintAbout(2)).toBe(
			'2 rows were skipped in file.csv. The row on line 2 is not an object. The row on line 3 is not an object.',
		);
	});

	it('describes the first five of many rows', () => {
		expect(hintAbout(5)).toMatch(/line 6 is not an object\.$/);
		expect(hintAbout(1000)).toMatch(
			/^1000 rows were skipped in file\.csv\. .* line 6 is not an object\. And 995 more\.$/,
		);
	});
});
