import { startJofi } from '../../providers/jofi/server.mjs';
import { runOperation, searchList } from '../core.mjs';

/** @typedef {Awaited<ReturnType<typeof startNode>>} Started */

/**
 * What the account holds: 31001 to 31003 are invited, of whom the last two accepted; one has
 * finished.
 */
export const IDS = {
	open: 31001,
	testTaker: 42001,
	finished: 42002,
	profile: 'CNP0000000001',
	scoreProfile: 'JOFI-001-XX',
};

/** @param {import('../../providers/jofi/account.mjs').Account} account */
function populate(account) {
	const [, accepted, finished] = [1, 2, 3].map((number) =>
		account.invite({ person_id: `cand-000${number}`, custom_id: 'REQ-9' }),
	);
	account.complete(account.accept(accepted.id).id, 6);
	const { id } = account.accept(finished.id);
	for (const assessmentId of [6, 7, 8]) account.complete(id, assessmentId);
	account.createProfile(id);
}

/**
 * A simulated JOFI, and the JOFI node with a key for it.
 *
 * @param {Parameters<typeof startJofi>[0]} [options]
 */
export async function startNode(options) {
	const jofi = await startJofi(options);
	populate(jofi.account);
	const credentials = { jofiApi: { apiKey: jofi.keys.live, baseUrl: jofi.base } };
	const setting = { credentials };
	return {
		jofi,
		setting,
		/** With this key of the account, or another text. @param {string} key */
		withKey: (key) => ({ credentials: { jofiApi: { ...credentials.jofiApi, apiKey: key } } }),
		/** The requests since a number of them. @param {number} [first] */
		requests: (first = 0) =>
			jofi.requests.slice(first).map(({ method, path }) => `${method} ${path}`),
		/** The bodies that JOFI got. @returns {any[]} */
		bodies: () =>
			jofi.requests.flatMap(({ body }) => (body === undefined ? [] : [JSON.parse(body)])),
		/**
		 * Runs an operation of the node.
		 *
		 * @param {string} name as `resource:operation`
		 * @param {Record<string, unknown>} [parameters]
		 * @param {import('../core.mjs').Changes} [changes]
		 */
		run: (name, parameters, changes) => runOperation(setting, 'jofi', name, parameters, changes),
		/**
		 * What the list of a locator shows.
		 *
		 * @param {string} method
		 * @param {string} [filter]
		 * @param {object} [changes]
		 */
		search: async (method, filter, changes = {}) =>
			await searchList({ ...setting, node: { type: 'jofi' }, method, filter, ...changes }),
		close: () => jofi.close(),
	};
}

/** @param {number} count */
export const items = (count) =>
	Array.from({ length: count }, (_, number) => ({ json: { number } }));
