import { startRegpack } from '../../providers/regpack/server.mjs';
import { runOperation, searchList } from '../core.mjs';

/** @typedef {Awaited<ReturnType<typeof startNode>>} Started */

/** @typedef {ReturnType<typeof populate>} Ids */

/**
 * A family and a single parent, in a project with families.
 *
 * @param {import('../../providers/regpack/account.mjs').Account} account
 */
function populate(account) {
	const { cloginId: parent, groupId: project } = account.register({
		first_name: 'Ada',
		last_name: 'Sample',
	});
	const { cloginId: child } = account.addChild(parent, { first_name: 'Bea', last_name: 'Sample' });
	const { cloginId: other } = account.register({ first_name: 'Cy', last_name: 'Other' });
	const [{ id: product }, , { id: recurring }] = account.productsOf(project);
	const { id: status } = /** @type {{ id: number }} */ (
		account.statuses.find(({ groupId }) => groupId === project)
	);
	const { id: category } = /** @type {{ id: number }} */ (
		account.categories.find(({ groupId }) => groupId === project)
	);
	return { project, parent, child, other, product, recurring, status, category };
}

/**
 * A simulated Regpack and the Regpack node with a login for it.
 *
 * @param {Parameters<typeof startRegpack>[0]} [options]
 */
export async function startNode(options) {
	const regpack = await startRegpack({ system: 'family', ...options });
	const ids = populate(regpack.account);
	const login = {
		...regpack.credential,
		apiId: String(regpack.credential.apiId),
		groupId: String(ids.project),
		baseUrl: regpack.base,
	};
	const setting = { credentials: { regpackApi: login } };
	return {
		regpack,
		setting,
		ids,
		/** What nobody may see. */
		secrets: [login.apiToken],
		/** @param {Record<string, unknown>} changes of the credential */
		withLogin: (changes) => ({ credentials: { regpackApi: { ...login, ...changes } } }),
		/** The requests, each as its endpoint and its body. @param {number} [first] */
		requests: (first = 0) =>
			regpack.requests
				.slice(first)
				.map(({ method, path, body = '' }) => [
					`${method} ${path.replace('/reg/api2', '')}`,
					JSON.parse(body),
				]),
		/** A user as Regpack has it now. @param {number} cloginId */
		user: (cloginId) => regpack.account.get(ids.project, cloginId),
		/**
		 * Runs an operation of the node.
		 *
		 * @param {string} name as `resource:operation`
		 * @param {Record<string, unknown>} [parameters]
		 * @param {import('../core.mjs').Changes} [changes]
		 */
		run: (name, parameters, changes) => runOperation(setting, 'regpack', name, parameters, changes),
		/**
		 * What the list of a locator shows.
		 *
		 * @param {string} method
		 * @param {string} [filter]
		 * @param {Record<string, unknown>} [parameters]
		 */
		search: async (method, filter, parameters = {}) =>
			await searchList({
				...setting,
				node: { type: 'regpack', parameters: /** @type {any} */ (parameters) },
				method,
				filter,
			}),
		close: () => regpack.close(),
	};
}

/** @param {number | string} value */
export const byId = (value) => ({ __rl: true, mode: 'id', value });
