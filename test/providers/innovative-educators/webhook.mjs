import { randomUUID } from 'node:crypto';
import { createOutbox } from '../shared/outbox.mjs';
import { ADDRESSES, isAccepted, TIMEOUT_S, WAITS_S } from './schedule.mjs';

/** @typedef {{ url: string, courses?: string[] }} Configuration courses: IDs of those that are told of, all unless said */

/**
 * @typedef {object} Attempt
 * @property {unknown} body
 * @property {number} number 1 is the first, 11 the last
 * @property {number} at when it began, on the provider's clock
 * @property {string} address from which it is said to come
 * @property {number} status 0 when none came in time
 * @property {string} text the answer, or why there was none
 */

/**
 * The sending of events. A webhook is set up by staff, for a URL and a list of courses; there is no API for it
 * (documented, webhooks). Each event is a request of its own (documented); how many there are at a time is unknown.
 *
 * @param {import('./settings.mjs').Settings & { clock: import('./schedule.mjs').Clock }} settings
 */
export function createWebhook({ clock, factor, timeoutMs = TIMEOUT_S * 1000 * factor, retryIds, headers, forwarded }) {
	/** @type {ReturnType<typeof createOutbox<Attempt>>} */
	const outbox = createOutbox({ atATime: Infinity, closed: 'Innovative Educators was closed' });
	/** @type {Attempt[]} */
	const attempts = [];
	/** @type {Configuration | undefined} */
	let configuration;
	let calls = 0;

	/** @param {string} url @param {unknown} body @param {number} number @returns {Promise<Attempt>} */
	async function attempt(url, body, number) {
		const address = ADDRESSES[calls++ % ADDRESSES.length];
		/** @type {Attempt} */
		const entry = { body, number, at: clock.now(), address, status: 0, text: '' };
		attempts.push(entry);
		const proxied = forwarded ? { 'x-forwarded-for': address } : {};
		const all = /** @type {Record<string, string>} */ ({ ...proxied, ...headers });
		return Object.assign(entry, await outbox.attempt(url, body, { headers: all, timeoutMs }));
	}

	/** @param {string} url @param {any} body @returns {Promise<Attempt[]>} */
	async function send(url, body) {
		const made = [await attempt(url, body, 1)];
		for (const wait of WAITS_S) {
			if (isAccepted(made[made.length - 1].status)) break;
			await clock.sleep(wait * 1000, outbox.signal);
			if (outbox.signal.aborted) break;
			const again = retryIds === 'new' && body?.id ? { ...body, id: randomUUID() } : body;
			made.push(await attempt(url, again, made.length + 1));
		}
		return made;
	}

	return {
		/** All attempts in the order they began. */
		attempts,

		/** What staff does with an e-mail; the latest counts. @param {Configuration} next */
		configure(next) {
			configuration = next;
		},

		/** Tells of a completion, if the course is one of those. @param {import('./completion.mjs').Completion} completion */
		announce(completion) {
			const { url, courses } = configuration ?? {};
			if (url && (courses?.includes(completion.notifiableId) ?? true)) outbox.add(send(url, completion));
		},

		/** Anything else. That it is repeated like an event is inferred. @param {unknown} body */
		notify(body) {
			if (!configuration) throw new Error('There is no webhook');
			outbox.add(send(configuration.url, body));
		},

		/** Waits until all is accepted or given up: the attempts since the last time, event by event. */
		flush: outbox.flush,

		/** Gives up what is still under way. */
		close: outbox.close,
	};
}
