import { randomBytes } from 'node:crypto';
import { createFailures } from '../shared/failures.mjs';
import { splitPath } from '../shared/router.mjs';
import { serve } from '../shared/serve.mjs';
import { Account } from './account.mjs';
import { keyMissing, keyWrong, methodNotSupported, notARoute } from './answers.mjs';
import { fakeAccount, fakeWebhooks } from './fake.mjs';
import { CAPS } from './lists.mjs';
import { routeOf } from './routes.mjs';
import { createWebhooks } from './webhooks.mjs';

/** @typedef {Awaited<ReturnType<typeof startJofi>>} Jofi */
/** @typedef {'live' | 'test' | 'none' | 'wrong'} KeyKind */

/**
 * @typedef {import('../shared/serve.mjs').Logged & { key: KeyKind }} LoggedRequest the path starts
 * after the base
 */

/**
 * @typedef {object} Settings what is unknown of JOFI, or differs between editions of its
 * documentation
 * @property {import('./lists.mjs').Caps} caps how many of the newest records a list shows
 * @property {import('./lists.mjs').InvitationListItem} invitationListItem
 * @property {import('./objects.mjs').InvitationObject} invitationObject which keys an invitation
 * has that is read by its id
 * @property {boolean} putReplaces whether PUT resets what it does not name
 * @property {'strings' | 'objects'} errorArrays
 * @property {boolean} testModeValidates whether a test key's ids, queries and bodies count
 */

/** @type {Settings} */
const DEFAULTS = {
	caps: CAPS,
	invitationListItem: 'thin',
	invitationObject: 'full',
	putReplaces: false,
	errorArrays: 'objects',
	testModeValidates: false,
};

const ROOT = '/api/v2';

const upper = (/** @type {string} */ _, /** @type {string} */ letter) => letter.toUpperCase();

/**
 * `Authorization: Bearer <key>` (documented, api/getting-started). That any other scheme counts as
 * no key is inferred; whether the header `Authentication`, as one page has it (api/api-keys), is
 * accepted too is unknown, and here it is not.
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
	const [live, test] = ['sk_live_', 'sk_test_'].map(
		(prefix) => prefix + randomBytes(16).toString('hex'),
	);
	const keys = { live, test };
	const account = new Account();
	const webhooks = createWebhooks({
		now: () => account.now(),
		changedAt: () => account.changedAt(),
		current: ({ object, id }) => account.get(object.replace(/_(.)/g, upper), id),
	});
	account.onEvent = webhooks.enqueue;
	const failures = createFailures();
	/**
	 * What the API shows while it lags behind.
	 *
	 * @type {Account | undefined}
	 */
	let past;

	/**
	 * The mode follows the key, and every successful answer names it (documented, api/api-keys). A
	 * test key writes nothing, and sees the fake account.
	 *
	 * @param {'live' | 'test'} mode
	 */
	const callerOf = (mode) => ({
		account: mode === 'live' ? (past ?? account) : fakeAccount(),
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
		const { pathname, query } = splitPath(path);
		const route = routeOf(pathname);
		if (!route) return notARoute;
		const handler = route.methods[method];
		if (!handler) return methodNotSupported;
		if (key === 'none') return keyMissing;
		if (key === 'wrong') return keyWrong;
		return handler({ ...callerOf(key), settings, id: route.id, query, body });
	}

	/** @param {import('../shared/serve.mjs').Head} head @returns {LoggedRequest} */
	function entryOf({ method, url, headers }) {
		const path = url.startsWith(`${ROOT}/`) ? url.slice(ROOT.length) : `(outside ${ROOT}) ${url}`;
		return { method, path, status: 0, key: keyKind(headers.authorization, keys) };
	}

	const server = await serve({ entryOf, answerTo, failures });

	return {
		base: `${server.origin}${ROOT}`,
		keys,
		/** All requests in the order they came. */
		requests: server.requests,
		account,
		/** Makes requests fail. */
		fail: failures.add,
		webhooks,
		/**
		 * From now on, the API reads what there is now, until `catchUp`. Whether JOFI's API ever lags
		 * behind its events is unknown.
		 */
		lag() {
			past = Object.assign(new Account(account.catalogue), {
				...structuredClone({
					invitations: account.invitations,
					testTakers: account.testTakers,
					careerNavigationProfiles: account.careerNavigationProfiles,
					completed: account.completed,
				}),
			});
		},
		catchUp() {
			past = undefined;
		},
		async close() {
			await webhooks.close();
			await server.close();
		},
	};
}
