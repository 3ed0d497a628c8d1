import Sequencer from '@jest/test-sequencer';

/** @typedef {import('jest-runner').Test} Test */

/** The class itself, which its types take for a property of the module. */
const Base = /** @type {typeof Sequencer.default} */ (/** @type {unknown} */ (Sequencer));

/**
 * The order of the test files: first those with a real n8n, because they take longest, and wait
 * while others can run.
 */
export default class SlowestFirst extends Base {
	/** @param {Test[]} tests */
	async sort(tests) {
		const isSlow = (/** @type {Test} */ { path }) => path.includes('/test/e2e/');
		const sorted = await super.sort(tests);
		return [...sorted.filter(isSlow), ...sorted.filter((test) => !isSlow(test))];
	}
}
