import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { outputOf } from '../host/executions.mjs';
import { nodeOf } from '../host/workflow.mjs';
import { deliver, downstream, jofiWorkflow, newEvent, startWithPackage } from './jofi.mjs';

/** A provider changes its secret, and the trigger says so. */

/** How long the flood may take on a busy machine, in milliseconds. */
const PATIENCE_MS = 400_000;

/** @type {import('./jofi.mjs').N8n} */
let n8n;
/** @type {import('../host/workflow.mjs').Credential} */
let credential;
/** @type {import('../host/workflow.mjs').Credential} */
let wrong;

beforeAll(async () => {
	({ n8n, credential } = await startWithPackage({
		editor: false,
		env: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' },
	}));
	wrong = await n8n.client.createCredential({
		name: 'JOFI webhook, before',
		type: 'jofiWebhookApi',
		data: { method: 'hmac', preset: 'github', secret: `test-${randomUUID()}` },
	});
});

afterAll(async () => {
	await n8n?.stop();
});

/**
 * A published workflow with a node that asks about its trigger, which is run by hand.
 *
 * @param {Record<string, unknown>} parameters of the trigger
 */
async function published(parameters) {
	const draft = jofiWorkflow(credential, parameters, [downstream]);
	const start = {
		id: randomUUID(),
		name: 'By Hand',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: /** @type {[number, number]} */ ([0, 300]),
		parameters: {},
	};
	const ask = {
		...start,
		id: randomUUID(),
		name: 'Ask',
		type: 'n8n-nodes-talent-events.jofi',
		position: /** @type {[number, number]} */ ([220, 300]),
		parameters: { resource: 'webhook', operation: 'getHealth' },
	};
	const workflow = await n8n.client.createWorkflow({
		...draft,
		nodes: [...draft.nodes, start, ask],
		connections: {
			...draft.connections,
			[start.name]: { main: [[{ node: ask.name, type: 'main', index: 0 }]] },
		},
	});
	const urls = await n8n.client.publish(workflow);
	return { workflow, id: workflow.id, url: urls['JOFI Trigger'] };
}

/**
 * What the node gives when it is run by hand.
 *
 * @param {import('../host/workflow.mjs').Workflow} workflow
 * @param {Record<string, unknown>} parameters
 * @param {import('../host/workflow.mjs').Credential} [own] of the node
 */
async function ask(workflow, parameters, own) {
	const node = nodeOf(workflow, 'Ask');
	Object.assign(node, {
		parameters: { resource: 'webhook', ...parameters },
		credentials: own && { jofiWebhookApi: { id: own.id, name: own.name } },
	});
	// Only a draft that is saved runs; what is published stays as it was.
	Object.assign(workflow, await n8n.client.updateWorkflow(workflow));
	const { executionId = '' } = await n8n.client.listen(workflow, 'By Hand');
	for (;;) {
		const execution = await n8n.client.execution(executionId);
		if (['success', 'error'].includes(execution.status)) return outputOf(execution, 'Ask');
		await sleep(50);
	}
}

/** Executions that deliveries have started. @param {string} id */
const delivered = async (id) =>
	(await n8n.client.executions(id)).filter(({ mode }) => mode === 'webhook');

