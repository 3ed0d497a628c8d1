import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { parsed } from '../shared/body.mjs';
import { createFailures } from '../shared/failures.mjs';
import { splitPath } from '../shared/router.mjs';
import { serve } from '../shared/serve.mjs';
import { Account } from './account.mjs';
import { refusal } from './answers.mjs';
import { isAuthentic } from './authenticate.mjs';
import { FAMILY, INDIVIDUAL } from './catalogue.mjs';
import { createForms } from './form.mjs';
import { createOrder } from './list.mjs';
import { createPage } from './page.mjs';
import { answer, isRoute, notAMethod, notARoute, ROOT } from './routes.mjs';
import { DEFAULTS } from './settings.mjs';
import { createWebhooks } from './webhooks.mjs';

/** @typedef {Awaited<ReturnType<typeof startRegpack>>} Regpack */

/**
 * @typedef {object} Own
 * @property {boolean} authenticated
 * @property {string | undefined} timestamp the header
 * @property {string | undefined} action
 * @property {number} at in milliseconds
 * @typedef {import('../shared/serve.mjs').Logged & Own} LoggedRequest
 */

/**
 * Starts Regpack on a free loopback port.
 *
 * @param {Partial<import('./settings.mjs').Settings>} [options]
 */
export async function startRegpack(options = {}) {
	const settings = { ...DEFAULTS, ...options };
	const credential = {
		apiUser: `api-${randomBytes(4).toString('hex')}@example.org`,
		apiToken: randomUUID(),
		apiId: 12345,
		groupId: settings.system === 'family' ? FAMILY : INDIVIDUAL,
	};
	const account = new Account(settings, credential.groupId);
	const webhooks = createWebhooks(account, settings);
	account.onEvent = webhooks.announce;
	const form = createForms(account, settings);
	const page = createPage(account, form);
	const failures = createFailures();
	const order = createOrder(settings);

	/**
	 * Unknown: whether the route, the method or the credentials are looked at first.
	 *
	 * @param {LoggedRequest} request
	 * @param {string} body
	 */
	async function answerTo({ method, path, authenticated }, body) {
		const { pathname } = splitPath(path);
		if (page.isPage(pathname)) return page.answer({ method, path }, body);
		if (settings.latencyMs > 0) await sleep(settings.latencyMs, undefined, { ref: false });
		if (!isRoute(pathname)) return notARoute;
		// All calls are POST; what others are answered is unknown.
		if (method !== 'POST') return notAMethod;
		if (!authenticated) return refusal(settings, 'Authentication failed');
		return answer({ account, settings, order, body: parsed(body) }, pathname);
	}

	/** @param {import('../shared/serve.mjs').Head} head @returns {LoggedRequest} */
	const entryOf = ({ method, url, headers }) => ({
		...{ method, path: url, status: 0 },
		authenticated: isAuthentic(headers, credential, settings),
		timestamp: headers.timestamp === undefined ? undefined : String(headers.timestamp),
		at: settings.clock(),
		get action() {
			const { action } = parsed(this.body ?? '');
			return typeof action === 'string' ? action : undefined;
		},
	});

	const server = await serve({
		entryOf,
		answerTo,
		failures,
		nameOf: ({ method, path, action }) => `${method} ${path} ${action ?? ''}`,
	});

	return {
		base: server.origin + ROOT,
		origin: server.origin,
		credential,
		/** All requests in the order they came. */
		requests: server.requests,
		account,
		/** Makes requests fail, matched by `<method> <path> <action>`. */
		fail: failures.add,
		webhooks,
		/** Forms as applicants use them. */
		form,
		/** The same for a browser. @param {number} formId @param {number} person a clogin_id */
		formUrl: (formId, person) => `${server.origin}/form/${formId}?person=${person}`,
		async close() {
			await webhooks.close();
			await server.close();
		},
	};
}
