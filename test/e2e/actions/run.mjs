import { createHmac, randomUUID } from 'node:crypto';
import { outputOf } from '../../host/executions.mjs';
import { withCredentials } from '../../host/workflow.mjs';
import { SECRET } from '../jofi.mjs';

/**
 * All operations of an action node in one execution of a real n8n: each hangs on the same start, in
 * the order of its case.
 */

const PACKAGE = 'n8n-nodes-talent-events.';
const START = 'By Hand';

/**
 * @typedef {object} Case
 * @property {Record<string, unknown>} [parameters]
 * @property {object[]} [items] input items; default: one that is empty
 * @property {string} [after] the operation whose items are the input
 * @property {object[]} gives the items that come out, at least with these values
 * @property {[request: string, body: unknown][]} [sends] what the provider is asked to write
 */

/**
 * @typedef {object} Site a simulated provider
 * @property {Record<string, Record<string, unknown>>} credentials data by credential type
 * @property {Record<string, Case>} cases by `resource:operation`, in the order in which they run
 * @property {() => [request: string, body: unknown][]} written what it was asked to write
 * @property {() => Promise<void>} close
 */

/**
 * @typedef {object} Provider
 * @property {string} label
 * @property {import('n8n-workflow').INodeType} node
 * @property {{ type: string, path: string, parameters: Record<string, unknown> }} trigger whose
 * workflow the operations of Webhook are in
 * @property {Record<string, unknown>} event what Send Test Event is to send
 * @property {{ credential: Record<string, unknown>, explained: Case }} verified how deliveries are,
 * the secret left out, and what Explain Delivery says of one
 * @property {() => Promise<Site>} open
 */

/**
 * What the node offers, read from its description as the editor reads it.
 *
 * @param {import('n8n-workflow').INodeType} node
 */
export const operationsOf = ({ description: { properties } }) =>
	properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ options = [], displayOptions }) =>
			(displayOptions?.show?.resource ?? []).flatMap((resource) =>
				options.map((option) => `${resource}:${'value' in option ? option.value : ''}`),
			),
		);

const BODY = '{"type":"made.up"}';
const SIGNATURE = createHmac('sha256', SECRET).update(BODY).digest('hex');

/** @type {Provider['verified']} Deliveries that are signed; one of them was captured. */
export const SIGNED = {
	credential: { method: 'hmac', preset: 'github' },
	explained: {
		parameters: {
			deliveryFrom: 'text',
			headersText: `X-Hub-Signature-256: sha256=${SIGNATURE}`,
			bodyText: BODY,
		},
		gives: [{ accepted: true, howToFix: '', settings: null }],
	},
};

/**
 * The operations on deliveries, which all providers have.
 *
 * @param {Provider} provider
 * @returns {Record<string, Case>}
 */
const webhookCases = ({ event, trigger: { path }, verified }) => ({
	'webhook:sendTestEvent': {
		parameters: event,
		gives: [
			{
				...{ accepted: true, status: 200, meaning: expect.stringContaining('Accepted') },
				url: expect.stringMatching(new RegExp(`/webhook/[^/]+/${path}$`)),
			},
		],
	},
	'webhook:getDeliveries': {
		gives: [{ outcome: 'accepted', status: 200, reason: null, events: 1, process: 'main' }],
	},
	'webhook:getHealth': {
		gives: [{ works: true, accepted: 1, refused: 0, refusals: [], trigger: 'Trigger' }],
	},
	'webhook:explainDelivery': verified.explained,
});

/**
 * Starts the simulated provider, and runs every operation once in a workflow that also has the
 * provider's trigger, published.
 *
 * @param {import('../../host/client.mjs').Client} client
 * @param {Provider} provider
 */
export async function runAll(client, provider) {
	const site = await provider.open();
	const { description } = provider.node;
	const types = (description.credentials ?? []).map(({ name }) => name);
	const webhookType = types.find((name) => name.endsWith('WebhookApi')) ?? '';
	const all = {
		...site.credentials,
		[webhookType]: { ...provider.verified.credential, secret: SECRET },
	};
	const created = [];
	for (const [type, data] of Object.entries(all))
		created.push(await client.createCredential({ name: `${provider.label} ${type}`, type, data }));
	const placeholders = (/** @type {string[]} */ names) =>
		Object.fromEntries(names.map((name) => [name, { id: '', name: '' }]));

	const cases = { ...site.cases, ...webhookCases(provider) };
	/** @type {import('../../host/workflow.mjs').WorkflowNode[]} */
	const nodes = [];
	/** @type {Record<string, unknown[]>} */
	const pinData = {};
	/** @type {Record<string, { main: { node: string, type: string, index: number }[][] }>} */
	const connections = {};
	/** @param {string} from @param {Omit<typeof nodes[number], 'id' | 'position'>} node */
	const add = (from, node) => {
		nodes.push({ ...node, id: randomUUID(), position: [0, nodes.length * 160] });
		if (from === '') return;
		connections[from] ??= { main: [[]] };
		connections[from].main[0].push({ node: node.name, type: 'main', index: 0 });
	};
	const plain = (/** @type {string} */ name, /** @type {string} */ type) => ({
		name,
		type: `n8n-nodes-base.${type}`,
		typeVersion: 1,
		parameters: {},
	});

	add('', plain(START, 'manualTrigger'));
	for (const [name, { parameters, items, after = START }] of Object.entries(cases)) {
		const [resource, operation] = name.split(':');
		const input = `Input of ${name}`;
		if (items) {
			add(after, plain(input, 'noOp'));
			pinData[input] = items;
		}
		add(items ? input : after, {
			name,
			type: PACKAGE + description.name,
			typeVersion: 1,
			parameters: { resource, operation, ...parameters },
			credentials: placeholders(types),
		});
	}
	add('', {
		name: 'Trigger',
		type: PACKAGE + provider.trigger.type,
		typeVersion: 2,
		parameters: {
			authentication: 'credential',
			// The test is on loopback.
			settings: { allowNonPublicUrl: true },
			...provider.trigger.parameters,
		},
		webhookId: randomUUID(),
		credentials: placeholders([webhookType]),
	});
	add('Trigger', plain('Nothing', 'noOp'));

	const workflow = await client.createWorkflow(
		withCredentials({ name: `All of ${provider.label}`, nodes, connections, pinData }, created),
	);
	await client.publish(workflow);
	const { executionId = '' } = await client.listen(workflow, START);
	// Another one is that of the test event.
	const isOver = async () =>
		(await client.waitForExecutions(workflow.id, { timeoutMs: 60_000 })).some(
			({ id }) => id === executionId,
		);
	while (!(await isOver()));
	const execution = await client.execution(executionId);
	const { error, lastNodeExecuted } = execution.data.resultData;
	if (execution.status !== 'success')
		throw new Error(`${lastNodeExecuted} failed: ${error?.message} ${error?.description ?? ''}`);
	return {
		cases,
		/** @param {string} name of an operation */
		outputOf: (name) => outputOf(execution, name),
		written: site.written,
		async close() {
			await client.unpublish(workflow);
			await site.close();
		},
	};
}
