import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { nodeOf } from '../host/workflow.mjs';
import { callTo, deliver, jofiWorkflow, newEvent } from './jofi.mjs';
import { openStage } from './stage.mjs';

const all = /./;
const none = /^$/;

const NAME = 'retry-crashed-executions';
const EXAMPLE = new URL(`../../examples/${NAME}.json`, import.meta.url);

/** What the example may do, and nothing else. */
const SCOPES = ['execution:list', 'execution:retry'];

/** @type {import('./stage.mjs').Stage} */
let stage;
/** @type {import('../host/workflow.mjs').Credential} */
let credential;
/** @type {Awaited<ReturnType<typeof openCollector>>} */
let collector;
/** @type {{ id: string }[]} */
const published = [];

/** A server outside n8n, at which the effects of workflows arrive; it does not answer what it holds. */
async function openCollector() {
	/** @type {string[]} */
	const arrived = [];
	const handle = { arrived, held: none, status: 200, url: '', close: () => server.close() };
	const server = createServer(({ url = '' }, response) => {
		arrived.push(url);
		if (!handle.held.test(url))
			response.writeHead(handle.status, { 'content-type': 'application/json' }).end('{}');
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
	const address = /** @type {import('node:net').AddressInfo} */ (server.address());
	handle.url = `http://127.0.0.1:${address.port}`;
	return handle;
}

beforeAll(async () => {
	stage = await openStage({ editor: false });
	const { client, base } = stage.n8n;
	const { rawApiKey } = await client.rest('POST', '/api-keys', {
		label: 'Retry crashed executions',
		scopes: SCOPES,
		expiresAt: null,
	});
	credential = await client.createCredential({
		name: 'n8n API key',
		type: 'n8nApi',
		data: { apiKey: rawApiKey, baseUrl: `${base}/api/v1` },
	});
});

beforeEach(async () => {
	collector = await openCollector();
});

afterEach(async () => {
	await stage.clear();
	// Another copy of the example would take a crashed run of this one for any workflow's.
	for (const example of published.splice(0)) await stage.n8n.client.deleteWorkflow(example);
	collector.close();
});

afterAll(async () => {
	await stage?.close();
});

/**
 * The example as its user publishes it, only that it asks every two seconds, for pages of one.
 *
 * @param {Record<string, unknown>} [settings] other than the example's
 */
async function publishedExample(settings = {}) {
	const values = { n8n: stage.n8n.base, hours: 24, mostPerRun: 20, mostAttempts: 3, leaveOut: '' };
	const assignments = Object.entries({ ...values, ...settings }).map(([key, value]) => ({
		id: key,
		name: key,
		type: typeof value,
		value,
	}));
	const list = nodeOf(JSON.parse(readFileSync(EXAMPLE, 'utf8')), 'Crashed Executions');
	const queryParameters = JSON.parse(
		JSON.stringify(list.parameters.queryParameters).replace('"250"', '"1"'),
	);
	const workflow = await stage.example(NAME, [credential], {
		'Crashed Executions': { queryParameters },
		'Every 5 Minutes': { rule: { interval: [{ field: 'seconds', secondsInterval: 2 }] } },
		Settings: { assignments: { assignments } },
	});
	published.push(workflow);
	await stage.n8n.client.publish(workflow);
	return workflow;
}

/**
 * A workflow of a JOFI Trigger and a call to the collector.
 *
 * @param {Record<string, unknown>} [settings] of the workflow
 */
async function publishedJofi(settings) {
	const { client } = stage.n8n;
	const [trigger] = (await client.rest('GET', '/credentials')).filter(
		(/** @type {{ type: string }} */ { type }) => type === 'talentEventsWebhookApi',
	);
	const draft = jofiWorkflow(trigger, { events: ['*'] }, [callTo(`${collector.url}/jofi`)]);
	const workflow = await client.createWorkflow({ ...draft, settings });
	const { 'JOFI Trigger': url } = await client.publish(workflow);
	return { workflow, id: workflow.id, send: () => deliver(url, newEvent()) };
}

/** A workflow that has nothing of this package. */
async function publishedOther() {
	const { client } = stage.n8n;
	const webhook = {
		id: 'b7a7e0a0-6a3f-4f0c-9d1d-0a3f3f1f5b01',
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		position: /** @type {[number, number]} */ ([0, 0]),
		parameters: { httpMethod: 'POST', path: 'other' },
		webhookId: 'b7a7e0a0-6a3f-4f0c-9d1d-0a3f3f1f5b02',
	};
	const call = {
		...callTo(`${collector.url}/other`),
		id: 'b7a7e0a0-6a3f-4f0c-9d1d-0a3f3f1f5b03',
		position: /** @type {[number, number]} */ ([220, 0]),
	};
	const workflow = await client.createWorkflow({
		name: 'Not of this package',
		nodes: [webhook, call],
		connections: { Webhook: { main: [[{ node: call.name, type: 'main', index: 0 }]] } },
	});
	const { Webhook: url } = await client.publish(workflow);
	return { workflow, id: workflow.id, send: () => fetch(url, { method: 'POST' }) };
}

/** @param {number} count */
async function untilArrived(count) {
	while (collector.arrived.length < count) await sleep(50);
}

/** A power cut while the runs wait for the collector, which answers afterward. */
async function powerCut() {
	await stage.n8n.kill();
	collector.held = none;
	await stage.n8n.restart();
	await stage.n8n.client.signIn();
}

/**
 * Waits until the example has run so many times more.
 *
 * @param {{ id: string }} example
 * @param {number} rounds
 */
async function rounds({ id }, rounds) {
	const latest = async () => Number((await stage.n8n.client.executions(id, 1))[0]?.id ?? 0);
	for (let round = 0, last = await latest(); round < rounds; ) {
		await sleep(100);
		const next = await latest();
		if (next > last) round++;
		last = next;
	}
}

/** @param {{ id: string }} workflow */
const modes = async ({ id }) =>
	(await stage.n8n.client.executions(id)).map(({ mode, status }) => `${mode} ${status}`).sort();

describe('the example that retries crashed executions', () => {
	it('brings back every run that a kill -9 ended, of any workflow, exactly once', async () => {
		const jofi = await publishedJofi();
		const other = await publishedOther();
		const example = await publishedExample();
		collector.held = all;
		await Promise.all([jofi.send(), jofi.send(), other.send()]);
		await untilArrived(3);
		await powerCut();
		await untilArrived(6);
		await rounds(example, 4);

		expect(collector.arrived.slice(3).sort()).toEqual(['/jofi', '/jofi', '/other']);
		expect(await modes(jofi)).toEqual([
			'retry success',
			'retry success',
			'webhook crashed',
			'webhook crashed',
		]);
		expect(await modes(other)).toEqual(['retry success', 'webhook crashed']);
	});

	it('brings back a run whose retry a second kill -9 ended, and not what it repeated', async () => {
		const jofi = await publishedJofi();
		const example = await publishedExample();
		collector.held = all;
		await jofi.send();
		await untilArrived(1);
		await stage.n8n.kill();
		await stage.n8n.restart();
		await stage.n8n.client.signIn();
		await untilArrived(2);
		await powerCut();
		await untilArrived(3);
		await rounds(example, 4);

		expect(await modes(jofi)).toEqual(['retry crashed', 'retry success', 'webhook crashed']);
	});

	it.each([
		['what has crashed as often as the setting says', () => ({ mostAttempts: 1 })],
		[
			'the workflows that the setting names',
			(/** @type {string} */ id) => ({ leaveOut: `none, ${id}` }),
		],
	])('leaves alone %s', async (_, settingOf) => {
		const jofi = await publishedJofi();
		const example = await publishedExample(settingOf(jofi.id));
		collector.held = all;
		await jofi.send();
		await untilArrived(1);
		await powerCut();
		await rounds(example, 3);
		expect(await modes(jofi)).toEqual(['webhook crashed']);
	});

	it('retries once where n8n does not save successful runs', async () => {
		const jofi = await publishedJofi({ saveDataSuccessExecution: 'none' });
		const example = await publishedExample();
		collector.held = all;
		await jofi.send();
		await untilArrived(1);
		await powerCut();
		await untilArrived(2);
		await rounds(example, 4);
		expect(collector.arrived).toHaveLength(2);
		expect(await modes(jofi)).toEqual(['webhook crashed']);
	});

	it('retries once where the retry fails', async () => {
		const jofi = await publishedJofi();
		const example = await publishedExample();
		collector.held = all;
		await jofi.send();
		await untilArrived(1);
		collector.status = 500;
		await powerCut();
		await untilArrived(2);
		await rounds(example, 4);
		expect(collector.arrived).toHaveLength(2);
		expect(await modes(jofi)).toEqual(['retry error', 'webhook crashed']);
	});

	it('cannot bring back what n8n does not keep: failed runs that are not saved', async () => {
		const jofi = await publishedJofi({ saveDataErrorExecution: 'none' });
		const example = await publishedExample();
		collector.held = all;
		await jofi.send();
		await untilArrived(1);
		await powerCut();
		await rounds(example, 3);
		expect(collector.arrived).toHaveLength(1);
		expect(await modes(jofi)).toEqual([]);
	});

	it('begins at the node that was running where n8n saves the progress', async () => {
		const { client } = stage.n8n;
		const jofi = await publishedJofi({ saveExecutionProgress: true });
		const nodes = [callTo(`${collector.url}/before`), callTo(`${collector.url}/after`)];
		const [first, last] = nodes.map((node, index) => ({
			...node,
			name: `Call ${index}`,
			id: `b7a7e0a0-6a3f-4f0c-9d1d-0a3f3f1f5c0${index}`,
			position: /** @type {[number, number]} */ ([index * 220, 0]),
		}));
		const { workflow } = jofi;
		const [trigger] = workflow.nodes;
		const to = (/** @type {string} */ node) => ({ main: [[{ node, type: 'main', index: 0 }]] });
		await client.publish(
			await client.updateWorkflow({
				...workflow,
				nodes: [trigger, first, last],
				connections: { [trigger.name]: to(first.name), [first.name]: to(last.name) },
			}),
		);
		const example = await publishedExample();
		collector.held = /after/;
		await jofi.send();
		await untilArrived(2);
		await powerCut();
		await untilArrived(3);
		await rounds(example, 3);
		expect(collector.arrived).toEqual(['/before', '/after', '/after']);
	});
});
