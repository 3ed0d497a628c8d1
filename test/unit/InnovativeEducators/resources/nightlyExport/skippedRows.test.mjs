import { built } from '../../../built.mjs';

/** @type {typeof import('../../../../../nodes/InnovativeEducators/resources/nightlyExport/skippedRows.js')} */
const { SkippedRows, skippedRowsSentence } = built('./InnovativeEducators/resources/nightlyExport/skippedRows.js');

const reason = 'is not JSON';

test.each([
	[{ line: 12, reason }, 'The row on line 12 is not JSON'],
	[{ line: 12, through: 12, reason }, 'The row on line 12 is not JSON'],
	[{ line: 12, through: 15, reason }, 'The row on lines 12 to 15 is not JSON'],
	[{ line: 1, number: 7, reason }, 'Object 7 on line 1 is not JSON'],
	[{ line: 1, through: 3, number: 7, reason }, 'Object 7 on lines 1 to 3 is not JSON'],
])('%j is skippedRowsSentence with its place', (unreadable, sentence) => {
	expect(skippedRowsSentence(unreadable)).toBe(sentence);
});

describe('what was left out', () => {
	/** @param {number} count */
	function hintAbout(count) {
		const leftOut = new SkippedRows();
		for (let line = 2; line < count + 2; line++) leftOut.add({ line, reason });
		return leftOut.hint('file.csv');
	}

	it('is no hint when there was nothing', () => {
		expect(hintAbout(0)).toBeUndefined();
	});

	it('is skippedRowsSentence in full while it is little', () => {
		expect(hintAbout(1)).toBe('One row was left out of file.csv. The row on line 2 is not JSON.');
		expect(hintAbout(2)).toBe('2 rows were left out of file.csv. The row on line 2 is not JSON. The row on line 3 is not JSON.');
	});

	it('is skippedRowsSentence by its first five when it is more', () => {
		expect(hintAbout(5)).toMatch(/line 6 is not JSON\.$/);
		expect(hintAbout(1000)).toMatch(/^1000 rows were left out of file\.csv\. .* line 6 is not JSON\. And 995 more\.$/);
	});
});
