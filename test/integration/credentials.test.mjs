import { inspect } from 'node:util';

import { serve } from '../providers/shared/serve.mjs';
import { executeContext, loader } from './core.mjs';

/**
 * The API's credentials as n8n's own nodes use them: `requestWithAuthentication` with `uri` is what
 * the HTTP Request node calls, `httpRequestWithAuthentication` with `url` what newer nodes call.
 */

/**
 * A server that records its requests, and redirects those below /away.
 *
 * @param {() => string} [away]
 */
const startServer = (away = () => '') =>
	serve({
		entryOf: ({ method, url, headers }) => ({ method, path: url, headers, status: 0 }),
		answerTo({ path }) {
			const status = Number(/^\/away\/(\d+)/.exec(path)?.[1] ?? 200);
			return {
				status,
				type: 'application/json',
				text: '{"ok":true}',
				headers: status > 200 ? { location: `${away()}/caught` } : undefined,
			};
		},
	});

const CREDENTIALS = [
	{
		name: 'jofiApi',
		node: 'jofi',
		data: { apiKey: 'sk_live_s3cret' },
		sent: { authorization: 'Bearer sk_live_s3cret' },
	},
	{
		name: 'jobAffinityApi',
		node: 'jobAffinity',
		data: { login: 'ada', password: 's3cret' },
		sent: { authorization: `Basic ${btoa('ada:s3cret')}` },
	},
	{
		name: 'regpackApi',
		node: 'regpack',
		data: { apiUser: 'ada@example.org', apiToken: 's3cret', apiId: '12', groupId: '7' },
		sent: { 'api-user': 'ada@example.org', 'api-token': 's3cret', 'api-id': '12' },
	},
	{
		name: 'thoughtIndustriesApi',
		node: 'innovativeEducators',
		parameters: { resource: 'user', operation: 'getAll' },
		data: { site: 'college.thoughtindustries.com', apiKey: 's3cret' },
		sent: { authorization: 'Bearer s3cret' },
	},
];

/** Options of the HTTP Request node by default, which follows redirects. */
const byNode = {
	gzip: true,
	rejectUnauthorized: false,
	followRedirect: true,
	followAllRedirects: true,
	resolveWithFullResponse: true,
	simple: false,
	json: true,
};

const WAYS = /** @type {const} */ ([
	[
		'the HTTP Request node',
		'requestWithAuthentication',
		(/** @type {string} */ uri) => ({ uri, ...byNode }),
	],
	[
		'newer nodes',
		'httpRequestWithAuthentication',
		(/** @type {string} */ url) => ({
			url,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			json: true,
		}),
	],
]);

/** @type {Awaited<ReturnType<typeof startServer>>} */
let ownServer;
/** @type {Awaited<ReturnType<typeof startServer>>} */
let otherServer;
beforeEach(async () => {
	otherServer = await startServer();
	ownServer = await startServer(() => otherServer.origin);
});
afterEach(async () => {
	await ownServer.close();
	await otherServer.close();
});

describe.each(CREDENTIALS)('$name', ({ name, node, parameters, data, sent }) => {
	/** @param {{ baseUrl?: string }} [base] the credential's base URL; none for the default */
	const context = (base = { baseUrl: `${ownServer.origin}/api` }) =>
		executeContext({
			node: { type: node, ...(parameters && { parameters }) },
			credentials: { [name]: { ...data, ...base } },
		});

	// n8n sends a copy of the credential type to the editor, which looks for this field (2.41.1).
	it('is offered in the HTTP Request node, under Predefined Credential Type', () => {
		const shown = JSON.parse(JSON.stringify({ ...loader.getCredential(name).type }));
		expect(shown).toHaveProperty('authenticate');
	});

	describe.each(WAYS)('in a request of %s', (_, way, optionsFor) => {
		/**
		 * @param {string} address
		 * @param {object} [options]
		 * @param {{ baseUrl?: string }} [base]
		 * @returns {Promise<any>}
		 */
		const request = async (address, options, base) => {
			const functions = context(base);
			const all = /** @type {any} */ ({ method: 'GET', ...optionsFor(address), ...options });
			return await functions.helpers[way].call(functions, name, all);
		};

		it('is used', async () => {
			const { statusCode, body } = await request(`${ownServer.origin}/api/things?page=2`, {
				qs: { limit: 5 },
			});
			expect({ statusCode, body }).toEqual({ statusCode: 200, body: { ok: true } });
			expect(ownServer.requests).toMatchObject([
				{ method: 'GET', path: '/api/things?page=2&limit=5', headers: sent },
			]);
		});

		it.each(['GET', 'POST'])(
			'does not follow a redirect to another host with a %s',
			async (method) => {
				for (const status of [301, 302, 303, 307, 308]) {
					expect(
						await request(`${ownServer.origin}/away/${status}`, { method, body: { a: 1 } }),
					).toMatchObject({ statusCode: status });
				}
				expect(ownServer.requests).toHaveLength(5);
				expect(otherServer.requests).toEqual([]);
			},
		);

		it('goes to no other address that the request may name', async () => {
			for (const options of [
				{ uri: otherServer.origin },
				{ url: otherServer.origin },
				{ url: otherServer.origin, uri: otherServer.origin },
				{ uri: '/', url: undefined, baseURL: otherServer.origin },
			]) {
				await expect(request(ownServer.origin, options)).rejects.toThrow('is for');
			}
			expect(otherServer.requests).toEqual([]);
			expect(ownServer.requests).toEqual([]);
		});

		it('does not go to this machine with its default base URL', async () => {
			const attempt = request(`${ownServer.origin}/api`, {}, {});
			await expect(attempt).rejects.toThrow('is for');
			expect(ownServer.requests).toEqual([]);
		});

		it('goes through no proxy without HTTPS', async () => {
			const proxy =
				way === 'requestWithAuthentication'
					? otherServer.origin
					: { host: '127.0.0.1', port: Number(new URL(otherServer.origin).port), protocol: 'http' };
			await expect(request(`${ownServer.origin}/api`, { proxy })).rejects.toThrow(
				'through a proxy over HTTPS only',
			);
			expect(otherServer.requests).toEqual([]);
		});

		it('is not in the error if the request goes elsewhere', async () => {
			const error = await request(otherServer.origin).catch(
				(/** @type {Error} */ thrown) => thrown,
			);
			expect(error).toBeInstanceOf(Error);
			expect(
				[inspect(error, { depth: Infinity, showHidden: true }), JSON.stringify(error)].join(),
			).not.toMatch(/s3cret|YWRhOnMzY3JldA/);
		});
	});
});

it('is used for every page that the HTTP Request node paginates, but not for pages on other hosts', async () => {
	const [{ name, node, data, sent }] = CREDENTIALS;
	const functions = executeContext({
		node: { type: node },
		credentials: { [name]: { ...data, baseUrl: ownServer.origin } },
	});
	/** @param {string} next */
	const paged = (next) =>
		functions.helpers.requestWithAuthenticationPaginated.call(
			functions,
			/** @type {any} */ ({ method: 'GET', uri: `${ownServer.origin}/first`, ...byNode }),
			0,
			/** @type {any} */ ({
				continue: true,
				request: { url: next },
				maxRequests: 2,
				requestInterval: 0,
			}),
			name,
		);
	await paged(`${ownServer.origin}/next`);
	expect(ownServer.requests).toMatchObject([{ headers: sent }, { headers: sent }]);
	await expect(paged(`${otherServer.origin}/next`)).rejects.toThrow('is for');
	expect(otherServer.requests).toEqual([]);
});
