import { setTimeout as sleepReally } from 'node:timers/promises';

/**
 * The provider's time, in milliseconds since 1970.
 *
 * @typedef {{ now: () => number, sleep: (ms: number, signal: AbortSignal) => Promise<unknown> }} Clock
 */

/**
 * Seconds before the retries. Ten, exponential, from 20 to 3600 seconds, ending about 3.5 hours after the first attempt:
 * documented (webhooks). That they double is computed from it; the steps are not published.
 */
export const WAITS_S = [20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600];

/** Documented (webhooks). */
export const TIMEOUT_S = 15;

/** Any other status, or none in time, is a failed attempt (documented, webhooks). @param {number} status */
export const isAccepted = (status) => status >= 200 && status <= 308;

/** The documented source addresses (webhooks). */
export const ADDRESSES = ['54.243.7.71', '3.83.213.76'];

/**
 * A clock on which everything takes less time.
 *
 * @param {number} factor
 * @returns {Clock}
 */
export function compressed(factor) {
	const start = Date.now();
	return {
		now: () => start + (Date.now() - start) / factor,
		sleep: (ms, signal) => sleepReally(ms * factor, undefined, { signal }).catch(() => undefined),
	};
}

/**
 * A clock that only sleeping moves, for one event at a time.
 *
 * @param {number} start
 * @returns {Clock}
 */
export function jumping(start) {
	let now = start;
	return { now: () => now, sleep: async (ms) => void (now += ms) };
}
