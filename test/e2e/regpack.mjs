import { randomUUID } from 'node:crypto';
import { SECRET } from './jofi.mjs';

/** @typedef {import('../host/workflow.mjs').Credential} Credential */

const PACKAGE = 'n8n-nodes-talent-events';

/**
 * A node as a test writes it down: the name is the place in the chain.
 *
 * @typedef {{ name: string, type: string, typeVersion: number, parameters: Record<string, unknown>, onError?: string }} Draft
 */

/**
 * Regpack signs nothing, so the secret is in the URL.
 *
 * @param {import('../host/client.mjs').Client} client
 * @returns {Promise<Credential>}
 */
export const secretInQuery = (client) =>
	client.createCredential({
		name: 'Regpack webhook',
		type: 'regpackWebhookApi',
		data: { method: 'query', queryName: 'token', secret: SECRET },
	});

/** A production URL as it is entered in Regpack. @param {string} url */
export const entered = (url) => `${url}?token=${SECRET}`;

/** @param {Record<string, unknown>} parameters @param {string} [name] @returns {Draft} */
export const trigger = (parameters, name = 'Regpack Trigger') => ({
	name,
	type: `${PACKAGE}.regpackTrigger`,
	typeVersion: 2,
	parameters,
});

/** @param {Record<string, unknown>} parameters @returns {Draft} */
export const formReply = (parameters) => ({
	name: 'Regpack',
	type: `${PACKAGE}.regpack`,
	typeVersion: 1,
	parameters: { resource: 'form', operation: 'reply', ...parameters },
});

/** A node that fails. @type {Draft} */
export const failing = {
	name: 'Fails',
	type: 'n8n-nodes-base.stopAndError',
	typeVersion: 1,
	parameters: { errorMessage: 'Broken on purpose' },
};

/** @type {Draft} */
export const idle = {
	name: 'Nothing',
	type: 'n8n-nodes-base.noOp',
	typeVersion: 1,
	parameters: {},
};

/** @param {number} amount of seconds @returns {Draft} */
export const waiting = (amount) => ({
	name: 'Wait',
	type: 'n8n-nodes-base.wait',
	typeVersion: 1.1,
	parameters: { amount, unit: 'seconds' },
});

/**
 * Chains of nodes, each begun by a trigger.
 *
 * @param {Credential | undefined} credential of the triggers, if they need one
 * @param {Draft[][]} chains
 */
export function workflowOf(credential, chains) {
	const nodes = chains.flatMap((chain, row) =>
		chain.map((draft, column) => ({
			...draft,
			id: randomUUID(),
			position: /** @type {[number, number]} */ ([column * 220, row * 160]),
			...(column === 0 && {
				webhookId: randomUUID(),
				...(credential && {
					credentials: { [credential.type]: { id: credential.id, name: credential.name } },
				}),
			}),
		})),
	);
	const connections = Object.fromEntries(
		chains.flatMap((chain) =>
			chain
				.slice(1)
				.map((draft, index) => [
					chain[index].name,
					{ main: [[{ node: draft.name, type: 'main', index: 0 }]] },
				]),
		),
	);
	return { name: `Regpack ${randomUUID()}`, nodes, connections };
}
