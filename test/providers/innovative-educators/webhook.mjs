import { randomUUID } from 'node:crypto';
import { createOutbox } from '../shared/outbox.mjs';
import { ADDRESSES, isAccepted, RETRY_DELAYS_S, TIMEOUT_S } from './schedule.mjs';

/**
 * @typedef {{ url: string, courses?: string[] }} Configuration courses: IDs of the courses to
 * deliver, all by default
 */

/**
 * @typedef {object} Attempt
 * @property {unknown} body
 * @property {number} number 1 is the first, 11 the last
 * @property {number} at its start, on the platform's clock
 * @property {string} address its simulated source
 * @property {number} status 0 if no answer came in time
 * @property {string} text the answer, or why there was none
 */

/**
 * Delivers events. Staff set up a webhook for a URL and a list of courses; there is no API for it
 * (documented, webhooks). Each event is a separate request (documented); the number of parallel
 * requests is unknown.
 *
 * @param {import('./settings.mjs').Settings & { clock: import('./schedule.mjs').Clock }} settings
 */
export function createWebhook({
	clock,
	factor,
	timeoutMs = TIMEOUT_S * 1000 * factor,
	retryIds,
	headers,
	forwarded,
}) {
	/** @type {ReturnType<typeof createOutbox<Attempt>>} */
	const outbox = createOutbox({ atATime: Infinity, closed: 'Innovative Educators was closed' });
	/** @type {Attempt[]} */
	const attempts = [];
	/** @type {Configuration | undefined} */
	let configuration;
	let count = 0;

	/**
	 * @param {string} url
	 * @param {unknown} body
	 * @param {number} number
	 * @returns {Promise<Attempt>}
	 */
	async function attempt(url, body, number) {
		const address = ADDRESSES[count++ % ADDRESSES.length];
		/** @type {Attempt} */
		const entry = { body, number, at: clock.now(), address, status: 0, text: '' };
		attempts.push(entry);
		const proxyHeaders = forwarded ? { 'x-forwarded-for': address } : {};
		// Which content type a test has is unknown; that it calls no text JSON is inferred.
		const type = typeof body === 'string' && body !== '' ? { 'content-type': 'text/plain' } : {};
		const all = /** @type {Record<string, string>} */ ({ ...type, ...proxyHeaders, ...headers });
		return Object.assign(entry, await outbox.attempt(url, body, { headers: all, timeoutMs }));
	}

	/** @param {string} url @param {any} body @returns {Promise<Attempt[]>} */
	async function send(url, body) {
		const results = [await attempt(url, body, 1)];
		for (const delay of RETRY_DELAYS_S) {
			if (isAccepted(results[results.length - 1].status)) break;
			await clock.sleep(delay * 1000, outbox.signal);
			if (outbox.signal.aborted) break;
			const again = retryIds === 'new' && body?.id ? { ...body, id: randomUUID() } : body;
			results.push(await attempt(url, again, results.length + 1));
		}
		return results;
	}

	return {
		/** All attempts in the order of their start. */
		attempts,

		/** What staff do after an email; the latest one counts. @param {Configuration} next */
		configure(next) {
			configuration = next;
		},

		/**
		 * Delivers a completion of a configured course.
		 *
		 * @param {import('./completion.mjs').Completion} completion
		 */
		deliverCompletion(completion) {
			const { url, courses } = configuration ?? {};
			if (url && (courses?.includes(completion.notifiableId) ?? true))
				outbox.add(send(url, completion));
		},

		/** That a test is retried like an event is inferred. @param {unknown} body */
		deliverTest(body) {
			if (!configuration) throw new Error('There is no webhook');
			outbox.add(send(configuration.url, body));
		},

		/**
		 * Waits until each delivery is accepted or given up. Returns the attempts since the last call,
		 * event by event.
		 */
		flush: outbox.flush,

		/** Gives up pending deliveries. */
		close: outbox.close,
	};
}
