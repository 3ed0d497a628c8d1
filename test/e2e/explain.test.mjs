import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { outputOf } from '../host/executions.mjs';
import { credentialFrom } from '../providers/vendors/settings.mjs';
import { jofiWorkflow, newEvent, SECRET, startWithPackage } from './jofi.mjs';

/** @type {import('./jofi.mjs').N8n} */
let n8n;

beforeAll(async () => {
	({ n8n } = await startWithPackage({ editor: false }));
});

afterAll(async () => {
	await n8n?.stop();
});

/** @param {Record<string, unknown>} data */
const createCredential = (data) =>
	n8n.client.createCredential({
		name: 'Own',
		type: 'jofiWebhookApi',
		data: { secret: SECRET, ...data },
	});

/**
 * Delivers as a sender does whose format nobody has documented.
 *
 * @param {string | undefined} url
 * @param {unknown} event
 * @param {string} [secret]
 */
async function deliver(url, event, secret = SECRET) {
	const body = JSON.stringify(event);
	const time = String(Math.round(Date.now() / 1000));
	const signature = createHmac('sha512', secret).update(`${time}|${body}`).digest('base64');
	const response = await fetch(String(url), {
		method: 'POST',
		headers: {
			'content-type': 'application/json',
			'x-jofi-time': time,
			'x-jofi-signature': `v1=${signature}`,
		},
		body,
	});
	return { status: response.status, body: await response.json() };
}

/** What a test run ended with. @param {string} workflowId */
async function ended(workflowId) {
	const [{ id }] = await n8n.client.waitForExecutions(workflowId);
	return await n8n.client.execution(id);
}

describe('a delivery that a test run does not accept', () => {
	it('ends it with how it was signed, and with those settings the next is accepted', async () => {
		const first = await createCredential({ method: 'hmac' });
		const workflow = await n8n.client.createWorkflow(
			jofiWorkflow(first, { events: ['*'], whenTesting: 'delivery' }),
		);
		const { url } = await n8n.client.listen(workflow, 'JOFI Trigger', { isStep: true });
		expect(await deliver(url, newEvent())).toEqual({
			status: 401,
			body: { message: 'This webhook is not set up to verify deliveries, so it accepts none.' },
		});
		const run = await ended(workflow.id);
		expect([run.status, run.mode]).toEqual(['success', 'manual']);
		const [item] = outputOf(run, 'JOFI Trigger');
		expect(item).toEqual({
			accepted: false,
			reason: expect.stringMatching(
				/^JOFI signs the timestamp, "\|" and the body with HMAC-SHA-512, in Base64, in X-Jofi-Signature, and the secret is right\./,
			),
			howToFix: expect.stringContaining('Signature Style to I Have Technical Details'),
			settings: expect.objectContaining({ 'Signed Content': '{timestamp}|{body}' }),
		});
		const { runData } = run.data.resultData;
		expect(runData.Downstream).toBeUndefined();
		expect(/** @type {any} */ (runData['JOFI Trigger'][0]).hints).toHaveLength(1);

		const second = await createCredential(credentialFrom(item.settings));
		const next = await n8n.client.createWorkflow(
			jofiWorkflow(second, { events: ['*'], whenTesting: 'delivery' }),
		);
		const listening = await n8n.client.listen(next, 'JOFI Trigger');
		expect((await deliver(listening.url, newEvent())).status).toBe(200);
		const [event] = outputOf(await ended(next.id), 'Downstream');
		expect(event).toMatchObject({ event: 'test_taker.created', provider: 'jofi' });
	});

	it('starts no node after the trigger, and the trigger says why', async () => {
		const credential = await createCredential({ method: 'hmac', preset: 'github' });
		const workflow = await n8n.client.createWorkflow(
			jofiWorkflow(credential, { events: ['*'], whenTesting: 'delivery' }),
		);
		const { url } = await n8n.client.listen(workflow, 'JOFI Trigger');
		expect((await deliver(url, newEvent(), 'not-the-secret-that-was-agreed')).status).toBe(401);
		const { status, data } = await ended(workflow.id);
		expect(status).toBe('error');
		expect(data.resultData.error?.message).toMatch(
			/^JOFI sent an event, but the secret does not match\./,
		);
		expect(data.resultData.error?.description).toMatch(
			/^Open the credential and paste the secret again\./,
		);
		expect(Object.keys(data.resultData.runData)).toEqual(['JOFI Trigger']);
		// n8n listens no longer, as after any delivery.
		expect((await deliver(url, newEvent())).status).toBe(404);
	});

	it('makes no execution once the workflow is published', async () => {
		const credential = await createCredential({ method: 'hmac', preset: 'github' });
		const workflow = await n8n.client.createWorkflow(
			jofiWorkflow(credential, { events: ['*'], whenTesting: 'delivery' }),
		);
		const { 'JOFI Trigger': url } = await n8n.client.publish(workflow);
		expect((await deliver(url, newEvent())).status).toBe(401);
		await sleep(300);
		expect(await n8n.client.executions(workflow.id)).toEqual([]);
	});

	it('that is only not selected is answered 200, and says so', async () => {
		const credential = await createCredential({
			...{ method: 'hmac', preset: 'custom', signatureHeader: 'X-Jofi-Signature' },
			...{ algorithm: 'sha512', encoding: 'base64', prefix: 'v1=' },
			...{ signed: '{timestamp}|{body}', timestampHeader: 'X-Jofi-Time' },
		});
		const workflow = await n8n.client.createWorkflow(
			jofiWorkflow(credential, { events: ['invitation.created'], whenTesting: 'delivery' }),
		);
		const { url } = await n8n.client.listen(workflow, 'JOFI Trigger', { isStep: true });
		expect(await deliver(url, newEvent())).toEqual({
			status: 200,
			body: { message: 'Not listened to.' },
		});
		const [item] = outputOf(await ended(workflow.id), 'JOFI Trigger');
		expect(item.reason).toBe(
			'JOFI sent Test Taker Created (test_taker.created), which is not selected in Trigger On.',
		);
	});
});

it('a delivery of n8n’s Webhook node is explained by the node of the provider', async () => {
	const credential = await createCredential({ method: 'hmac' });
	const webhook = {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2.1,
		parameters: { httpMethod: 'POST', path: 'captured', options: { rawBody: true } },
	};
	const explain = {
		name: 'Explain',
		type: 'n8n-nodes-talent-events.jofi',
		typeVersion: 1,
		parameters: { resource: 'webhook', operation: 'explainDelivery' },
	};
	const draft = jofiWorkflow(credential, {}, [explain]);
	const [trigger, node] = draft.nodes;
	const workflow = await n8n.client.createWorkflow({
		name: 'Captured',
		nodes: [
			{ ...trigger, ...webhook, credentials: {} },
			{ ...node, credentials: trigger.credentials },
		],
		connections: { Webhook: { main: [[{ node: 'Explain', type: 'main', index: 0 }]] } },
	});
	const { url } = await n8n.client.listen(workflow, 'Webhook');
	await deliver(url, newEvent());
	const [item] = outputOf(await ended(workflow.id), 'Explain');
	expect(item).toMatchObject({
		accepted: false,
		settings: {
			Algorithm: 'SHA-512',
			'Signature Prefix': 'v1=',
			'Signed Content': '{timestamp}|{body}',
		},
	});
});
