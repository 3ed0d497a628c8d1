import { randomUUID } from 'node:crypto';
import { startN8n } from '../host/n8n.mjs';
import { packPackage } from '../host/pack.mjs';
import { createProgress } from '../host/progress.mjs';
import { expectNoSecrets } from '../host/secrets.mjs';
import { PACKED } from './setup.mjs';
import { deliver as deliverSigned, sampleOf } from '../providers/jofi/deliver.mjs';

/** @typedef {import('../host/n8n.mjs').N8n} N8n */
/** @typedef {import('../host/workflow.mjs').WorkflowNode} WorkflowNode */

/**
 * The credential of all these tests: made anew for each run, so that logs can be searched for it.
 */
export const SECRET = `test-${randomUUID()}`;

const TRIGGER = 'n8n-nodes-talent-events.jofiTrigger';

/** Jest shows what is logged when a test fails. */
export const logged = createProgress({ write: (text) => console.log(text.trimEnd()) });

/**
 * A real n8n with the packed package, an owner and the webhook credential. Its end fails when a
 * secret of a credential is anywhere outside the credentials.
 *
 * @param {import('../host/n8n.mjs').StartOptions} [options]
 */
export async function startWithPackage(options) {
	const tarball = process.env[PACKED] ?? (await packPackage(logged));
	const n8n = await startN8n({
		tarball,
		progress: logged,
		showLog: console.log,
		atEnd: expectNoSecrets,
		...options,
	});
	await n8n.client.signIn();
	const credential = await n8n.client.createCredential({
		name: 'JOFI webhook',
		type: 'jofiWebhookApi',
		data: { method: 'hmac', preset: 'github', secret: SECRET },
	});
	return { n8n, credential };
}

/**
 * A workflow of a JOFI Trigger and the nodes after it, in one line.
 *
 * @param {import('../host/workflow.mjs').Credential} credential
 * @param {Record<string, unknown>} parameters of the trigger
 * @param {Pick<WorkflowNode, 'name' | 'type' | 'typeVersion' | 'parameters'>[]} [rest] default: one
 * node that does nothing
 */
export function jofiWorkflow({ id, name }, parameters, rest = [downstream]) {
	const trigger = { name: 'JOFI Trigger', type: TRIGGER, typeVersion: 2, parameters };
	const nodes = [trigger, ...rest].map((node, index) => ({
		...node,
		id: randomUUID(),
		position: /** @type {[number, number]} */ ([index * 220, 0]),
		...(node === trigger && {
			webhookId: randomUUID(),
			credentials: { jofiWebhookApi: { id, name } },
		}),
	}));
	const connections = Object.fromEntries(
		nodes
			.slice(1)
			.map((node, index) => [
				nodes[index].name,
				{ main: [[{ node: node.name, type: 'main', index: 0 }]] },
			]),
	);
	return { name: `JOFI ${randomUUID()}`, nodes, connections };
}

export const downstream = {
	name: 'Downstream',
	type: 'n8n-nodes-base.noOp',
	typeVersion: 1,
	parameters: {},
};

/**
 * A node that calls a server of the test, and fails when that answers an error.
 *
 * @param {string} url
 */
export const callTo = (url) => ({
	name: 'Downstream',
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	parameters: { url },
});

let lastId = 50_000;

/** A test_taker.created that no other test sends. */
export function newEvent() {
	const event = /** @type {any} */ (sampleOf('test_taker.created'));
	event.data.object.id = ++lastId;
	event.id = `evt_${lastId}`;
	return event;
}

/**
 * How often the node after the trigger ran.
 *
 * @param {N8n} n8n
 * @param {string} workflowId
 */
export async function downstreamRuns(n8n, workflowId) {
	let runs = 0;
	for (const { id } of await n8n.client.executions(workflowId)) {
		const { data } = await n8n.client.execution(id);
		if (data.resultData.runData.Downstream) runs++;
	}
	return runs;
}

/**
 * Delivers with the signature of the credential of these tests, unless another secret is given.
 *
 * @param {string} url
 * @param {unknown} event
 * @param {Partial<Parameters<typeof deliverSigned>[2]>} [options]
 */
export const deliver = (url, event, options) =>
	deliverSigned(url, event, { secret: SECRET, ...options });
