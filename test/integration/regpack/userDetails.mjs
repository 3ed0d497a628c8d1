import { regpackWebhooks } from '#dist/nodes/Regpack/provider.js';
import { doAll } from '../../providers/regpack/fake.mjs';
import { nameOf } from '../../providers/regpack/events.mjs';
import { payloadOf } from '../../providers/regpack/payloads.mjs';
import { startRegpack } from '../../providers/regpack/server.mjs';
import { DEFAULTS } from '../../providers/regpack/settings.mjs';
import { deliver } from '../../unit/webhookContext.mjs';
import { runNode } from '../core.mjs';

/** What runs the Regpack Trigger with Fetch User Details against a simulated Regpack. */

/** @typedef {Awaited<ReturnType<typeof startAccount>>} Started */
/** @typedef {Partial<import('../../providers/regpack/settings.mjs').Settings>} Options */

/**
 * @typedef {object} Run
 * @property {Record<string, unknown>} [parameters]
 * @property {Record<string, unknown>} [login] what is different in the credential
 * @property {boolean} [withoutCredential]
 * @property {number} [waitedMs] how long ago the delivery arrived
 */

/** A simulated Regpack, and the trigger for what happens in it. @param {Options} [options] */
export async function startAccount(options = {}) {
	const regpack = await startRegpack(options);
	const { account } = regpack;
	/** @type {{ event: string, payload: Record<string, any> }[]} */
	const told = [];
	account.onEvent = (occurrence) => {
		const payload = payloadOf(account, { ...DEFAULTS, ...options }, occurrence);
		told.push({ event: occurrence.event, payload });
		return undefined;
	};

	/**
	 * Receives a payload and runs the trigger's second phase.
	 *
	 * @param {string} event
	 * @param {unknown} payload
	 * @param {Run} [run]
	 */
	async function triggered(
		event,
		payload,
		{ parameters = {}, login, withoutCredential = false, waitedMs = 0 } = {},
	) {
		const all = {
			authentication: 'none',
			events: nameOf(event),
			formId: '12345',
			responseMode: 'onReceived',
			fetchUserDetails: true,
			...parameters,
		};
		const { items } = await deliver({
			source: regpackWebhooks,
			events: all.events,
			parameters: all,
			body: JSON.stringify(payload),
		});
		const receivedAt = new Date(Date.now() - waitedMs).toISOString();
		const first = regpack.requests.length;
		const { error, output, hints } = await runNode({
			node: { type: 'regpackTrigger', parameters: /** @type {any} */ (all) },
			mode: 'webhook',
			items: items.map((json) => ({ json: { ...json, receivedAt } })),
			credentials: withoutCredential
				? {}
				: { regpackApi: { ...regpack.credential, baseUrl: regpack.base, ...login } },
		});
		if (error) throw error;
		return {
			json: output.map(({ json }) => /** @type {any} */ (json)),
			hints: hints.map(({ message }) => message),
			requests: regpack.requests.slice(first),
			asked: regpack.requests.slice(first).map(({ body = '' }) => JSON.parse(body).clogin_id),
		};
	}

	return {
		regpack,
		account,
		/** What has happened since, as Regpack delivers it. */
		told,
		/** Whatever has an event happens once. */
		doAll: () => doAll(account, /** @type {any} */ (account.onEvent)),
		triggered,
		close: () => regpack.close(),
	};
}
