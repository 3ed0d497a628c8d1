import { createServer } from 'node:http';
import { once } from 'node:events';

import { startJobAffinity } from '../../providers/jobaffinity/server.mjs';
import { runOperation, searchList } from '../core.mjs';

/** @typedef {Awaited<ReturnType<typeof startNode>>} Started */

/**
 * @typedef {{ candidate: number, job: number, application: number, withoutCv: number, process: number }} Ids
 */

/**
 * Two applications, of which one has no CV.
 *
 * @param {import('../../providers/jobaffinity/account.mjs').Account} account
 * @returns {Ids}
 */
function populate(account) {
	const [{ id: candidate }, { id: other }] = account.candidates;
	const [{ id: job, processId: process }] = account.jobs;
	const { id: application } = account.apply({ candidateId: candidate, jobId: job });
	const { id: withoutCv } = account.apply({ candidateId: other, jobId: job, cv: null });
	account.move(application, 21);
	return { candidate, job, application, withoutCv, process };
}

/**
 * A simulated JobAffinity and the JobAffinity node with a login for it. Each has a port of its own,
 * and with it the node's pace: more than 45 requests to one would take a minute.
 *
 * @param {Parameters<typeof startJobAffinity>[0]} [options]
 */
export async function startNode(options) {
	const ja = await startJobAffinity({ rateLimit: Infinity, ...options });
	const ids = populate(ja.account);
	const credentials = { jobAffinityApi: { ...ja.login, baseUrl: ja.base } };
	const setting = { credentials };
	const pair = Buffer.from(`${ja.login.login}:${ja.login.password}`).toString('base64');
	return {
		ja,
		setting,
		ids,
		/** What nobody may see. */
		secrets: [ja.login.password, pair],
		/** @param {Record<string, unknown>} changes of the credential */
		withLogin: (changes) => ({
			credentials: { jobAffinityApi: { ...credentials.jobAffinityApi, ...changes } },
		}),
		/** The requests since a number of them. @param {number} [first] */
		requests: (first = 0) =>
			ja.requests.slice(first).map(({ method, path }) => `${method} ${path}`),
		/**
		 * The paths of the requests without their beginning, but for the root.
		 *
		 * @param {number} [first]
		 */
		paths: (first = 0) =>
			ja.requests
				.slice(first)
				.map(({ path }) => path.replace('/restapi/v1/', ''))
				.filter((path) => path !== '/restapi/v1'),
		/**
		 * Runs an operation of the node.
		 *
		 * @param {string} name as `resource:operation`
		 * @param {Record<string, unknown>} [parameters]
		 * @param {import('../core.mjs').Changes} [changes]
		 */
		run: (name, parameters, changes) =>
			runOperation(setting, 'jobAffinity', name, parameters, changes),
		/**
		 * What the list of a locator shows.
		 *
		 * @param {string} method
		 * @param {string} [filter]
		 * @param {object} [changes]
		 */
		search: async (method, filter, changes = {}) =>
			await searchList({ ...setting, node: { type: 'jobAffinity' }, method, filter, ...changes }),
		close: () => ja.close(),
	};
}

/** @typedef {Awaited<ReturnType<typeof startOther>>} Other */

/**
 * A server that is not JobAffinity.
 *
 * @param {(path: string) => { status?: number, headers?: Record<string, string>, body?: string }} [answer]
 * status 0 ends the connection
 */
export async function startOther(answer = () => ({})) {
	/** @type {{ path: string, headers: import('node:http').IncomingHttpHeaders }[]} */
	const received = [];
	const server = createServer(({ url = '', headers, socket }, response) => {
		received.push({ path: url, headers });
		const { status = 200, headers: answered = {}, body = '{}' } = answer(url);
		if (status === 0) socket.destroy();
		else response.writeHead(status, answered).end(body);
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	return {
		port,
		origin: `http://127.0.0.1:${port}`,
		received,
		close() {
			server.closeAllConnections();
			server.close();
		},
	};
}

/** @param {number | string} value */
export const byId = (value) => ({ __rl: true, mode: 'id', value });

/** @param {string} value */
export const byLink = (value) => ({ __rl: true, mode: 'link', value });