describe.each([
	['onReceived', 2000],
	['lastNode', 100],
])('after the secret was changed, with %s', (responseMode, flood) => {
	it(
		'the first refused delivery starts the workflow, and a flood no further one',
		async () => {
			const { workflow, id, url } = await published({
				events: ['*', 'delivery.refused'],
				settings: { responseMode },
			});
			expect((await deliver(url, newEvent())).status).toBe(200);
			await n8n.client.waitForExecutions(id, { count: 1, status: 'success' });

			const rotated = { secret: `test-${randomUUID()}` };
			const refused = await deliver(url, newEvent(), rotated);
			expect(refused).toEqual({
				status: 401,
				text: '{"message":"The signature does not match."}',
			});
			const [{ id: executionId }] = await n8n.client.waitForExecutions(id, {
				count: 2,
				status: 'success',
			});
			expect(outputOf(await n8n.client.execution(executionId), 'Downstream')).toEqual([
				expect.objectContaining({
					title: '1 JOFI delivery was refused: the signature does not match',
					source: 'webhook',
					event: 'delivery.refused',
					person: expect.objectContaining({ name: null }),
					details: expect.objectContaining({
						reason: 'The signature does not match.',
						status: 401,
						count: 1,
						addresses: [{ address: expect.stringContaining('127.0.0.1'), count: 1 }],
					}),
				}),
			]);

			const statuses = new Set();
			for (let sent = 0; sent < flood; sent += 20) {
				const answers = await Promise.all(
					Array.from({ length: 20 }, () => deliver(url, newEvent(), rotated)),
				);
				for (const { status } of answers) statuses.add(status);
			}
			expect([...statuses]).toEqual([401]);
			expect(await delivered(id)).toHaveLength(2);
			expect((await deliver(url, newEvent())).status).toBe(200);
			await n8n.client.waitForExecutions(id, { count: 3, status: 'success' });

			await deliver(url, newEvent(), rotated);
			const [health] = await ask(workflow, { operation: 'getHealth' });
			expect(health).toMatchObject({
				works: false,
				accepted: 2,
				refused: flood + 2,
				refusals: [{ reason: 'The signature does not match.', status: 401, count: flood + 2 }],
				process: 'main',
				trigger: 'JOFI Trigger',
			});
			expect(health.summary).toContain('was the secret changed?');
			const listed = await ask(workflow, { operation: 'getDeliveries', returnAll: true });
			expect(listed).toHaveLength(Math.min(200, flood + 4));
			expect(listed[0]).toMatchObject({ outcome: 'refused', status: 401, events: 0 });
			expect(listed[1]).toMatchObject({ outcome: 'accepted', event: 'test_taker.created' });
			expect(await delivered(id)).toHaveLength(3);
		},
		PATIENCE_MS,
	);
});

it('Send Test Event comes back accepted from the published workflow, which runs', async () => {
	const { workflow, id, url } = await published({ events: ['invitation.created'] });
	const given = { operation: 'sendTestEvent', event: 'invitation.created' };
	const [item] = await ask(workflow, given, credential);
	expect(item).toMatchObject({ accepted: true, status: 200, event: 'invitation.created' });
	// n8n calls itself localhost here.
	expect(new URL(item.url).pathname).toBe(new URL(url).pathname);
	await n8n.client.waitForExecutions(id, { count: 2, status: 'success' });
	const [{ id: executionId }] = await delivered(id);
	expect(outputOf(await n8n.client.execution(executionId), 'Downstream')).toEqual([
		expect.objectContaining({ source: 'testEvent', event: 'invitation.created' }),
	]);

	const [other] = await ask(workflow, { ...given, event: 'test_taker.created' }, credential);
	expect(other).toMatchObject({
		accepted: false,
		status: 200,
		meaning: expect.stringContaining('select it in Trigger On'),
	});
	const [byUrl] = await ask(
		workflow,
		{ ...given, triggerFrom: 'url', productionUrl: item.url },
		credential,
	);
	expect(byUrl).toMatchObject({ accepted: true });
});

it('Send Test Event with another credential says 401 and what to do, and starts nothing', async () => {
	const { workflow, id } = await published({ events: ['*'] });
	const given = { operation: 'sendTestEvent', event: 'invitation.created' };
	expect(await ask(workflow, given, wrong)).toEqual([
		expect.objectContaining({
			accepted: false,
			status: 401,
			meaning: expect.stringContaining('choose the same in both'),
		}),
	]);
	expect((await ask(workflow, given))[0]).toMatchObject({
		status: 401,
		meaning: expect.stringContaining('choose its credential in this node'),
	});
	expect(await delivered(id)).toEqual([]);
	await n8n.client.unpublish(workflow);
	expect((await ask(workflow, given, credential))[0]).toMatchObject({
		accepted: false,
		status: 404,
		meaning: expect.stringContaining('publish the workflow'),
	});
});

it('a secret in a header is not sent by Send Test Event, and what it proves is accepted', async () => {
	const header = await n8n.client.createCredential({
		name: 'A header',
		type: 'jofiWebhookApi',
		data: { method: 'header', headerName: 'X-Webhook-Secret', secret: `test-${randomUUID()}` },
	});
	const draft = await published({ events: ['*'] });
	const node = nodeOf(draft.workflow, 'JOFI Trigger');
	node.credentials = { jofiWebhookApi: { id: header.id, name: header.name } };
	const workflow = await n8n.client.createWorkflow({
		...draft.workflow,
		nodes: draft.workflow.nodes.map((each) =>
			each === node ? { ...each, id: randomUUID(), webhookId: randomUUID() } : each,
		),
	});
	await n8n.client.publish(workflow);
	const given = { operation: 'sendTestEvent', event: 'invitation.created' };
	expect((await ask(workflow, given, header))[0]).toMatchObject({ accepted: true, status: 200 });
	expect((await ask(workflow, given, credential))[0]).toMatchObject({
		accepted: false,
		status: 401,
	});
});
