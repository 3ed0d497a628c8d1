/**
 * @param {readonly number[]} values
 * @param {number} share
 * @returns {number} 0 if there is none
 */
export const percentile = (values, share) =>
	[...values].sort((a, b) => a - b)[Math.max(0, Math.ceil(values.length * share) - 1)] ?? 0;
