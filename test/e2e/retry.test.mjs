import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { installHost } from '../host/install.mjs';
import { isServed } from '../host/publish.mjs';
import { nodeOf, withCredentials } from '../host/workflow.mjs';
import { callTo, deliver, jofiWorkflow, newEvent, startWithPackage } from './jofi.mjs';

/** @typedef {import('../host/workflow.mjs').Workflow} Workflow */
/** @typedef {import('../host/workflow.mjs').WorkflowDraft} WorkflowDraft */
/** @typedef {import('../host/workflow.mjs').Credential} Credential */
/** @typedef {{ workflow: Workflow, send: () => Promise<unknown> }} Watched */

const EXAMPLE = new URL('../../examples/retry-crashed-executions.json', import.meta.url);

/** What the example may do, and nothing else. */
const SCOPES = ['execution:list', 'execution:retry', 'workflow:read'];

const SCHEDULE = 'Every 5 Minutes';

/** How often the schedule of the copy that has one starts it. */
const SCHEDULE_SECONDS = 5;

/** @type {import('../host/n8n.mjs').N8n} */
let n8n;
/** @type {Awaited<ReturnType<typeof openCollector>>} */
let collector;
/** @type {Awaited<ReturnType<typeof openGate>>} */
let gate;

/** @param {import('node:http').Server} server */
async function addressOf(server) {
	await once(server.listen(0, '127.0.0.1'), 'listening');
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	return `http://127.0.0.1:${port}`;
}

/** Waits for what must come; the test's own time ends it. @param {() => unknown} isSo */
async function until(isSo) {
	while (!(await isSo())) await sleep(50);
}

/** A server outside n8n, at which the effects of workflows arrive, each under a name. */
async function openCollector() {
	/** @type {string[]} */
	const arrived = [];
	/** @type {{ name: string, answer: () => void }[]} */
	let waiting = [];
	const server = createServer(({ url = '' }, response) => {
		const name = url.slice(1);
		const status = collected.failing.has(name) ? 500 : 200;
		const answer = () =>
			void response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
		arrived.push(name);
		if (collected.held.has(name)) waiting.push({ name, answer });
		else answer();
	});
	const countOf = (/** @type {string} */ name) => arrived.filter((each) => each === name).length;
	const collected = {
		url: await addressOf(server),
		/** In the order of their arrival. */
		arrived,
		countOf,
		/** Those that are not answered, as if they took long. @type {Set<string>} */
		held: new Set(),
		/** Those that are answered an error. @type {Set<string>} */
		failing: new Set(),
		/** @param {string} name */
		release(name) {
			collected.held.delete(name);
			for (const each of waiting) if (each.name === name) each.answer();
			waiting = waiting.filter((each) => each.name !== name);
		},
		/** @param {string} name @param {number} count */
		untilArrived: (name, count) => until(() => countOf(name) >= count),
		close() {
			server.closeAllConnections();
			server.close();
		},
	};
	return collected;
}

/** Stands before n8n's API, and can delay the answer to the example's question for its own runs. */
async function openGate() {
	/** @type {(() => void)[]} */
	let waiting = [];
	let isShut = false;
	const server = createServer(async (asked, answered) => {
		const { method, headers, url = '' } = asked;
		if (isShut && url.includes('status=running'))
			await new Promise((resolve) => waiting.push(() => resolve(undefined)));
		const passed = request(`${n8n.base}${url}`, { method, headers }, (answer) => {
			answered.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(answered);
		});
		// n8n was killed.
		passed.on('error', () => answered.destroy());
		asked.pipe(passed);
	});
	return {
		url: await addressOf(server),
		shut() {
			isShut = true;
		},
		open() {
			isShut = false;
			for (const pass of waiting) pass();
			waiting = [];
		},
		untilAsked: () => until(() => waiting.length > 0),
		close() {
			server.closeAllConnections();
			server.close();
		},
	};
}

/**
 * A workflow of a JOFI Trigger and calls to the collector, one after another.
 *
 * @param {Credential} credential of the trigger
 * @param {string[]} names of the calls
 * @param {Record<string, unknown>} [settings] of the workflow
 * @returns {Promise<Watched>}
 */
