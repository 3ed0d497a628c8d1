import sequencer from '@jest/test-sequencer';

/** @typedef {import('jest-runner').Test} Test */

/**
 * The order of the test files: first those with a real n8n, because they take longest, and wait
 * while others can run.
 */
export default class SlowestFirst extends sequencer.default {
	/** @param {Test[]} tests */
	async sort(tests) {
		const isSlow = (/** @type {Test} */ { path }) => path.includes('/test/e2e/');
		const sorted = await super.sort(tests);
		return [...sorted.filter(isSlow), ...sorted.filter((test) => !isSlow(test))];
	}
}
