import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSftp } from '../host/sftp.mjs';
import { createInnovativeEducators } from '../providers/innovative-educators/platform.mjs';
import { outputOf } from '../host/executions.mjs';
import { callTo } from './jofi.mjs';
import { idle, workflowOf } from './regpack.mjs';
import { openStage } from './stage.mjs';

/** On loopback no connection has the documented addresses. */
const LOOPBACK = '127.0.0.1, ::1';
const TRIGGER = 'Innovative Educators Trigger';

/** @type {import('./stage.mjs').Stage} */
let stage;

beforeAll(async () => {
	stage = await openStage({ editor: false });
});

afterEach(() => stage.clear());

afterAll(async () => {
	await stage?.close();
});

/**
 * A platform whose retries the test triggers: `attempted` starts those that are due.
 *
 * @param {Parameters<typeof createInnovativeEducators>[0]} [options]
 */
function platform(options) {
	/** @type {(() => void)[]} */
	let waiting = [];
	let now = Date.now();
	const clock = {
		now: () => now,
		/** @param {number} ms @param {AbortSignal} signal */
		sleep: (ms, signal) =>
			new Promise((resolve) => {
				signal.addEventListener('abort', resolve);
				waiting.push(() => {
					now += ms;
					resolve(undefined);
				});
			}),
	};
	const ie = createInnovativeEducators({ clock, factor: 1, ...options });
	const { attempts } = ie.webhook;
	return {
		...ie,
		/**
		 * Waits until `count` attempts are answered, and starts the next retry after each but the last.
		 *
		 * @param {number} count
		 */
		async attempted(count) {
			const end = Date.now() + 30_000;
			while (attempts.filter(({ status, text }) => status > 0 || text !== '').length < count) {
				const due = waiting;
				waiting = [];
				if (attempts.length < count) for (const start of due) start();
				else waiting = due;
				if (Date.now() > end) throw new Error(`Only ${attempts.length} attempts`);
				await sleep(20);
			}
			return attempts.map(({ status }) => status);
		},
	};
}

/** @param {Record<string, unknown>} parameters @param {import('./regpack.mjs').Draft} [rest] */
async function published(parameters, rest = idle) {
	const all = {
		authentication: 'address',
		ipAllowlist: LOOPBACK,
		events: ['courseCompletion'],
		...parameters,
	};
	const trigger = {
		name: TRIGGER,
		type: 'n8n-nodes-talent-events.innovativeEducatorsTrigger',
		typeVersion: 2,
		parameters: all,
	};
	const workflow = await stage.n8n.client.createWorkflow(workflowOf(undefined, [[trigger, rest]]));
	const { [TRIGGER]: url } = await stage.n8n.client.publish(workflow);
	return { ...workflow, url };
}

