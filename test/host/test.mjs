/**
 * `npm test`: whatever is missing, then all tests. Arguments go to jest, e.g. `npm test --
 * --selectProjects unit`.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
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

/** Shows how far the tests are, and what fails. */
const REPORTER = join(REPOSITORY, 'test', 'host', 'reporter.mjs');

await runAsProgram(import.meta.url, async () => {
	const args = process.argv.slice(2);
	const progress = createProgress();
	await prepare(progress);
	const chromium = needsHost(args) ? await prepareHost(progress) : undefined;
	const result = join(temporaryFolder('test'), 'result.json');
	const code = await runJest([...args, ...defaultsFor(args), '--json', '--outputFile', result], {
		CHROMIUM_PATH: chromium,
	});
	const totals = existsSync(result) ? JSON.parse(readFileSync(result, 'utf8')) : undefined;
	process.exitCode = report(code, totals);
});

/**
 * What jest is told unless the arguments say otherwise. There is one worker more than cores, because
 * tests with a real n8n often wait for it.
 *
 * @param {string[]} args
 */
function defaultsFor(args) {
	const names = (/** @type {RegExp} */ pattern) => args.some((arg) => pattern.test(arg));
	return [
		// Verbose is jest's default for a single file, and would show what it logs.
		...(names(/^--(verbose|reporters)/) ? [] : ['--reporters', REPORTER, '--verbose=false']),
		...(names(/^(-w|-i|--(maxWorkers|runInBand))/)
			? []
			: ['--maxWorkers', String(availableParallelism() + 1)]),
	];
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
 * @param {number} code jest's exit code
 * @param {Totals | undefined} totals `undefined` when the run was cut off
 * @returns {number} the exit code: with `CI` set a skipped test fails too
 */
function report(code, totals) {
	const passed = totals?.numPassedTests ?? 0;
	const failed = totals ? totals.numFailedTests + totals.numRuntimeErrorTestSuites : 1;
	const skipped = totals?.numPendingTests ?? 0;
	console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
	if (skipped && process.env.CI) {
		console.error('With CI set no test may be skipped.');
		return 1;
	}
	return failed > 0 ? 1 : code;
}
