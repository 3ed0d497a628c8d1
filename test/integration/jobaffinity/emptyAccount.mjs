import { startJobAffinity } from '../../providers/jobaffinity/server.mjs';
import { runOperation } from '../core.mjs';
import { errorTextOf } from '../errorText.mjs';

/** @typedef {Awaited<ReturnType<typeof startNode>>} Started */

/**
 * Both editions of JobAffinity's reference.
 *
 * @type {import('../../providers/jobaffinity/settings.mjs').Generation[]}
 */
export const GENERATIONS = ['new', 'old'];

/**
 * A simulated JobAffinity without applications on a port of its own, and the node with the login for
 * it.
 *
 * @param {Parameters<typeof startJobAffinity>[0]} [options] the limit on requests is off unless it
 * is asked for
 */
export async function startNode(options) {
	const provider = await startJobAffinity({ rateLimit: Infinity, ...options });
	const { login, password } = provider.login;
	const credentials = { jobAffinityApi: { login, password, baseUrl: provider.base } };

	/**
	 * Runs an operation.
	 *
	 * @param {string} name as `resource:operation`
	 * @param {Record<string, unknown>} [parameters]
	 * @param {import('../core.mjs').Changes} [changes]
	 */
	const run = (name, parameters, changes) =>
		runOperation({ credentials }, 'jobAffinity', name, parameters, changes);

	return {
		provider,
		run,
		/** The requests that came, or those since a number of them. @param {number} [first] */
		requests: (first = 0) =>
			provider.requests.slice(first).map(({ method, path }) => `${method} ${path}`),
		/** What was posted. @returns {any[]} */
		bodies: () =>
			provider.requests.flatMap(({ body }) => (body === undefined ? [] : [JSON.parse(body)])),
		/**
		 * The texts of an operation that fails; the login is in none of them.
		 *
		 * @param {string} name
		 * @param {Record<string, unknown>} [parameters]
		 * @param {Parameters<typeof run>[2]} [changes]
		 */
		refused: async (name, parameters, changes) =>
			errorTextOf(await run(name, parameters, changes), [
				password,
				Buffer.from(`${login}:${password}`).toString('base64'),
			]),
		close: () => provider.close(),
	};
}

/**
 * Runs a test with a JobAffinity of its own.
 *
 * @param {(started: Started) => Promise<void>} test
 * @param {Parameters<typeof startNode>[0]} [options]
 */
export async function withNode(test, options) {
	const started = await startNode(options);
	try {
		await test(started);
	} finally {
		await started.close();
	}
}

/** Statuses that JobAffinity may answer to any request that needs the login, and our texts. */
export const REFUSALS = [
	{
		status: 401,
		message: 'JobAffinity does not accept the login and password',
		description: /^Check the JobAffinity API credential, /,
	},
	{
		status: 403,
		message: /^The API user may not see /,
		description: /^Grant the user access in JobAffinity, /,
	},
	{ status: 404, message: /^JobAffinity (does not support|has no) /, description: /\.$/ },
];
