import { startRegpack } from '../../providers/regpack/server.mjs';

/** @typedef {import('../../providers/regpack/server.mjs').Regpack} Regpack */

export const NOON = Date.parse('2026-03-05T11:00:00Z');

/** @type {(() => unknown)[]} */
const closing = [];

/** Closes what was opened; for afterEach. */
export async function closeAll() {
	for (const close of closing.splice(0)) await close();
}

/** @template {{ close: () => unknown }} Opened @param {Opened} opened closed after the test */
export function closedAfter(opened) {
	closing.push(opened.close);
	return opened;
}

/** @param {Parameters<typeof startRegpack>[0]} [options] */
export const started = async (options) => closedAfter(await startRegpack(options));

/** @param {Regpack} regpack @returns {Record<string, string>} */
export const proof = ({ credential: { apiUser, apiToken, apiId } }) => ({
	...{ 'api-user': apiUser, 'api-token': apiToken, 'api-id': String(apiId) },
	timestamp: String(Math.round(Date.now() / 1000)),
});

/**
 * A call of the API, in the project of the credential.
 *
 * @param {Regpack} regpack
 * @param {string} call `<endpoint> <action>`
 * @param {Record<string, unknown>} [fields]
 * @param {Record<string, string>} [headers]
 * @returns {Promise<{ status: number, json: any }>}
 */
export async function send(regpack, call, fields, headers = proof(regpack)) {
	const [endpoint, action] = call.split(' ');
	const answer = await fetch(`${regpack.base}/${endpoint}/`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: JSON.stringify({ action, group_id: regpack.credential.groupId, ...fields }),
	});
	return { status: answer.status, json: await answer.json() };
}
