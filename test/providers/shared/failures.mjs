import { json, plain } from './answers.mjs';

/** @typedef {import('./answers.mjs').Answer} Answer */

/**
 * @typedef {object} Failure
 * @property {string | RegExp} match what `<method> <path with query>` contains, or matches; the
 * path as it is logged
 * @property {number} status 0 destroys the socket
 * @property {Record<string, string>} [headers]
 * @property {object | string | null} [body] a text is sent as text/plain, anything else as JSON
 * @property {number} [times] how many requests fail; `Infinity` is allowed
 * @property {number} [after] how many matching requests are answered normally before
 */

/** @param {number} status @returns {Answer} */
const told = (status) => json(status, { error: 'The simulator was told to fail' });

/**
 * Answers that a provider is not documented to give, or gives for reasons that its simulator does
 * not have.
 *
 * @param {(status: number) => Answer} [withoutBody] the answer where a failure has no body
 */
export function createFailures(withoutBody = told) {
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
		 * @returns {Answer | undefined} undefined when it is not to fail
		 */
		next(request) {
			for (const entry of failures) {
				const { match, status, headers, body } = entry.failure;
				const matches =
					typeof match === 'string' ? request.includes(match) : request.search(match) >= 0;
				if (!matches || entry.times <= 0) continue;
				if (entry.after > 0) {
					entry.after--;
					continue;
				}
				entry.times--;
				const answer = typeof body === 'string' ? plain(status, body) : json(status, body);
				return { ...(body === undefined ? withoutBody(status) : answer), headers };
			}
			return undefined;
		},
	};
}
