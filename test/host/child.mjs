import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const PRELOAD = new URL('./exit-with-parent.mjs', import.meta.url).href;
const WINDOWS = process.platform === 'win32';

/** The process groups that this process started and that have not ended yet. @type {Set<number>} */
const running = new Set();

/**
 * @typedef {object} Child
 * @property {number} pid
 * @property {Promise<string>} ended how it ended, e.g. `exit code 1` or `SIGKILL`; never rejects
 * @property {() => boolean} isRunning
 * @property {(graceMs: number) => Promise<void>} stop asks it and those it started to end, forces
 * them after `graceMs`, and returns when they are gone
 */

/**
 * Starts a Node program in a process group of its own, its output in a file. It ends with this
 * process, however this process ends.
 *
 * @param {object} options
 * @param {string} options.node the Node that runs it
 * @param {string[]} options.args the script and its arguments
 * @param {string} options.cwd
 * @param {Record<string, string>} options.env the whole environment
 * @param {string} options.logFile output is appended
 * @param {number} [options.graceMs] how long it may take to end in order when this process is gone;
 * default: none
 * @returns {Child}
 * @throws {Error} when the program cannot be started
 */
export function startChild({ node, args, cwd, env, logFile, graceMs = 0 }) {
	mkdirSync(dirname(logFile), { recursive: true });
	const log = openSync(logFile, 'a');
	const child = spawn(node, ['--import', PRELOAD, ...args], {
		cwd,
		env: { ...env, EXIT_WITH_PARENT: `${process.pid}:${graceMs}` },
		detached: !WINDOWS,
		windowsHide: true,
		stdio: ['ignore', log, log, 'pipe'],
	});
	closeSync(log);
	/** @type {Promise<string>} */
	const ended = new Promise((resolve) => {
		child.once('error', (error) => resolve(error.message));
		child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
	});
	const { pid } = child;
	if (pid === undefined) throw new Error(`${node} cannot be started in ${cwd}`);
	stopAllAtTheEnd();
	running.add(pid);
	void ended.then(() => {
		send(pid, 'SIGKILL');
		running.delete(pid);
	});
	const pipe = /** @type {import('node:net').Socket} */ (child.stdio[3]);
	pipe.on('error', () => {}).unref();
	return {
		pid,
		ended,
		isRunning: () => running.has(pid),
		async stop(graceMs) {
			if (graceMs > 0) {
				send(pid, 'SIGTERM');
				const ac = new AbortController();
				await Promise.race([
					ended,
					sleep(graceMs, undefined, { signal: ac.signal }).catch(() => {}),
				]);
				ac.abort();
			}
			send(pid, 'SIGKILL');
			await ended;
		},
	};
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function send(pid, signal) {
	if (!running.has(pid)) return;
	try {
		process.kill(WINDOWS ? pid : -pid, signal);
	} catch {
		// It ended in between.
	}
}

let watching = false;

function stopAllAtTheEnd() {
	if (watching) return;
	watching = true;
	// First of all: what is removed at the end is no longer written to.
	process.prependListener('exit', () => {
		for (const pid of running) send(pid, 'SIGKILL');
	});
	for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
		process.once(signal, () => {
			if (process.listenerCount(signal) === 0) process.exit(128 + constants.signals[signal]);
		});
	}
}
