import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { outputOf } from '../host/executions.mjs';
import { temporaryFolder } from '../host/temporary.mjs';
import { nodeOf } from '../host/workflow.mjs';
import { startJofi } from '../providers/jofi/server.mjs';
import { downstream, jofiWorkflow, SECRET, startWithPackage } from './jofi.mjs';

/** The webhook is suppressed: its backstop says so, and Get Many Since brings what did not run. */

const CREATED = 'invitation.created';
const MISSED = 'webhook.missed';
const SILENT = 'webhook.silent';
const MINUTE = 60_000;

const folder = temporaryFolder('clock');
const clock = join(folder, 'shift');
let shift = 0;

/** Moves the clocks of n8n and of JOFI on. @param {number} ms */
async function pass(ms) {
	shift += ms;
	writeFileSync(clock, String(shift));
	// n8n reads it several times a second.
	await sleep(200);
}

/** @type {import('./jofi.mjs').N8n} */
let n8n;
/** @type {import('../host/workflow.mjs').Credential} */
let credential;
/** @type {import('../host/workflow.mjs').Credential} */
let key;
/** @type {Awaited<ReturnType<typeof startJofi>>} */
let jofi;

beforeAll(async () => {
	writeFileSync(clock, '0');
	({ n8n, credential } = await startWithPackage({
		editor: false,
		env: {
			NODE_OPTIONS: `--import=${new URL('./shiftedClock.mjs', import.meta.url).href}`,
			TEST_CLOCK: clock,
		},
	}));
});

beforeEach(async () => {
	jofi = await startJofi();
	jofi.account.now = () => Date.now() + shift;
	const data = { apiKey: jofi.keys.live, baseUrl: jofi.base };
	key = await n8n.client.createCredential({ name: 'JOFI key', type: 'jofiApi', data });
});

afterEach(async () => {
	await jofi?.close();
});

afterAll(async () => {
	await n8n?.stop();
	rmSync(folder, { recursive: true, force: true });
});

/**
 * A published workflow with a JOFI Trigger, what is beside it, and Get Many Since, which is started
 * by hand. All lead to the same node.
 *
 * @param {Record<string, unknown>} parameters of the trigger
 * @param {Record<string, unknown>} [polling] parameters of a polling trigger
 */
async function published(parameters, polling) {
	const draft = jofiWorkflow(credential, parameters, [downstream]);
	const jofiApi = { id: key.id, name: key.name };
	const node = (/** @type {string} */ name, /** @type {string} */ type, rest = {}) => ({
		...{ id: randomUUID(), name, type, typeVersion: 1, parameters: {} },
		position: /** @type {[number, number]} */ ([0, 300]),
		...rest,
	});
	const added = [
		node('By Hand', 'n8n-nodes-base.manualTrigger'),
		node('Replay', 'n8n-nodes-talent-events.jofi', {
			credentials: { jofiApi },
			parameters: {
				...{ resource: 'event', operation: 'getManySince' },
				...{ since: '2020-01-01T00:00:00Z', returnAll: true },
			},
		}),
		...(polling
			? [
					node('JOFI Polling Trigger', 'n8n-nodes-talent-events.jofiPollingTrigger', {
						credentials: { jofiApi },
						parameters: { pollTimes: { item: [{ mode: 'everyX', value: 12 }] }, ...polling },
					}),
				]
			: []),
	];
	const to = (/** @type {string} */ name) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
	const workflow = await n8n.client.createWorkflow({
		...draft,
		nodes: [...draft.nodes, ...added],
		connections: {
			...draft.connections,
			...{ 'By Hand': to('Replay'), Replay: to(downstream.name) },
			...(polling && { 'JOFI Polling Trigger': to(downstream.name) }),
		},
	});
	const urls = await n8n.client.publish(workflow);
	jofi.webhooks.configure({
		live: urls['JOFI Trigger'],
		enabled: true,
		verification: { secret: SECRET },
	});
	return workflow;
}

/** Waits until nothing runs any more. @param {{ id: string }} workflow */
async function settled({ id }) {
	const isUnfinished = async () =>
		(await n8n.client.executions(id)).some(({ status }) => ['running', 'new'].includes(status));
	while (await isUnfinished()) await sleep(50);
}

/**
 * All items that reached the node behind, oldest first.
 *
 * @param {{ id: string }} workflow
 * @returns {Promise<Record<string, any>[]>}
 */
async function ran(workflow) {
	await settled(workflow);
	const all = await n8n.client.executions(workflow.id);
	const items = [];
	for (const { id } of all.reverse()) {
		const execution = await n8n.client.execution(id);
		if (execution.data.resultData.runData[downstream.name])
			items.push(...outputOf(execution, downstream.name));
	}
	return items;
}

