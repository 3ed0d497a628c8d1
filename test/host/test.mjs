/**
 * `npm test`: whatever is missing, then all tests. Arguments go to jest, e.g. `npm test --
 * --selectProjects unit`.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { installHost } from './install.mjs';
import { runAsProgram } from './main.mjs';
import { prepare } from './prepare.mjs';
import { createProgress } from './progress.mjs';
import { REPOSITORY } from './repository.mjs';
import { temporaryFolder } from './temporary.mjs';

/**
 * @typedef {object} Totals
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numRuntimeErrorTestSuites test files that could not be run at all
 */

/**
 * @typedef {object} Outcome of a run of jest
 * @property {number} code its exit code
 * @property {Totals | undefined} totals `undefined` when it was cut off
 */

/** Shows how far the tests are, and what fails. */
const REPORTER = join(REPOSITORY, 'test', 'host', 'reporter.mjs');

await runAsProgram(import.meta.url, async () => {
	const args = process.argv.slice(2);
	const progress = createProgress();
	await prepare(progress);
	const chromium = needsHost(args) ? await prepareHost(progress) : undefined;
	const folder = temporaryFolder('test');
	/** @type {Outcome[]} */
	const outcomes = [];
	for (const [index, run] of runsOf(args).entries()) {
		const result = join(folder, `${index}.json`);
		const code = await runJest([...run, '--json', '--outputFile', result], {
			CHROMIUM_PATH: chromium,
		});
		outcomes.push({
			code,
			totals: existsSync(result) ? JSON.parse(readFileSync(result, 'utf8')) : undefined,
		});
	}
	process.exitCode = report(outcomes);
});

/**
 * Everything is run in two parts, two files at a time, so that no test without n8n waits for one
 * that starts.
 *
 * @param {string[]} args
 * @returns {string[][]} jest's arguments for each of its runs
 */
function runsOf(args) {
	// Verbose is jest's default for a single file, and would show what it logs.
	const quiet = ['--reporters', REPORTER, '--verbose=false'];
	const all = args.some((arg) => /^--(verbose|reporters)/.test(arg)) ? args : [...args, ...quiet];
	if (args.includes('--selectProjects')) return [all];
	const part = (/** @type {string[]} */ ...projects) => [
		...all,
		...['--passWithNoTests', '--maxWorkers', '2', '--selectProjects'],
		...projects,
	];
	return [part('unit', 'integration'), part('e2e')];
}

/**
 * @param {string[]} args
 * @returns {boolean} false when only projects are asked for that run without n8n
 */
function needsHost(args) {
	const at = args.indexOf('--selectProjects');
	return at < 0 || args.slice(at).includes('e2e');
}

/** @param {import('./progress.mjs').Progress} progress */
async function prepareHost(progress) {
	await installHost(progress);
	return await ensureChromium(progress);
}

/**
 * @param {string[]} args
 * @param {Record<string, string | undefined>} env
 * @returns {Promise<number>} its exit code; 1 when a signal ended it
 */
async function runJest(args, env) {
	const jest = join(REPOSITORY, 'node_modules', 'jest', 'bin', 'jest.js');
	const child = spawn(
		process.execPath,
		['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jest, ...args],
		{
			cwd: REPOSITORY,
			stdio: 'inherit',
			env: { ...process.env, ...env },
		},
	);
	process.on('exit', () => child.kill());
	return await new Promise((resolve, reject) => {
		child.once('error', reject).once('exit', (code) => resolve(code ?? 1));
	});
}

/**
 * Prints how many passed and failed, alone on a line.
 *
 * @param {Outcome[]} outcomes
 * @returns {number} the exit code: with `CI` set a skipped test fails too
 */
function report(outcomes) {
	const sum = (/** @type {(totals: Totals) => number} */ count, cutOff = 0) =>
		outcomes.reduce((total, { totals }) => total + (totals ? count(totals) : cutOff), 0);
	const failed = sum(
		({ numFailedTests, numRuntimeErrorTestSuites }) => numFailedTests + numRuntimeErrorTestSuites,
		1,
	);
	const skipped = sum(({ numPendingTests }) => numPendingTests);
	console.log(
		`${sum(({ numPassedTests }) => numPassedTests)} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`,
	);
	if (skipped && process.env.CI) {
		console.error('With CI set no test may be skipped.');
		return 1;
	}
	return failed > 0 ? 1 : Math.max(...outcomes.map(({ code }) => code));
}