async function publishedJofi(credential, names, settings) {
	const calls = names.map((name) => ({ ...callTo(`${collector.url}/${name}`), name }));
	const draft = jofiWorkflow(credential, { events: ['*'] }, calls);
	const workflow = await n8n.client.createWorkflow({ ...draft, settings });
	const { 'JOFI Trigger': url } = await n8n.client.publish(workflow);
	return {
		workflow,
		async send() {
			const event = newEvent();
			await untilAccepted(() => deliver(url, event));
		},
	};
}

/**
 * Repeats a delivery as a sender does: n8n answers 503 while its database does not answer it in time.
 *
 * @param {() => Promise<{ status: number }>} send
 */
async function untilAccepted(send) {
	while ((await send()).status !== 200) await sleep(200);
}

/**
 * A trigger that starts a run at a POST.
 *
 * @param {string} name
 * @param {Record<string, unknown>} [parameters]
 */
const webhook = (name, parameters) => ({
	id: randomUUID(),
	name,
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2,
	position: /** @type {[number, number]} */ ([0, 0]),
	parameters: { httpMethod: 'POST', path: randomUUID(), ...parameters },
	webhookId: randomUUID(),
});

/**
 * A workflow that has nothing of this package.
 *
 * @param {string} name of its call to the collector
 * @returns {Promise<Watched>}
 */
async function publishedOther(name) {
	const call = { ...callTo(`${collector.url}/${name}`), id: randomUUID() };
	const workflow = await n8n.client.createWorkflow({
		name: 'Not of this package',
		nodes: [webhook('Webhook'), { ...call, position: [220, 0] }],
		connections: { Webhook: { main: [[{ node: call.name, type: 'main', index: 0 }]] } },
	});
	const { Webhook: url } = await n8n.client.publish(workflow);
	return { workflow, send: () => untilAccepted(() => fetch(url, { method: 'POST' })) };
}

/**
 * The example as its user imports it, only that it asks for pages of two.
 *
 * @param {Credential} credential
 * @param {import('../host/workflow.mjs').WorkflowNode} [start] in place of its schedule
 */
async function importedExample(credential, start) {
	/** @type {WorkflowDraft} */
	const example = withCredentials(JSON.parse(readFileSync(EXAMPLE, 'utf8')), [credential]);
	const list = nodeOf(example, 'Crashed Executions');
	list.parameters = JSON.parse(JSON.stringify(list.parameters).replace('"250"', '"2"'));
	nodeOf(example, SCHEDULE).parameters = {
		rule: { interval: [{ field: 'seconds', secondsInterval: SCHEDULE_SECONDS }] },
	};
	const nodes = example.nodes.map((node) => (start && node.name === SCHEDULE ? start : node));
	return n8n.client.createWorkflow({ ...example, nodes });
}

/**
 * @param {Workflow} example
 * @param {Record<string, unknown>} settings other than the example's
 */
async function publishedWith(example, settings) {
	/** @type {any} */
	const { assignments } = nodeOf(example, 'Settings').parameters;
	for (const each of assignments.assignments) each.value = settings[each.name] ?? each.value;
	return n8n.client.publish(await n8n.client.updateWorkflow(example));
}

/**
 * One run of the example, to its end.
 *
 * @param {string} url
 */
async function run(url) {
	const response = await fetch(url, { method: 'POST' });
	if (!response.ok) throw new Error(`The example failed: ${await response.text()}`);
}

/**
 * The executions of a workflow as n8n finds them that it had stored and not begun (measured on
 * 2.41.1: one in some 300 of those that a kill ended).
 *
 * @param {Watched} watched
 */
async function unbegin({ workflow: { id } }) {
	const { node } = await installHost();
	const database = join(n8n.userFolder, '.n8n', 'database.sqlite');
	const statement = `UPDATE execution_entity SET startedAt = NULL WHERE workflowId = '${id}'`;
	const program = `new (require('node:sqlite').DatabaseSync)(process.argv[1]).exec(process.argv[2])`;
	execFileSync(node, ['-e', program, database, statement]);
}

/**
 * A power cut while runs wait for the collector, which answers afterward.
 *
 * @param {Workflow[]} workflows
 * @param {string[]} urls of the webhooks that are needed then
 * @param {() => Promise<void>} [meanwhile] what happens while there is no n8n
 */
