import { setTimeout as sleep } from 'node:timers/promises';
import { memoryOf, untilIdle } from './processes.mjs';

const PRELOAD = new URL('collectGarbage.mjs', import.meta.url).href;

/** What an n8n is started with whose memory is measured so. */
export const MEASURED = { NODE_OPTIONS: `--expose-gc --import=${PRELOAD}` };

/**
 * The memory that is left when a process has collected all its garbage.
 *
 * @param {number} pid of an n8n that was started with {@link MEASURED}
 * @returns {Promise<number>} megabytes
 */
export async function heldMemoryOf(pid) {
	// What the first collection lets go of, such as a native object, the second gives back.
	for (let times = 0; times < 2; times++) {
		process.kill(pid, 'SIGUSR2');
		await sleep(500);
		await untilIdle([pid]);
	}
	return memoryOf(pid);
}