/** What Get Many Since gives. @param {import('../host/workflow.mjs').Workflow} workflow @param {object} [how] */
async function replay(workflow, how = { triggerToStartFrom: { name: 'By Hand' } }) {
	const { executionId } = await n8n.client.rest('POST', `/workflows/${workflow.id}/run`, how);
	for (;;) {
		const execution = await n8n.client.execution(executionId);
		if (execution.status === 'success') return outputOf(execution, 'Replay');
		if (execution.status === 'error')
			throw new Error(execution.data.resultData.error?.message ?? 'failed');
		await sleep(50);
	}
}

/** @param {Record<string, any>[]} items */
const keysOf = (items) => items.map(({ eventKey }) => eventKey).sort();

const nothing = () => 0;
const once = () => 1;

it('the backstop says in each item that the webhook missed it, reports it, and once that it is silent', async () => {
	const workflow = await published(
		{ events: [CREATED] },
		{
			events: [CREATED, MISSED, SILENT],
			settings: { overdueMinutes: 15, silentHours: 1 },
		},
	);
	jofi.account.invite();
	await jofi.webhooks.flush();
	const [first] = await ran(workflow);
	expect(first).toMatchObject({ source: 'webhook', missedByWebhook: false });

	jofi.webhooks.copies = nothing;
	for (let step = 0; step < 8; step++) {
		jofi.account.invite();
		await pass(20 * MINUTE);
		// n8n polls when a workflow is published.
		await n8n.client.unpublish(workflow);
		await n8n.client.publish(workflow);
		await settled(workflow);
	}
	const items = (await ran(workflow)).slice(1);
	const found = items.filter(({ event }) => event === CREATED);
	expect(found.map(({ source, missedByWebhook }) => [source, missedByWebhook])).toEqual(
		found.map(() => ['polling', true]),
	);
	expect(found).toHaveLength(8);
	const reported = items.filter(({ event }) => event === MISSED);
	expect(keysOf(reported.flatMap(({ details }) => details.events))).toEqual(keysOf(found));
	expect(items.filter(({ event }) => event === SILENT)).toMatchObject([
		{ title: 'Nothing has come from JOFI by webhook for an hour' },
	]);
	expect(items).toHaveLength(17);
});

it('Get Many Since brings exactly what did not run, and a second time nothing', async () => {
	const events = [CREATED, 'invitation.accepted', 'test_taker.created'];
	const workflow = await published({ events });
	let number = 0;
	jofi.webhooks.copies = () => [nothing, once, once, nothing][number++ % 4]();
	for (let count = 0; count < 6; count++) jofi.account.accept(jofi.account.invite().id);
	await jofi.webhooks.flush();
	const delivered = await ran(workflow);
	expect(delivered).toHaveLength(9);

	// A run that ends with the node shows what would run, and leaves it to the next.
	const shown = await replay(workflow, {
		destinationNode: { nodeName: 'Replay', mode: 'inclusive' },
	});
	const replayed = await replay(workflow);
	expect(keysOf(shown)).toEqual(keysOf(replayed));
	const ids = [...Array(6).keys()];
	expect([...keysOf(delivered), ...keysOf(replayed)].sort()).toEqual(
		[
			...ids.map((id) => `jofi:${CREATED}:${31001 + id}`),
			...ids.map((id) => `jofi:invitation.accepted:${31001 + id}`),
			...ids.map((id) => `jofi:test_taker.created:${42001 + id}`),
		].sort(),
	);
	expect(replayed.every(({ source }) => source === 'replay')).toBe(true);
	expect(await replay(workflow)).toEqual([]);
	const all = await ran(workflow);
	expect(all).toHaveLength(18);
	expect(new Set(keysOf(all)).size).toBe(18);
});

it('with Preview no node behind runs, and nothing is recorded', async () => {
	const workflow = await published({ events: [CREATED] });
	jofi.webhooks.copies = nothing;
	jofi.account.invite();
	const { parameters } = nodeOf(workflow, 'Replay');
	Object.assign(parameters, { preview: true });
	Object.assign(workflow, await n8n.client.updateWorkflow(workflow));
	expect(await replay(workflow)).toEqual([]);
	expect(await ran(workflow)).toEqual([]);
	Object.assign(nodeOf(workflow, 'Replay').parameters, { preview: false });
	Object.assign(workflow, await n8n.client.updateWorkflow(workflow));
	expect(await replay(workflow)).toHaveLength(1);
	expect(await ran(workflow)).toHaveLength(1);
});