async function powerCut(workflows, urls, meanwhile) {
	await n8n.kill();
	await meanwhile?.();
	collector.held.clear();
	await n8n.restart();
	await n8n.client.signIn();
	for (const { id } of workflows)
		await until(async () =>
			(await n8n.client.executions(id)).every(({ status }) => !/new|running/.test(status)),
		);
	for (const url of urls) await until(() => isServed(url));
}

/**
 * Waits until the example has run so many times more by its schedule.
 *
 * @param {Workflow} example
 * @param {number} count
 */
async function scheduledRuns({ id }, count) {
	const runs = async () => (await n8n.client.executions(id)).length;
	const before = await runs();
	await until(async () => (await runs()) >= before + count);
}

describe('the example that retries crashed executions', () => {
	/** @type {Record<string, Watched>} */
	let watched;
	/** What the first run of the example did. @type {string[]} */
	let first;
	/** What a second run did beside the first. @type {string[]} */
	let beside;

	/** How often the workflow's call arrived, and its executions. @param {string} name */
	const outcomeOf = async (name) => ({
		arrived: collector.countOf(name),
		executions: (await n8n.client.executions(watched[name].workflow.id))
			.map(({ mode, status }) => `${mode} ${status}`)
			.sort(),
	});

	// One story for all tests, because each kill takes long: the runs of many workflows are cut off,
	// a copy of the example for each setting brings them back, and a second kill ends two retries.
	beforeAll(async () => {
		const { n8n: host, credential } = await startWithPackage({ editor: false });
		n8n = host;
		const { client } = n8n;
		collector = await openCollector();
		gate = await openGate();
		const jofi = (/** @type {string[]} */ names, /** @type {object} */ settings = {}) =>
			publishedJofi(credential, names, { ...settings });
		watched = {
			plain: await jofi(['plain']),
			other: await publishedOther('other'),
			unsaved: await jofi(['unsaved'], { saveDataSuccessExecution: 'none' }),
			failing: await jofi(['failing']),
			halfway: await jofi(['before', 'halfway'], { saveExecutionProgress: true }),
			overlapped: await jofi(['overlapped'], { saveDataSuccessExecution: 'none' }),
			again: await jofi(['again']),
			limited: await jofi(['limited']),
			scheduled: await jofi(['scheduled']),
			named: await jofi(['named']),
			unkept: await jofi(['unkept'], { saveDataErrorExecution: 'none' }),
			unbegun: await jofi(['unbegun']),
		};

		const { rawApiKey } = await client.rest('POST', '/api-keys', {
			label: 'Retry crashed executions',
			scopes: SCOPES,
			expiresAt: null,
		});
		const key = await client.createCredential({
			name: 'n8n API key',
			type: 'n8nApi',
			data: { apiKey: rawApiKey, baseUrl: `${n8n.base}/api/v1` },
		});
		const byHand = () => webhook(SCHEDULE, { responseMode: 'lastNode', responseData: 'noData' });
		const most = await importedExample(key, byHand());
		const twice = await importedExample(key, byHand());
		const timed = await importedExample(key);
		const all = [...Object.values(watched).map(({ workflow }) => workflow), most, twice, timed];
		// A copy would take a crashed run of another copy for any workflow's.
		const allBut = (/** @type {string[]} */ ...names) =>
			all
				.filter((workflow) => !names.some((name) => watched[name].workflow === workflow))
				.map(({ id }) => id)
				.join(', ');
		const leftToOthers = ['limited', 'scheduled', 'named'];
		const taken = Object.keys(watched).filter((name) => !leftToOthers.includes(name));
		const { [SCHEDULE]: runMost } = await publishedWith(most, {
			n8n: gate.url,
			mostPerRun: 7,
			leaveOut: allBut(...taken),
		});
		const { [SCHEDULE]: runTwice } = await publishedWith(twice, {
			n8n: n8n.base,
			mostAttempts: 2,
			leaveOut: allBut('limited'),
		});

		collector.held = new Set(Object.keys(watched));
		for (const { send } of [watched.plain, ...Object.values(watched)]) await send();
		await collector.untilArrived('plain', 2);
		for (const name of Object.keys(watched)) await collector.untilArrived(name, 1);
		await powerCut(all, [runMost, runTwice], () => unbegin(watched.unbegun));

		const { length } = collector.arrived;
		collector.failing.add('failing');
		collector.held = new Set(['overlapped', 'again', 'limited']);
		const running = run(runMost);
		await collector.untilArrived('overlapped', 2);
		first = collector.arrived.slice(length);
		await run(runMost);
		beside = collector.arrived.slice(length + first.length);
		// The next one starts before the first has saved what it did, and looks around when that has
		// ended.
		gate.shut();
		const late = run(runMost).catch(() => {});
		await gate.untilAsked();
		collector.release('overlapped');
		await running;
		gate.open();
		await collector.untilArrived('again', 2);
		const other = run(runTwice).catch(() => {});
		await collector.untilArrived('limited', 2);
		await powerCut(all, [runMost, runTwice]);
		await Promise.all([late, other]);

		await publishedWith(timed, { n8n: n8n.base, leaveOut: allBut('scheduled') });
		for (const url of [runMost, runTwice, runMost, runTwice]) await run(url);
		await collector.untilArrived('scheduled', 2);
		await scheduledRuns(timed, 3);
		await client.unpublish(timed);
	}, 600_000);

	afterAll(async () => {
		await n8n?.stop();
		gate?.close();
		collector?.close();
	});

	it('brings back every run that a kill -9 ended, of any workflow, exactly once', async () => {
		expect(await outcomeOf('plain')).toEqual({
			arrived: 4,
			executions: ['retry success', 'retry success', 'webhook crashed', 'webhook crashed'],
		});
		expect(await outcomeOf('other')).toEqual({
			arrived: 2,
			executions: ['retry success', 'webhook crashed'],
		});
	});

	it('does so by its schedule', async () => {
		expect(await outcomeOf('scheduled')).toEqual({
			arrived: 2,
			executions: ['retry success', 'webhook crashed'],
		});
	});

	it('begins with the oldest, and retries at most as many in a run as the setting says', () => {
		const names = ['plain', 'plain', 'other', 'unsaved', 'failing', 'halfway', 'overlapped'];
		expect(first).toEqual(names);
	});

	it('does nothing while another run of it goes on', () => {
		expect(beside).toEqual([]);
	});

	it('retries once where a run starts before another has saved what it did', async () => {
		expect(await outcomeOf('overlapped')).toEqual({ arrived: 2, executions: ['webhook crashed'] });
	});

	it('brings back a run whose retry a second kill -9 ended, and not what it repeated', async () => {
		expect(await outcomeOf('again')).toEqual({
			arrived: 3,
			executions: ['retry crashed', 'retry success', 'webhook crashed'],
		});
	});

	it('leaves alone what has crashed as often as the setting says', async () => {
		expect(await outcomeOf('limited')).toEqual({
			arrived: 2,
			executions: ['retry crashed', 'webhook crashed'],
		});
	});

	it('leaves alone the workflows that the setting names', async () => {
		expect(await outcomeOf('named')).toEqual({ arrived: 1, executions: ['webhook crashed'] });
	});

	it('retries once where n8n does not save successful runs', async () => {
		expect(await outcomeOf('unsaved')).toEqual({ arrived: 2, executions: ['webhook crashed'] });
	});

	it('retries once where the retry fails', async () => {
		expect(await outcomeOf('failing')).toEqual({
			arrived: 2,
			executions: ['retry error', 'webhook crashed'],
		});
	});

	it('brings back what n8n had not begun, and so has no start', async () => {
		expect(await outcomeOf('unbegun')).toEqual({
			arrived: 2,
			executions: ['retry success', 'webhook crashed'],
		});
	});

	it('cannot bring back what n8n does not keep: failed runs that are not saved', async () => {
		expect(await outcomeOf('unkept')).toEqual({ arrived: 1, executions: [] });
	});

	it('begins at the node that was running where n8n saves the progress', async () => {
		expect(collector.countOf('before')).toBe(1);
		expect(await outcomeOf('halfway')).toEqual({
			arrived: 2,
			executions: ['retry success', 'webhook crashed'],
		});
	});
});
