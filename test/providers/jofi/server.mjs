import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { Account } from './account.mjs';
import { keyMissing, keyWrong, methodNotSupported, notARoute, plain } from './answers.mjs';
import { createFailures } from './failures.mjs';
import { fakeAccount, fakeWebhooks } from './fake.mjs';
import { CAPS } from './lists.mjs';
import { routeOf } from './routes.mjs';
import { createWebhooks } from './webhooks.mjs';

/** @typedef {Awaited<ReturnType<typeof startJofi>>} Jofi */
/** @typedef {'live' | 'test' | 'none' | 'wrong'} KeyKind */

/**
 * @typedef {object} LoggedRequest
 * @property {string} method
 * @property {string} path with its query; starts after the base
 * @property {number} status 0 until it is answered, and when the socket is destroyed
 * @property {KeyKind} key
 * @property {string} [body] when it has one
 */

/**
 * @typedef {object} Settings what is unknown of JOFI, or differs between editions of its documentation
 * @property {import('./lists.mjs').Caps} caps how many of the newest records a list shows
 * @property {import('./lists.mjs').InvitationListItem} invitationListItem
 * @property {boolean} putReplaces whether PUT resets what it does not name
 * @property {'strings' | 'objects'} errorArrays
 * @property {boolean} testModeValidates whether a test key's ids, queries and bodies count
 */

/** @type {Settings} */
const DEFAULTS = { caps: CAPS, invitationListItem: 'thin', putReplaces: false, errorArrays: 'objects', testModeValidates: false };

const ROOT = '/api/v2';

/**
 * `Authorization: Bearer <key>` (documented, api/getting-started). That any other scheme counts as no key is inferred;
 * whether the header `Authentication`, as one page has it (api/api-keys), is accepted too is unknown, and here it is not.
 *
 * @param {string | undefined} header
 * @param {{ live: string, test: string }} keys
 * @returns {KeyKind}
 */
function keyKind(header, { live, test }) {
	const [, key] = /^Bearer (\S+)$/.exec(header ?? '') ?? [];
	if (key === undefined) return 'none';
	if (key === live) return 'live';
	return key === test ? 'test' : 'wrong';
}

/**
 * Starts JOFI's API v2 on a free loopback port.
 *
 * @param {Partial<Settings>} [options]
 */
export async function startJofi(options = {}) {
	const settings = { ...DEFAULTS, ...options, caps: { ...CAPS, ...options.caps } };
	const [live, test] = ['sk_live_', 'sk_test_'].map((prefix) => prefix + randomBytes(16).toString('hex'));
	const keys = { live, test };
	const account = new Account();
	const webhooks = createWebhooks({ now: () => account.now(), changedAt: () => account.changedAt() });
	account.onEvent = webhooks.enqueue;
	const failures = createFailures();
	/** @type {LoggedRequest[]} */
	const requests = [];

	/**
	 * The mode follows the key, and every successful answer names it (documented, api/api-keys). A test key writes nothing,
	 * and sees the fake account.
	 *
	 * @param {'live' | 'test'} mode
	 */
	const callerOf = (mode) => ({
		account: mode === 'live' ? account : fakeAccount(),
		webhooks: mode === 'live' ? webhooks.state() : fakeWebhooks,
		validates: mode === 'live' || settings.testModeValidates,
		show: (/** @type {object} */ resource) => ({ mode, ...resource }),
	});

	/**
	 * Unknown: whether the route, the method or the key is looked at first.
	 *
	 * @param {LoggedRequest} request
	 * @param {string} body
	 */
	function answerTo({ method, path, key }, body) {
		const [, pathname, query] = /^([^?]*)(.*)$/.exec(path) ?? ['', '', ''];
		const route = routeOf(pathname);
		if (!route) return notARoute;
		const handler = route.methods[method];
		if (!handler) return methodNotSupported;
		if (key === 'none') return keyMissing;
		if (key === 'wrong') return keyWrong;
		return handler({ ...callerOf(key), settings, id: route.id, query: new URLSearchParams(query), body });
	}

	/** @param {import('node:http').IncomingMessage} incoming @param {import('node:http').ServerResponse} response */
	async function handle(incoming, response) {
		const { method = '', url = '', headers } = incoming;
		const path = url.startsWith(`${ROOT}/`) ? url.slice(ROOT.length) : `(outside ${ROOT}) ${url}`;
		/** @type {LoggedRequest} */
		const logged = { method, path, status: 0, key: keyKind(headers.authorization, keys) };
		requests.push(logged);
		const body = await text(incoming);
		if (body !== '') logged.body = body;
		const failure = failures.next(`${method} ${path}`);
		if (failure?.status === 0) return void incoming.socket.destroy();
		const answer = failure ?? answerTo(logged, body);
		logged.status = answer.status;
		response.writeHead(answer.status, { 'content-type': answer.type, ...failure?.headers }).end(answer.text);
	}

	const server = createServer((incoming, response) => {
		handle(incoming, response).catch((error) => {
			const { status, type, text: reason } = plain(500, `The simulator broke: ${error.stack}`);
			if (!response.headersSent) response.writeHead(status, { 'content-type': type });
			response.end(reason);
		});
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

	return {
		base: `http://127.0.0.1:${port}${ROOT}`,
		keys,
		/** All requests in the order they came. */
		requests,
		account,
		/** Makes requests fail. */
		fail: failures.add,
		webhooks,
		async close() {
			await webhooks.close();
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