/** A server that answers with these statuses, then with 200. @param {number[]} statuses */
async function answering(...statuses) {
	const server = createServer(
		(_request, response) =>
			void response
				.writeHead(statuses.shift() ?? 200, { 'content-type': 'application/json' })
				.end('{}'),
	);
	await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

describe('retries', () => {
	it('that reach n8n after three failed attempts start one run', async () => {
		const ie = platform();
		const { id, url } = await published({});
		ie.webhook.configure({ url });
		await stage.n8n.kill();
		ie.complete();
		expect(await ie.attempted(3)).toEqual([0, 0, 0]);
		await stage.n8n.restart();
		expect(await ie.attempted(4)).toEqual([0, 0, 0, 200]);
		await stage.n8n.client.waitForExecutions(id, { status: 'success' });
		expect((await stage.n8n.client.executions(id)).map(({ status }) => status)).toEqual([
			'success',
		]);
	});

	it('repeat a workflow that failed twice until it succeeds', async () => {
		const ie = platform();
		const server = await answering(500, 500);
		const { id, url } = await published(
			{ settings: { responseMode: 'lastNode' } },
			callTo(server.url),
		);
		ie.webhook.configure({ url });
		ie.complete();
		expect(await ie.attempted(3)).toEqual([500, 500, 200]);
		await stage.n8n.client.waitForExecutions(id, { count: 3 });
		expect((await stage.n8n.client.executions(id)).map(({ status }) => status)).toEqual([
			'success',
			'error',
			'error',
		]);
		server.close();
	});
});

describe('the example with the nightly file', () => {
	it('mails each completion once, whether a delivery or the file brought it', async () => {
		const sftp = await openSftp();
		const ie = platform();
		const server = await stage.n8n.client.createCredential({
			name: 'SFTP',
			type: 'sftp',
			data: sftp.credential,
		});
		const changes = {
			[TRIGGER]: { ipAllowlist: LOOPBACK },
			'Every Morning': { rule: { interval: [{ field: 'seconds', secondsInterval: 4 }] } },
		};
		const workflow = await stage.example(
			'innovative-educators-webhook-with-nightly-file',
			[server],
			changes,
		);
		const { [TRIGGER]: url } = await stage.n8n.client.publish(workflow);

		const [ada, bo] = ie.learners;
		ie.webhook.configure({ url });
		ie.complete({ learner: ada });
		expect(await ie.attempted(1)).toEqual([200]);
		expect(await stage.mailed(1)).toEqual(['Ada Learner completed New Student Orientation']);

		await stage.n8n.kill();
		ie.complete({ learner: bo });
		expect(await ie.attempted(12)).toEqual([200, ...Array(11).fill(0)]);
		const day = new Date(ie.completions[0].timestamp).toLocaleDateString('en-CA', {
			timeZone: 'America/New_York',
		});
		// They have been on the server for a month.
		const modified = Date.now() - 30 * 24 * 60 * 60_000;
		sftp.push({ ...ie.nightlyFile(day, 'csv'), modified });
		sftp.push({ ...ie.nightlyFile(day, 'json'), modified });
		await stage.n8n.restart();
		await stage.mailed(2);
		// Two more mornings find no new file.
		const before = (await stage.n8n.client.executions(workflow.id)).length;
		await stage.n8n.client.waitForExecutions(workflow.id, { count: before + 2 });
		await stage.n8n.client.unpublish(workflow);
		await stage.settled(workflow);
		expect(stage.mails.map(({ to, subject }) => [...to, subject.replaceAll(/\s+/g, ' ')])).toEqual([
			['advising@example.edu', 'Ada Learner completed New Student Orientation'],
			['advising@example.edu', 'Bö O’Neil, "Jr" Bo completed New Student Orientation'],
		]);
		expect(sftp.paths()).toEqual(Array(2).fill(expect.stringMatching(/^read\/courseCompletion-/)));
		await sftp.close();
	});
});

it('the example that mails by course sends orientations to the registrar, and other courses to the advisor', async () => {
	const ie = platform();
	const workflow = await stage.example('innovative-educators-completion-email-by-course', [], {
		[TRIGGER]: { ipAllowlist: LOOPBACK },
	});
	const { [TRIGGER]: url } = await stage.n8n.client.publish(workflow);
	ie.webhook.configure({ url });
	for (const course of ie.courses.slice(0, 2)) ie.complete({ course });
	await ie.attempted(2);
	await stage.mailed(2);
	expect(Object.fromEntries(stage.mails.map(({ to, subject }) => [to[0], subject]))).toEqual({
		'registrar@example.edu': 'Release the registration hold of 000123456',
		'advising@example.edu': 'Ada Learner completed Time Management',
	});
});

describe('the test notification after setup', () => {
	it.each([
		['JSON', { message: 'This is a test notification' }],
		['a text', 'Hello'],
		['nothing', ''],
		['a list', [1, 2]],
	])(
		'of %s is answered with 200, and starts only a workflow that selects test notifications',
		async (_name, testBody) => {
			const ie = platform({ testBody });
			const completions = await published({});
			ie.webhook.configure({ url: completions.url });
			ie.sendTestNotification();
			expect(await ie.attempted(1)).toEqual([200]);

			const tests = await published({ events: ['courseCompletion', 'test_notification'] });
			ie.webhook.configure({ url: tests.url });
			ie.sendTestNotification();
			expect(await ie.attempted(2)).toEqual([200, 200]);
			const [{ id }] = await stage.n8n.client.waitForExecutions(tests.id, { status: 'success' });
			expect(outputOf(await stage.n8n.client.execution(id), idle.name)).toMatchObject([
				{ event: 'test_notification', title: 'Test notification from Innovative Educators' },
			]);
			expect(await stage.n8n.client.executions(completions.id)).toEqual([]);
		},
	);
});

it('a delivery from another address is rejected', async () => {
	const { id, url } = await published({ ipAllowlist: '54.243.7.71, 3.83.213.76' });
	const ie = platform();
	ie.webhook.configure({ url });
	ie.complete();
	expect(await ie.attempted(1)).toEqual([403]);
	expect(await stage.n8n.client.executions(id)).toEqual([]);
	await ie.close();
});
