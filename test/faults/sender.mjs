import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { deliver } from '../providers/shared/deliver.mjs';

/**
 * How long a sender waits for an answer (15 s is what Innovative Educators documents), and after
 * which pauses it repeats: shortened, because providers take hours. JOFI documents neither.
 */
const TIMEOUT_MS = 15_000;
const PAUSES_MS = [500, 1_000, 2_000, 4_000, 8_000];

/**
 * One delivery. `answered`: with any status. `unanswered`: not in time, by a process that was
 * there. `cut`: there was nobody, or the connection broke. `notReady`: the proxy did not pass it on.
 *
 * @typedef {object} Attempt
 * @property {string} url
 * @property {number} at milliseconds since the epoch
 * @property {number} until
 * @property {'answered' | 'unanswered' | 'cut' | 'notReady'} outcome
 * @property {number} status 0 unless it was answered
 * @property {string} text
 */
/**
 * @typedef {object} Sent an event and what became of its deliveries
 * @property {string} key
 * @property {Attempt[]} attempts
 * @property {Attempt} [delivered] the one that was answered 2xx, after which there are no more
 */
/**
 * @typedef {object} Delivery
 * @property {string} key as the trigger makes it
 * @property {string} url
 * @property {unknown} event
 * @property {import('../providers/shared/deliver.mjs').Verification} verification
 */

/** @typedef {ReturnType<typeof createSender>} Sender */

/**
 * A provider that repeats a delivery until it is answered 2xx.
 *
 * @param {{ behindReadiness: boolean }} options whether a proxy stands before n8n that passes on
 * nothing until n8n says that it is ready
 */
export function createSender({ behindReadiness }) {
	const giveUp = new AbortController();
	// Each event that is repeated listens.
	setMaxListeners(Infinity, giveUp.signal);
	/** @type {Sent[]} */
	const all = [];
	/** @type {Promise<unknown>[]} */
	const underWay = [];

	/** @param {Delivery} delivery @returns {Promise<Attempt>} */
	async function attempt({ url, event, verification }) {
		const at = Date.now();
		const ended = (/** @type {Attempt['outcome']} */ outcome, status = 0, text = '') => ({
			url,
			at,
			until: Date.now(),
			outcome,
			status,
			text,
		});
		if (behindReadiness && !(await isReady(url))) return ended('notReady');
		try {
			const signal = AbortSignal.timeout(TIMEOUT_MS);
			const { status, text } = await deliver(url, event, { ...verification, signal });
			return ended('answered', status, text);
		} catch (error) {
			const late = error instanceof Error && error.name === 'TimeoutError';
			return ended(late ? 'unanswered' : 'cut');
		}
	}

	/** @param {Delivery} delivery @param {Sent} sent */
	async function repeat(delivery, sent) {
		for (;;) {
			const last = await attempt(delivery);
			sent.attempts.push(last);
			if (last.status >= 200 && last.status < 300) {
				sent.delivered = last;
				return;
			}
			const pause = PAUSES_MS[Math.min(sent.attempts.length, PAUSES_MS.length) - 1];
			await sleep(pause, undefined, { signal: giveUp.signal }).catch(() => {});
			if (giveUp.signal.aborted) return;
		}
	}

	return {
		/** All events in the order they came. */
		all,

		/**
		 * Delivers an event until it is answered 2xx.
		 *
		 * @param {Delivery} delivery
		 * @returns {Promise<Sent>} when it is, or when the sender gives up
		 */
		async send(delivery) {
			/** @type {Sent} */
			const sent = { key: delivery.key, attempts: [] };
			all.push(sent);
			const work = repeat(delivery, sent);
			underWay.push(work);
			await work;
			return sent;
		},

		/**
		 * Waits until all is delivered; what takes longer is repeated no more.
		 *
		 * @param {number} ms
		 */
		async finish(ms) {
			const timer = setTimeout(() => giveUp.abort(), ms);
			await Promise.all(underWay);
			clearTimeout(timer);
		},
	};
}

/** @param {string} url */
async function isReady(url) {
	try {
		const response = await fetch(new URL('/healthz/readiness', url), {
			signal: AbortSignal.timeout(2_000),
		});
		await response.arrayBuffer();
		return response.ok;
	} catch {
		return false;
	}
}
