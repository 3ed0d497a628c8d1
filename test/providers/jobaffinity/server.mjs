import { randomBytes } from 'node:crypto';
import { createFailures } from '../shared/failures.mjs';
import { splitPath } from '../shared/router.mjs';
import { serve } from '../shared/serve.mjs';
import { Account } from './account.mjs';
import { refusal } from './answers.mjs';
import { createLimit } from './limit.mjs';
import { ROOT } from './links.mjs';
import { needsLogin, routeOf } from './routes.mjs';
import { DEFAULTS } from './settings.mjs';
import { startStorage } from './storage.mjs';
import { createWebhooks } from './webhooks.mjs';
import { createWorld } from './world.mjs';

/** @typedef {Awaited<ReturnType<typeof startJobAffinity>>} JobAffinity */
/**
 * @typedef {import('../shared/serve.mjs').Logged & { authenticated: boolean, at: number }} LoggedRequest
 * at: in milliseconds
 */

/**
 * Starts JobAffinity's REST API on a free loopback port, and the store of CVs on another.
 *
 * @param {Partial<import('./settings.mjs').Settings>} [options]
 */
export async function startJobAffinity(options = {}) {
	const settings = { ...DEFAULTS, ...options };
	const login = {
		login: `api-${randomBytes(4).toString('hex')}`,
		password: randomBytes(12).toString('hex'),
	};
	// HTTP Basic is the only way (documented, home).
	const authorization = `Basic ${Buffer.from(`${login.login}:${login.password}`).toString('base64')}`;
	const account = new Account(settings.clock);
	const storage = await startStorage(account, settings);
	const world = createWorld({ account, settings, origin: () => server.origin, storage });
	const webhooks = createWebhooks(account, () => world.links);
	account.onStepChange = (change) => webhooks.announce('ProcessStepChange', change);
	const failures = createFailures((status) => refusal(settings, status));
	const mayCome = createLimit(settings);

	/**
	 * Unknown: whether the rate, the login, the route or the method is looked at first. GET and POST
	 * are the only methods (documented, home); what others are answered is unknown.
	 *
	 * @param {LoggedRequest} request
	 * @param {string} body
	 */
	function answerTo({ method, path, authenticated }, body) {
		const { pathname, query } = splitPath(path);
		if (!mayCome()) return refusal(settings, 429);
		if (!authenticated && needsLogin(pathname, settings)) return refusal(settings, 401);
		const route = routeOf(pathname);
		if (!route) return refusal(settings, method === 'GET' || method === 'POST' ? 404 : 405);
		const handler = route.methods[method];
		return handler
			? handler({ world, id: route.id, path, pathname, query, body })
			: refusal(settings, 405);
	}

	/** @param {import('../shared/serve.mjs').Head} head @returns {LoggedRequest} */
	const entryOf = ({ method, url, headers }) => ({
		...{ method, path: url, status: 0 },
		authenticated: headers.authorization === authorization,
		at: settings.clock(),
	});

	const server = await serve({ entryOf, answerTo, failures });

	return {
		base: server.origin + ROOT,
		origin: server.origin,
		login,
		/** All requests in the order they came. */
		requests: server.requests,
		/** The other host, and what came to it. */
		storage: { origin: storage.origin, requests: storage.requests },
		account,
		/** As the feed of jobs has it (documented, apply). @param {number} jobId */
		applyUrl: (jobId) =>
			`${server.origin}${ROOT}/apply/api/${account.get('job', jobId).applyToken}`,
		/** Makes requests fail. */
		fail: failures.add,
		webhooks,
		/** All `_next` that were given lead nowhere from now on. */
		forgetCursors: () => world.pages.forget(),
		async close() {
			await webhooks.close();
			await storage.close();
			await server.close();
		},
	};
}
