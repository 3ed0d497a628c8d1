import { once } from 'node:events';
import { createServer } from 'node:http';
import { inspect } from 'node:util';

import { executeContext, loadPackage } from './core.mjs';

/**
 * The API's credentials as n8n's own nodes use them: `requestWithAuthentication` with `uri` is what the HTTP Request
 * node calls, `httpRequestWithAuthentication` with `url` what newer nodes call.
 */

/** A server that keeps what it gets, and redirects what is below /away. @param {() => string} [away] */
async function startServer(away = () => '') {
	/** @type {{ method?: string, url?: string, headers: import('node:http').IncomingHttpHeaders }[]} */
	const received = [];
	const server = createServer(({ method, url = '', headers }, response) => {
		received.push({ method, url, headers });
		const status = Number(/^\/away\/(\d+)/.exec(url)?.[1] ?? 200);
		response.writeHead(status, { 'content-type': 'application/json', ...(status > 200 && { location: `${away()}/caught` }) }).end('{"ok":true}');
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	return {
		origin: `http://127.0.0.1:${port}`,
		received,
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

const CREDENTIALS = [
	{ name: 'jofiApi', node: 'jofi', data: { apiKey: 'sk_live_s3cret' }, sent: { authorization: 'Bearer sk_live_s3cret' } },
	{ name: 'jobAffinityApi', node: 'jobAffinity', data: { login: 'ada', password: 's3cret' }, sent: { authorization: `Basic ${btoa('ada:s3cret')}` } },
	{
		name: 'regpackApi',
		node: 'regpack',
		data: { apiUser: 'ada@example.org', apiToken: 's3cret', apiId: '12', groupId: '7' },
		sent: { 'api-user': 'ada@example.org', 'api-token': 's3cret', 'api-id': '12' },
	},
];

/** Options of the HTTP Request node by default, which follows redirects. */
const byNode = { gzip: true, rejectUnauthorized: false, followRedirect: true, followAllRedirects: true, resolveWithFullResponse: true, simple: false, json: true };

const WAYS = /** @type {const} */ ([
	['the HTTP Request node', 'requestWithAuthentication', (/** @type {string} */ uri) => ({ uri, ...byNode })],
	['newer nodes', 'httpRequestWithAuthentication', (/** @type {string} */ url) => ({ url, returnFullResponse: true, ignoreHttpStatusErrors: true, json: true })],
]);

/** @type {Awaited<ReturnType<typeof startServer>>} */
let home;
/** @type {Awaited<ReturnType<typeof startServer>>} */
let other;
/** @type {Awaited<ReturnType<typeof loadPackage>>} */
let loader;

beforeAll(async () => {
	loader = await loadPackage();
});
beforeEach(async () => {
	other = await startServer();
	home = await startServer(() => other.origin);
});
afterEach(async () => {
	await home.close();
	await other.close();
});

describe.each(CREDENTIALS)('$name', ({ name, node, data, sent }) => {
	/** @param {{ baseUrl?: string }} [base] where the credential has its home; none for the default */
	const context = (base = { baseUrl: `${home.origin}/api` }) =>
		executeContext({ loader, node: { type: node }, credentials: { [name]: { ...data, ...base } } });

	describe.each(WAYS)('in a request of %s', (_, way, optionsFor) => {
		/** @param {string} address @param {object} [options] @param {{ baseUrl?: string }} [base] @returns {Promise<any>} */
		const request = async (address, options, base) => {
			const functions = context(base);
			const all = /** @type {any} */ ({ method: 'GET', ...optionsFor(address), ...options });
			return await functions.helpers[way].call(functions, name, all);
		};

		it('is used', async () => {
			const { statusCode, body } = await request(`${home.origin}/api/things?page=2`, { qs: { limit: 5 } });
			expect({ statusCode, body }).toEqual({ statusCode: 200, body: { ok: true } });
			expect(home.received).toMatchObject([{ method: 'GET', url: '/api/things?page=2&limit=5', headers: sent }]);
		});

		it.each(['GET', 'POST'])('does not follow a redirect to another host with a %s', async (method) => {
			for (const status of [301, 302, 303, 307, 308]) {
				expect(await request(`${home.origin}/away/${status}`, { method, body: { a: 1 } })).toMatchObject({ statusCode: status });
			}
			expect(home.received).toHaveLength(5);
			expect(other.received).toEqual([]);
		});

		it('goes to no other address that the request could mean', async () => {
			for (const options of [{ uri: other.origin }, { url: other.origin }, { url: other.origin, uri: other.origin }, { uri: '/', url: undefined, baseURL: other.origin }]) {
				await expect(request(home.origin, options)).rejects.toThrow('is for');
			}
			expect(other.received).toEqual([]);
			expect(home.received).toEqual([]);
		});

		it('does not go to this machine with the base URL that it has by default', async () => {
			const attempt = request(`${home.origin}/api`, {}, {});
			await expect(attempt).rejects.toThrow('is for');
			expect(home.received).toEqual([]);
		});

		it('is shown to no proxy', async () => {
			const proxy = way === 'requestWithAuthentication' ? other.origin : { host: '127.0.0.1', port: Number(new URL(other.origin).port), protocol: 'http' };
			await expect(request(`${home.origin}/api`, { proxy })).rejects.toThrow('through a proxy over HTTPS only');
			expect(other.received).toEqual([]);
		});

		it('is not in what is thrown when it goes elsewhere', async () => {
			const error = await request(other.origin).catch((/** @type {Error} */ thrown) => thrown);
			expect(error).toBeInstanceOf(Error);
			expect([inspect(error, { depth: Infinity, showHidden: true }), JSON.stringify(error)].join()).not.toMatch(/s3cret|YWRhOnMzY3JldA/);
		});
	});
});

it('is used for each page by the paging of the HTTP Request node, and for none elsewhere', async () => {
	const [{ name, node, data, sent }] = CREDENTIALS;
	const functions = executeContext({ loader, node: { type: node }, credentials: { [name]: { ...data, baseUrl: home.origin } } });
	/** @param {string} next */
	const paged = (next) =>
		functions.helpers.requestWithAuthenticationPaginated.call(
			functions,
			/** @type {any} */ ({ method: 'GET', uri: `${home.origin}/first`, ...byNode }),
			0,
			/** @type {any} */ ({ continue: true, request: { url: next }, maxRequests: 2, requestInterval: 0 }),
			name,
		);
	await paged(`${home.origin}/next`);
	expect(home.received).toMatchObject([{ headers: sent }, { headers: sent }]);
	await expect(paged(`${other.origin}/next`)).rejects.toThrow('is for');
	expect(other.received).toEqual([]);
});
