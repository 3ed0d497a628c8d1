import { existsSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { startChild } from './child.mjs';

/** How many lines of a log a failure shows. */
const MOST_LINES = 30;
/** npm says why it failed first, and then explains itself at length. */
const REASON = /^npm (error|ERR!)/;

/**
 * Runs a Node program to its end and says how far it is meanwhile.
 *
 * @param {object} options
 * @param {string} options.what e.g. `npm ci`; named while waiting and in the failure
 * @param {import('./progress.mjs').Progress} options.progress
 * @param {() => string} [options.state] how far it is, e.g. `120 of 2,442 packages`
 * @param {string} options.node
 * @param {string[]} options.args
 * @param {string} options.cwd
 * @param {Record<string, string>} options.env
 * @param {string} options.logFile
 * @returns {Promise<void>}
 * @throws {Error} when it does not end with exit code 0; the message shows the end of its log
 */
export async function run({ what, progress, state, ...program }) {
	const { logFile } = program;
	const before = existsSync(logFile) ? statSync(logFile).size : 0;
	const child = startChild(program);
	const wait = progress.wait(what);
	let ended = '';
	void child.ended.then((how) => (ended = how));
	while (!ended) {
		await Promise.race([child.ended, sleep(250)]);
		wait.tick(state?.());
	}
	wait.done();
	if (ended !== 'exit code 0')
		throw new Error(`${what} ended with ${ended}. ${excerptOf(logFile, before)}`);
}

/**
 * @param {string} logFile
 * @param {number} [from] byte at which the part that matters begins
 * @returns {string} a sentence with the log's name, then npm's reason if it gave one, else the last
 * lines
 */
export function excerptOf(logFile, from = 0) {
	const lines = readFileSync(logFile).subarray(from).toString().trimEnd().split('\n');
	const reason = lines.findIndex((line) => REASON.test(line));
	const shown =
		reason < 0 ? lines.slice(-MOST_LINES) : lines.slice(reason, reason + MOST_LINES / 2);
	return `From ${logFile}:\n${shown.map((line) => `  | ${line}`).join('\n')}`;
}
