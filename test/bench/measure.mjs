/** @param {readonly number[]} values */
export function median(values) {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * @param {readonly number[]} values
 * @param {number} share
 * @returns {number} 0 if there is none
 */
export const percentile = (values, share) =>
	[...values].sort((a, b) => a - b)[Math.max(0, Math.ceil(values.length * share) - 1)] ?? 0;

/**
 * Measures every case once a round, so that what disturbs the machine disturbs all alike.
 *
 * @template T
 * @param {readonly T[]} cases
 * @param {number} rounds
 * @param {(each: T, round: number) => Promise<number>} measure
 * @returns {Promise<number[]>} the median of each case; the first round only warms up
 */
export async function interleaved(cases, rounds, measure) {
	/** @type {number[][]} */
	const results = cases.map(() => []);
	for (let round = 0; round <= rounds; round++) {
		for (const [index, each] of cases.entries()) {
			const result = await measure(each, round);
			if (round > 0) results[index].push(result);
		}
	}
	return results.map(median);
}

/**
 * Prints one figure, and beside it its target where there is one.
 *
 * @param {string} label
 * @param {string} figure
 * @param {{ target: string, kept: boolean }} [aim]
 */
export function report(label, figure, aim) {
	const judged = aim ? `   target ${aim.target}: ${aim.kept ? 'kept' : 'MISSED'}` : '';
	console.log(`  ${label.padEnd(44)} ${figure.padStart(12)}${judged}`);
}
