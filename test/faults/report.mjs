/** @typedef {import('./run.mjs').Result} Result */

/** Each column, and what is in it. @type {[string, (result: Result) => string | number][]} */
const COLUMNS = [
	['n8n', ({ setup }) => setup],
	['mode', ({ label }) => label],
	['kills', ({ kills }) => kills],
	['events', ({ events }) => events],
	['delivered', ({ delivered }) => delivered],
	['run', ({ run }) => run],
	['lost', ({ lost }) => withReasons(lost)],
	['doubled', ({ doubled }) => withReasons(doubled)],
	['crashed', ({ crashed }) => crashed],
	['unanswered', ({ unanswered }) => unanswered],
	['hung', ({ hung }) => hung],
	['waited', ({ waited }) => waited],
	['stuck', ({ stuck }) => stuck],
];

/**
 * @param {Record<string, number>} counts by reason
 * @returns {string} e.g. `3 (2 crashed, 1 other)`
 */
export function withReasons(counts) {
	const given = Object.entries(counts).filter(([, count]) => count > 0);
	const sum = given.reduce((total, [, count]) => total + count, 0);
	return sum === 0 ? '0' : `${sum} (${given.map(([why, count]) => `${count} ${why}`).join(', ')})`;
}

/**
 * @param {string[][]} rows the first one is the heading
 * @returns {string} a table in Markdown whose columns stand below each other
 */
export function tableOf(rows) {
	const widths = rows[0].map((_, at) => Math.max(...rows.map((row) => row[at].length)));
	const line = (/** @type {string[]} */ cells) =>
		`| ${cells.map((cell, at) => cell.padEnd(widths[at])).join(' | ')} |`;
	return [
		line(rows[0]),
		line(widths.map((width) => '-'.repeat(width))),
		...rows.slice(1).map(line),
	].join('\n');
}

/**
 * Prints the table, what was not kept, and what was left out.
 *
 * @param {readonly Result[]} results
 * @param {readonly string[]} left sentences
 */
export function printResults(results, left) {
	const heading = COLUMNS.map(([name]) => name);
	const rows = results.map((result) => COLUMNS.map(([, show]) => String(show(result))));
	console.log(`\n${tableOf([heading, ...rows])}\n`);
	for (const { setup, label, failures } of results)
		for (const failure of failures) console.log(`Not kept: ${setup}, ${label}: ${failure}.`);
	for (const sentence of left) console.log(sentence);
}
