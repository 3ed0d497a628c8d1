import { createProgress, seconds } from './progress.mjs';

/** How much of what a failed suite logged is shown; the end says most. */
const MOST_LINES = 100;
const TICK_MS = 1_000;

/** @typedef {import('@jest/reporters').TestResult} Suite a test file that has run */

/**
 * Jest's reporter for `npm test`: how far the tests are, and whatever failed, with the end of what
 * was logged meanwhile. What tests log that pass is nobody's business.
 */
export default class QuietReporter {
	#progress;
	#done = 0;
	#tests = 0;
	#failed = 0;
	#total = 0;
	#begin = Date.now();
	/** The files that run now, as they are named to people. @type {Set<string>} */
	#running = new Set();
	/** @type {import('./progress.mjs').Wait | undefined} */
	#wait;
	/** @type {NodeJS.Timeout | undefined} */
	#ticking;
	#rootDir;
	#out;

	/**
	 * @param {{ rootDir: string }} globalConfig
	 * @param {{ out?: { isTTY?: boolean, write: (text: string) => unknown } }} [options]
	 */
	constructor({ rootDir }, { out = process.stderr } = {}) {
		this.#rootDir = rootDir;
		this.#out = out;
		this.#progress = createProgress(out);
	}

	/** @param {{ numTotalTestSuites: number }} results */
	onRunStart({ numTotalTestSuites }) {
		this.#total = numTotalTestSuites;
		this.#wait = this.#progress.wait('the tests');
		this.#ticking = setInterval(() => this.#tick(), TICK_MS).unref();
	}

	/** @param {{ path: string }} test */
	onTestFileStart({ path }) {
		this.#running.add(this.#nameOf(path));
	}

	/**
	 * @param {{ path: string }} test
	 * @param {Pick<Suite, 'console' | 'failureMessage' | 'numPassingTests' | 'numFailingTests'>} suite
	 */
	onTestFileResult({ path }, suite) {
		this.#running.delete(this.#nameOf(path));
		this.#done++;
		this.#tests += suite.numPassingTests + suite.numFailingTests;
		if (!suite.failureMessage) return this.#tick();
		this.#failed++;
		this.#progress.say(`FAILED ${this.#nameOf(path)}`);
		this.#out.write(`${withoutRepeats(suite.failureMessage).trimEnd()}\n${loggedBy(suite)}\n`);
	}

	onRunComplete() {
		clearInterval(this.#ticking);
		this.#progress.say(`${this.#state()}, in ${seconds(Date.now() - this.#begin)}`);
	}

	getLastError() {}

	#tick() {
		const running = [...this.#running].map((name) => name.replace(/^test\/|\.test\.mjs$/g, ''));
		this.#wait?.tick([this.#state(), ...running].join(', '));
	}

	#state() {
		const failed = this.#failed ? ` (${this.#failed} failed)` : '';
		return `${this.#done} of ${this.#total} suites${failed}, ${this.#tests} tests`;
	}

	/** @param {string} path */
	#nameOf(path) {
		return path.replace(`${this.#rootDir}/`, '');
	}
}

/**
 * One failed hook fails all tests after it, each for the same reason.
 *
 * @param {string} message jest's, of a suite
 */
function withoutRepeats(message) {
	/** @type {Set<string>} */
	const seen = new Set();
	return message
		.split(/(?=^.*● )/m)
		.map((failure) => {
			const [title, ...reason] = failure.split('\n');
			const text = reason.join('\n');
			if (!seen.has(text)) return seen.add(text) && failure;
			return `${title}\n    (as above)\n`;
		})
		.join('');
}

/** @param {Pick<Suite, 'console'>} suite */
function loggedBy({ console: entries }) {
	const lines = (entries ?? []).flatMap(({ message }) => message.split('\n'));
	if (lines.length === 0) return '';
	const shown = lines.slice(-MOST_LINES).map((line) => `  | ${line}`);
	return ['  Logged meanwhile, at last:', ...shown, ''].join('\n');
}
