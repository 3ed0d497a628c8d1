import { json, plain } from './answers.mjs';

/**
 * @typedef {object} Failure
 * @property {string | RegExp} match what `<method> <path with query>` contains, or matches; the path starts after the base
 * @property {number} status 0 destroys the socket
 * @property {Record<string, string>} [headers]
 * @property {object | string | null} [body] a text is sent as text/plain, anything else as JSON
 * @property {number} [times] how many requests fail; `Infinity` is allowed
 * @property {number} [after] how many matching requests are answered normally before
 */

/** @typedef {import('./answers.mjs').Answer & { headers?: Record<string, string> }} FailureAnswer */

/**
 * Answers that JOFI is not documented to give (429, 5xx, no answer at all: unknown), or gives for reasons that the
 * simulator does not have.
 */
export function createFailures() {
	/** @type {{ failure: Failure, after: number, times: number }[]} */
	const failures = [];
	return {
		/** @param {Failure} failure @returns {() => void} withdraws it */
		add(failure) {
			const entry = { failure, after: failure.after ?? 0, times: failure.times ?? 1 };
			failures.push(entry);
			return () => {
				entry.times = 0;
			};
		},

		/**
		 * @param {string} request `<method> <path with query>`
		 * @returns {FailureAnswer | undefined} undefined when it is not to fail
		 */
		next(request) {
			for (const entry of failures) {
				const { match, status, headers, body = { error: 'The simulator was told to fail' } } = entry.failure;
				const matches = typeof match === 'string' ? request.includes(match) : request.search(match) >= 0;
				if (!matches || entry.times <= 0) continue;
				if (entry.after > 0) {
					entry.after--;
					continue;
				}
				entry.times--;
				return { ...(typeof body === 'string' ? plain(status, body) : json(status, body)), headers };
			}
			return undefined;
		},
	};
}
