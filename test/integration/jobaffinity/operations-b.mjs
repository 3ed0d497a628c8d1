import { startJobAffinity } from '../../providers/jobaffinity/server.mjs';
import { built } from '../../unit/built.mjs';
import { loadPackage, runNode } from '../core.mjs';
import { told } from '../jofi/told.mjs';

/** @typedef {Awaited<ReturnType<typeof startNode>>} Started */

/** @type {typeof import('../../../nodes/JobAffinity/resources/index.js')} */
export const { resources: more } = built('./JobAffinity/resources/index.js');

/**
 * Both editions of JobAffinity's reference.
 *
 * @type {import('../../providers/jobaffinity/settings.mjs').Generation[]}
 */
export const GENERATIONS = ['new', 'old'];

/** @type {ReturnType<typeof loadPackage> | undefined} */
let loading;

/**
 * A simulated JobAffinity on a port of its own, and the node with the login for it.
 *
 * @param {Parameters<typeof startJobAffinity>[0]} [options] the limit on requests is off unless it
 * is asked for
 */
export async function startNode(options) {
	const provider = await startJobAffinity({ rateLimit: Infinity, ...options });
	loading ??= loadPackage();
	const loader = await loading;
	const { login, password } = provider.login;
	const credentials = { jobAffinityApi: { login, password, baseUrl: provider.base } };

	/**
	 * Runs an operation.
	 *
	 * @param {string} name as `resource:operation`
	 * @param {Record<string, unknown>} [parameters]
	 * @param {Partial<Parameters<typeof runNode>[0]> & { onError?: import('n8n-workflow').OnError }} [changes]
	 */
	async function run(name, parameters = {}, { onError, ...changes } = {}) {
		const [resource, operation] = name.split(':');
		const node = {
			type: 'jobAffinity',
			parameters: /** @type {any} */ ({ resource, operation, ...parameters }),
			...(onError && { onError }),
		};
		const { output, ...rest } = await runNode({ loader, credentials, node, ...changes });
		return { ...rest, output, json: output.map(({ json }) => /** @type {any} */ (json)) };
	}

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
		 * What an operation tells when it is refused; the login is in none of it.
		 *
		 * @param {string} name
		 * @param {Record<string, unknown>} [parameters]
		 * @param {Parameters<typeof run>[2]} [changes]
		 */
		refused: async (name, parameters, changes) =>
			told(await run(name, parameters, changes), [
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

/**
 * Expects items to have the shape that the operation declares.
 *
 * @param {string} name
 * @param {unknown[]} items
 */
export function expectShape(name, items) {
	const [resource, value] = name.split(':');
	const { schema } = /** @type {import('../../../nodes/shared/actions/operation.js').Operation} */ (
		more.find((each) => each.value === resource)?.operations.find((each) => each.value === value)
	);
	for (const item of items) expect(schema.safeParse(item).error?.issues ?? []).toEqual([]);
}

/**
 * What JobAffinity may answer to any request that needs the login: how to bring it about, and what
 * is told.
 */
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
