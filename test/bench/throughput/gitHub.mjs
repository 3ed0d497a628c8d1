import { once } from 'node:events';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';

const ID = 1_000_000_000;

/**
 * Stands in for GitHub where a webhook is registered, and keeps the secret of the last one.
 *
 * @returns {Promise<{ url: string, secret: () => string, close: () => void }>}
 */
export async function startGitHub() {
	let secret = '';
	const server = createServer(async (request, response) => {
		const answer = (/** @type {number} */ status, /** @type {object} */ body) =>
			response
				.writeHead(status, { 'content-type': 'application/json' })
				.end(status === 204 ? undefined : JSON.stringify(body));
		if (!/^\/repos\/[^/]+\/[^/]+\/hooks(\/\d+)?$/.test(request.url ?? ''))
			return answer(404, { message: 'Not Found' });
		if (request.method === 'DELETE') return answer(204, {});
		if (request.method !== 'POST') return answer(200, { id: 1, active: true });
		const { config, events } = /** @type {any} */ (await json(request));
		secret = config.secret;
		return answer(201, { id: 1, active: true, events, config: { url: config.url } });
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	return {
		url: `http://127.0.0.1:${port}`,
		secret: () => secret,
		close: () => void server.close(),
	};
}

/**
 * An event of GitHub of about `size` bytes; each delivery overwrites the id of the issue in it.
 *
 * @param {number} size
 * @returns {import('../deliveries.mjs').Template}
 */
export function issueOf(size) {
	const user = { login: 'octocat', id: 1, type: 'User', site_admin: false };
	/** @type {object[]} */
	const labels = [];
	const text = () =>
		JSON.stringify({
			action: 'opened',
			issue: { id: ID, number: 7, title: 'Spelling', state: 'open', user, labels, comments: 0 },
			repository: { id: 2, name: 'hello', full_name: 'octocat/hello', private: false, owner: user },
			sender: user,
		});
	const label = { name: 'documentation', color: '0075ca', default: true, description: 'Docs' };
	const one = JSON.stringify({ id: ID, ...label }).length + 1;
	for (let left = size - text().length; left > 0; left -= one)
		labels.push({ id: 50_000 + labels.length, ...label });
	const body = Buffer.from(text());
	return { body, at: body.indexOf(String(ID)) };
}
