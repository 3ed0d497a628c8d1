import { hostname } from 'node:os';
import {
	linkSync,
	readFileSync,
	renameSync,
	statSync,
	unlinkSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isNativeError } from 'node:util/types';

/**
 * How often a holder says that it is alive, and after which silence its lock counts as left behind.
 */
const BEAT_MS = 3_000;
const SILENCE_MS = 30_000;

/** @typedef {{ pid: number, host: string, purpose: string }} Holder */

/**
 * Runs `task` while no other process that uses the same lock file runs its own. The lock only saves
 * double work: whoever builds must still rename into place, because a holder that was suspended for
 * longer than {@link SILENCE_MS} loses its lock.
 *
 * @template T
 * @param {string} file the lock file; its folder must exist
 * @param {string} purpose what the holder does, shown to those who wait
 * @param {import('./progress.mjs').Progress} progress
 * @param {() => Promise<T>} task
 * @returns {Promise<T>} what `task` returns
 */
export async function withLock(file, purpose, progress, task) {
	const own = JSON.stringify({ pid: process.pid, host: hostname(), purpose });
	await acquire(file, own, progress);
	const beat = setInterval(() => touch(file), BEAT_MS);
	try {
		return await task();
	} finally {
		clearInterval(beat);
		if (readText(file) === own) remove(file);
	}
}

/**
 * @param {string} file
 * @param {string} own
 * @param {import('./progress.mjs').Progress} progress
 */
async function acquire(file, own, progress) {
	const wait = progress.wait(`another process to release ${file}`);
	for (;;) {
		if (create(file, own)) return wait.done();
		const text = readText(file);
		if (text !== undefined && isLeftBehind(file, text)) {
			takeAway(file, text);
			continue;
		}
		const holder = parseHolder(text);
		wait.tick(holder && `process ${holder.pid} (${holder.purpose})`);
		await sleep(500);
	}
}

/**
 * The lock appears together with its content: a reader never sees a half-written one.
 *
 * @param {string} file
 * @param {string} own
 * @returns {boolean} whether the lock is now ours
 */
function create(file, own) {
	const draft = `${file}.${process.pid}`;
	writeFileSync(draft, own);
	try {
		linkSync(draft, file);
		return true;
	} catch (error) {
		if (codeOf(error) !== 'EEXIST') throw error;
		return false;
	} finally {
		remove(draft);
	}
}

/**
 * @param {string} file
 * @param {string} text
 * @returns {boolean} whether the holder is dead or has been silent for too long
 */
function isLeftBehind(file, text) {
	const holder = parseHolder(text);
	if (holder?.host === hostname() && !isAlive(holder.pid)) return true;
	const changed = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
	return changed !== undefined && Date.now() - changed > SILENCE_MS;
}

/**
 * Renaming lets only one of several waiters take a dead holder's lock away; if a new holder came in
 * between, its lock goes back.
 *
 * @param {string} file
 * @param {string} expected
 */
function takeAway(file, expected) {
	const aside = `${file}.${process.pid}.old`;
	try {
		renameSync(file, aside);
		if (readText(aside) !== expected) linkSync(aside, file);
	} catch (error) {
		if (!['ENOENT', 'EEXIST'].includes(codeOf(error))) throw error;
	} finally {
		remove(aside);
	}
}

/**
 * @param {number} pid
 * @returns {boolean} whether a process of that id exists on this machine
 */
export function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return codeOf(error) === 'EPERM';
	}
}

/**
 * @param {string | undefined} text
 * @returns {Holder | undefined}
 */
function parseHolder(text) {
	try {
		return text === undefined ? undefined : JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** @param {string} file */
function readText(file) {
	try {
		return readFileSync(file, 'utf8');
	} catch (error) {
		if (codeOf(error) === 'ENOENT') return undefined;
		throw error;
	}
}

/** @param {string} file */
function remove(file) {
	try {
		unlinkSync(file);
	} catch (error) {
		if (codeOf(error) !== 'ENOENT') throw error;
	}
}

/** @param {string} file */
function touch(file) {
	const now = new Date();
	try {
		utimesSync(file, now, now);
	} catch (error) {
		if (codeOf(error) !== 'ENOENT') throw error;
	}
}

/**
 * @param {unknown} error
 * @returns {string} the system's name for the failure, e.g. `ENOENT`; empty when there is none
 */
export function codeOf(error) {
	// Under jest an error of Node is none of the test's own `Error`.
	return isNativeError(error) && 'code' in error ? String(error.code) : '';
}
