import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** Linux counts the time of a process in hundredths of a second. */
const TICK_MS = 10;
/** n8n at rest takes no more than this in a look. */
const IDLE_MS = 10;
const LOOK_MS = 80;
const MOST_MS = 30_000;

/** @throws {Error} where processes cannot be measured */
export function demandLinux() {
	if (!existsSync('/proc/self/stat'))
		throw new Error('This benchmark reads /proc: it needs Linux.');
}

/**
 * The processor time, user and system, that groups of processes have taken so far.
 *
 * @param {readonly number[]} groups the first process of each, which gives it its number
 * @returns {number} milliseconds
 */
export function cpuOf(groups) {
	let ticks = 0;
	for (const name of readdirSync('/proc')) {
		if (!/^\d+$/.test(name)) continue;
		const fields = statOf(name);
		if (groups.includes(Number(fields[2]))) ticks += Number(fields[11]) + Number(fields[12]);
	}
	return ticks * TICK_MS;
}

/** The fields after the name, which may hold blanks. @param {string} pid */
function statOf(pid) {
	try {
		const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
		return text.slice(text.lastIndexOf(')') + 2).split(' ');
	} catch {
		// It ended in between.
		return [];
	}
}

/**
 * @param {number} pid
 * @returns {number} megabytes of memory that a process holds
 */
export function memoryOf(pid) {
	const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
	return (Number(kilobytes) * 1024) / 1e6;
}

/**
 * Waits until processes have no more work: n8n answers a delivery before it has executed it.
 *
 * @param {readonly number[]} groups
 * @returns {Promise<number>} milliseconds that they worked on
 */
export async function untilIdle(groups) {
	const start = performance.now();
	for (let before = cpuOf(groups); ; ) {
		const look = performance.now() - start;
		await sleep(LOOK_MS);
		const now = cpuOf(groups);
		if (now - before <= IDLE_MS) return look;
		if (look > MOST_MS)
			throw new Error(`n8n was still busy ${MOST_MS / 1000} s after the last delivery.`);
		before = now;
	}
}
