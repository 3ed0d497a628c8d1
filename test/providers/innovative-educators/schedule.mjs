import { setTimeout as sleep } from 'node:timers/promises';

/**
 * The platform's clock, in milliseconds since 1970.
 *
 * @typedef {{ now: () => number, sleep: (ms: number, signal: AbortSignal) => Promise<unknown> }} Clock
 */

/**
 * Seconds before each retry. Ten exponential retries, from 20 to 3600 seconds, that end about 3.5
 * hours after the first attempt are documented (webhooks). The steps are not published. Doubling is
 * inferred: it is the only simple rule that adds up to 3.5 hours (3 h 25 min). If ten included the
 * first attempt, the retries would end after 2 h 25 min. Whether there is jitter is unknown.
 */
export const RETRY_DELAYS_S = [20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600];

/** Documented (webhooks). */
export const TIMEOUT_S = 15;

/**
 * With any other status, or no answer in time, an attempt has failed (documented, webhooks).
 *
 * @param {number} status
 */
export const isAccepted = (status) => status >= 200 && status <= 308;

/** The documented source addresses (webhooks). */
export const ADDRESSES = ['54.243.7.71', '3.83.213.76'];

/**
 * A clock on which waits take only a fraction of their time.
 *
 * @param {number} factor
 * @returns {Clock}
 */
export function createCompressedClock(factor) {
	const start = Date.now();
	return {
		now: () => start + (Date.now() - start) / factor,
		sleep: (ms, signal) => sleep(ms * factor, undefined, { signal }).catch(() => undefined),
	};
}

/**
 * A clock that only moves when something sleeps; for one event at a time.
 *
 * @param {number} start
 * @returns {Clock}
 */
export function createManualClock(start) {
	let now = start;
	return { now: () => now, sleep: async (ms) => void (now += ms) };
}
