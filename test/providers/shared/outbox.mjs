import { deliver } from './deliver.mjs';
import { createQueue } from './queue.mjs';

/**
 * The deliveries of a provider that are under way.
 *
 * @template Answer
 * @param {{ atATime: number, closed: string }} options how many calls there are at a time, and the
 * reason of those given up
 */
export function createOutbox({ atATime, closed }) {
	const closing = new AbortController();
	/** @type {Promise<Answer[]>[]} */
	const deliveries = [];
	return {
		/** Runs a call when its turn has come. */
		queue: createQueue(atATime),

		/** Aborted when the provider closes. */
		signal: closing.signal,

		/**
		 * One call.
		 *
		 * @param {string} url
		 * @param {unknown} event
		 * @param {import('./deliver.mjs').Verification & { headers?: Record<string, string>, timeoutMs: number }} options
		 * @returns {Promise<{ status: number, text: string }>} status 0 when no answer came, and then
		 * the reason
		 */
		async attempt(url, event, { timeoutMs, ...options }) {
			const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(timeoutMs)]);
			try {
				return await deliver(url, event, { ...options, signal });
			} catch (error) {
				return { status: 0, text: error instanceof Error ? error.message : String(error) };
			}
		},

		/** @param {Promise<Answer[]>} delivery one or several calls */
		add: (delivery) => void deliveries.push(delivery),

		/** Waits until what was added is answered, and leaves the answers to `flush`. */
		idle: async () => void (await Promise.all(deliveries)),

		/**
		 * Waits until all is answered.
		 *
		 * @returns {Promise<Answer[]>} the answers since the last time, in the order of the deliveries
		 */
		async flush() {
			/** @type {Answer[]} */
			const answers = [];
			while (deliveries.length > 0)
				answers.push(...(await Promise.all(deliveries.splice(0))).flat());
			return answers;
		},

		/** Gives up what is still under way. */
		async close() {
			closing.abort(new Error(closed));
			await Promise.all(deliveries);
		},
	};
}
