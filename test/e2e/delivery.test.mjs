import { EventEmitter, once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { events } from '#dist/nodes/Jofi/events/definitions.js';
import { presets } from '#dist/nodes/shared/webhook/verification/signatureScheme.js';
import { signDelivery } from '#dist/nodes/shared/webhook/verification/sign.js';
import { outputOf } from '../host/executions.mjs';
import { sampleOf } from '../providers/jofi/deliver.mjs';
import {
	callTo,
	deliver,
	downstreamRuns,
	jofiWorkflow,
	newEvent,
	SECRET,
	startWithPackage,
} from './jofi.mjs';

/** n8n's limit for bodies in this test, in MiB; its default of 16 would only take longer. */
const LIMIT_MIB = 1;
/** How many executions n8n runs at once here; further ones wait. */
const AT_ONCE = 2;

/** @type {import('./jofi.mjs').N8n} */
let n8n;
/** @type {import('../host/workflow.mjs').Credential} */
let credential;

beforeAll(async () => {
	({ n8n, credential } = await startWithPackage({
		editor: false,
		env: {
			N8N_PAYLOAD_SIZE_MAX: String(LIMIT_MIB),
			N8N_CONCURRENCY_PRODUCTION_LIMIT: String(AT_ONCE),
		},
	}));
});

afterAll(async () => {
	await n8n?.stop();
});

/**
 * @param {Record<string, unknown>} parameters
 * @param {Parameters<typeof jofiWorkflow>[2]} [rest]
 */
async function published(parameters, rest) {
	const workflow = await n8n.client.createWorkflow(jofiWorkflow(credential, parameters, rest));
	const urls = await n8n.client.publish(workflow);
	return { id: workflow.id, url: urls['JOFI Trigger'] };
}

/** @param {string} workflowId */
const statuses = async (workflowId) =>
	(await n8n.client.executions(workflowId)).map(({ status }) => status);

/** A server whose answers the test decides: `next` is called for each request, with its path. */
async function decidingServer() {
	/**
	 * @type {{ next: (path: string) => Promise<number>, calls: number, url: string, close: () => void }}
	 */
	const handle = { next: async () => 200, calls: 0, url: '', close: () => server.close() };
	const server = createServer(async (request, response) => {
		handle.calls++;
		response
			.writeHead(await handle.next(request.url ?? ''), { 'content-type': 'application/json' })
			.end('{}');
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
	const address = /** @type {import('node:net').AddressInfo} */ (server.address());
	handle.url = `http://127.0.0.1:${address.port}/`;
	return handle;
}

describe('a signed delivery', () => {
	it.each(events.map(({ type }) => type))('starts the workflow for %s', async (type) => {
		const { id, url } = await published({ events: [type] });
		expect(await deliver(url, sampleOf(type))).toEqual({
			status: 200,
			text: '{"message":"Accepted."}',
		});

		const [{ id: executionId }] = await n8n.client.waitForExecutions(id, { status: 'success' });
		const [item] = outputOf(await n8n.client.execution(executionId), 'Downstream');
		expect(item).toMatchObject({
			provider: 'jofi',
			event: type,
			person: { email: 'linda.sample@example.com' },
		});
		expect(item.payload).toEqual(sampleOf(type));
		expect(item).not.toHaveProperty('unprocessed');
	});

	it('says which assessment was finished last, which are complete and whether all are', async () => {
		const { id, url } = await published({ events: ['test_taker.assessment_completed'] });
		await deliver(url, sampleOf('test_taker.assessment_completed'));
		const [{ id: executionId }] = await n8n.client.waitForExecutions(id);
		const [{ assessment }] = outputOf(await n8n.client.execution(executionId), 'Downstream');
		expect(assessment).toMatchObject({
			id: '7',
			name: 'JOFI Thinking Skills',
			status: 'completed',
			completed: 1,
			total: 3,
			allCompleted: false,
			items: [{ status: 'assigned' }, { status: 'completed' }, { status: 'assigned' }],
		});
	});

	it('of a type that nobody has seen yet reaches who listens to any event, and only them', async () => {
		const any = await published({ events: ['*'] });
		const one = await published({ events: ['invitation.created'] });
		const future = { ...newEvent(), type: 'test_taker.promoted' };
		expect((await deliver(any.url, future)).status).toBe(200);
		expect(await deliver(one.url, future)).toEqual({
			status: 200,
			text: '{"message":"Not listened to."}',
		});

		const [{ id: executionId }] = await n8n.client.waitForExecutions(any.id, { status: 'success' });
		const [item] = outputOf(await n8n.client.execution(executionId), 'Downstream');
		expect(item).toMatchObject({ event: 'test_taker.promoted', payload: future });
		expect(await statuses(one.id)).toEqual([]);
	});

	it('is answered 200 without an execution when a filter does not let it pass', async () => {
		const { id, url } = await published({ events: ['*'], filters: { teams: ['Sales'] } });
		expect(await deliver(url, newEvent())).toEqual({
			status: 200,
			text: '{"message":"Not listened to."}',
		});
		const sales = newEvent();
		sales.data.object.team.display_name = 'Sales';
		await deliver(url, sales);
		await n8n.client.waitForExecutions(id);
		expect(await statuses(id)).toEqual(['success']);
	});

	it('with a field of another type is let through, and the log names the path', async () => {
		const { id, url } = await published({ events: ['*'] });
		const event = newEvent();
		event.data.object.team.id = 'one hundred';
		await deliver(url, event);
		await n8n.client.waitForExecutions(id, { status: 'success' });
		const log = readFileSync(n8n.logFile, 'utf8');
		expect(log).toContain('data.object.team.id: Expected number, received string');
		expect(log).not.toContain('one hundred');
	});
});

describe('a delivery that cannot be trusted', () => {
	it.each([
		['wrong signature', { secret: 'not-the-secret' }, 'The signature does not match.'],
		[
			'short signature',
			{ headers: { 'x-hub-signature-256': 'sha256=abcdef' } },
			'The signature does not match.',
		],
		['missing signature', { headers: { 'x-hub-signature-256': '' } }, 'The signature is missing.'],
	])('for its %s gets 401, one sentence and no execution', async (_name, options, message) => {
		const { id, url } = await published({ events: ['*'] });
		expect(await deliver(url, newEvent(), options)).toEqual({
			status: 401,
			text: JSON.stringify({ message }),
		});
		await sleep(300);
		expect(await statuses(id)).toEqual([]);
	});

	it.each([
		[
			'basic',
			{ user: 'jofi', secret: SECRET },
			'',
			{ authorization: `Basic ${Buffer.from(`jofi:${SECRET}`).toString('base64')}` },
		],
		['header', { headerName: 'X-Secret', secret: SECRET }, '', { 'x-secret': SECRET }],
		['query', { queryName: 'token', secret: SECRET }, `?token=${SECRET}`, {}],
	])(
		'is refused by the method %s, and accepted with its proof',
		async (method, data, query, headers) => {
			const own = await n8n.client.createCredential({
				name: method,
				type: 'jofiWebhookApi',
				data: { method, ...data },
			});
			const workflow = await n8n.client.createWorkflow(jofiWorkflow(own, { events: ['*'] }));
			const { 'JOFI Trigger': url } = await n8n.client.publish(workflow);
			expect((await deliver(url, newEvent())).status).toBe(401);
			expect((await deliver(`${url}${query}`, newEvent(), { headers })).status).toBe(200);
			await n8n.client.waitForExecutions(workflow.id);
			expect(await statuses(workflow.id)).toHaveLength(1);
		},
	);

	it('is refused for its address, and accepted from one in the list', async () => {
		for (const [ipAllowlist, status] of [
			['203.0.113.0/24, 2001:db8::/32', 403],
			['127.0.0.0/8', 200],
		]) {
			const own = await n8n.client.createCredential({
				name: 'address',
				type: 'jofiWebhookApi',
				data: { method: 'query', queryName: 'token', secret: SECRET, ipAllowlist },
			});
			const workflow = await n8n.client.createWorkflow(jofiWorkflow(own, { events: ['*'] }));
			const { 'JOFI Trigger': url } = await n8n.client.publish(workflow);
			expect((await deliver(`${url}?token=${SECRET}`, newEvent())).status).toBe(status);
		}
	});

	it('is refused when it comes late, and accepted in time', async () => {
		const key = `whsec_${Buffer.from(SECRET).toString('base64')}`;
		const own = await n8n.client.createCredential({
			name: 'late',
			type: 'jofiWebhookApi',
			data: { method: 'hmac', preset: 'standardWebhooks', secret: key },
		});
		const workflow = await n8n.client.createWorkflow(jofiWorkflow(own, { events: ['*'] }));
		const { 'JOFI Trigger': url } = await n8n.client.publish(workflow);
		/** @param {number} age seconds */
		const send = (age) => {
			const body = Buffer.from(JSON.stringify(newEvent()));
			const timestamp = String(Math.floor(Date.now() / 1000) - age);
			return deliver(url, body, {
				headers: signDelivery({ body, timestamp, id: 'msg_1' }, presets.standardWebhooks, [key]),
			});
		};
		expect(await send(301)).toEqual({
			status: 401,
			text: '{"message":"The timestamp is outside the tolerance."}',
		});
		expect((await send(10)).status).toBe(200);
	});

	it('is accepted with a signature of the URL as it was called, its query included, and of no other', async () => {
		const own = await n8n.client.createCredential({
			name: 'url',
			type: 'jofiWebhookApi',
			data: { method: 'hmac', preset: 'square', secret: SECRET },
		});
		const workflow = await n8n.client.createWorkflow(jofiWorkflow(own, { events: ['*'] }));
		const { 'JOFI Trigger': url } = await n8n.client.publish(workflow);
		/**
		 * This n8n takes localhost for its public address.
		 *
		 * @param {string} called
		 * @param {string} signed
		 */
		const send = (called, signed) => {
			const body = Buffer.from(JSON.stringify(newEvent()));
			return deliver(called, body, {
				headers: signDelivery(
					{ body, timestamp: '', id: '', url: signed.replace('127.0.0.1', 'localhost') },
					presets.square,
					[SECRET],
				),
			});
		};
		for (const query of ['', '?a=%20~!&b[]=%c3%bc'])
			expect({ query, ...(await send(url + query, url + query)) }).toMatchObject({
				query,
				status: 200,
			});
		expect((await send(`${url}?a=1`, url)).status).toBe(401);
	});

	it('runs once for a signed message, also where duplicates may run', async () => {
		const key = `whsec_${Buffer.from(SECRET).toString('base64')}`;
		const own = await n8n.client.createCredential({
			name: 'once',
			type: 'jofiWebhookApi',
			data: { method: 'hmac', preset: 'standardWebhooks', secret: key },
		});
		const workflow = await n8n.client.createWorkflow(
			jofiWorkflow(own, { events: ['*'], settings: { skipDuplicates: false } }),
		);
		const { 'JOFI Trigger': url } = await n8n.client.publish(workflow);
		const body = Buffer.from(JSON.stringify(newEvent()));
		/** @param {string} id */
		const send = (id) =>
			deliver(url, body, {
				headers: signDelivery(
					{ body, id, timestamp: String(Math.floor(Date.now() / 1000)) },
					presets.standardWebhooks,
					[key],
				),
			});
		expect(await send('msg_1')).toEqual({ status: 200, text: '{"message":"Accepted."}' });
		expect(await send('msg_1')).toEqual({ status: 200, text: '{"message":"Received before."}' });
		expect(await send('msg_2')).toEqual({ status: 200, text: '{"message":"Accepted."}' });
		await n8n.client.waitForExecutions(workflow.id, { count: 2 });
		expect(await downstreamRuns(n8n, workflow.id)).toBe(2);
	});

	it('is accepted when the user chose to verify nothing', async () => {
		const { url } = await published({ events: ['*'], authentication: 'none' });
		expect((await deliver(url, newEvent(), { secret: 'wrong' })).status).toBe(200);
	});

	it('is refused while the credential does not say how deliveries are signed', async () => {
		const own = await n8n.client.createCredential({
			name: 'empty',
			type: 'jofiWebhookApi',
			data: { method: 'hmac', preset: 'unknown', secret: SECRET },
		});
		const workflow = await n8n.client.createWorkflow(
			jofiWorkflow(own, { events: ['*'], settings: { allowIncompleteCredential: true } }),
		);
		const { 'JOFI Trigger': url } = await n8n.client.publish(workflow);
		expect((await deliver(url, newEvent())).status).toBe(401);
	});
});

describe('a body that is no event', () => {
	/**
	 * @type {[name: string, body: string | Buffer, headers: Record<string, string | undefined>, status: number][]}
	 */
	const cases = [
		['not JSON', 'hello', {}, 422],
		['not JSON, as text', 'hello', { 'content-type': 'text/plain' }, 400],
		[
			'JSON in an encoding that n8n does not know',
			JSON.stringify(newEvent()),
			{ 'content-type': 'application/json; charset=iso-8859-1' },
			422,
		],
		[
			'JSON in Latin 1',
			JSON.stringify(newEvent()),
			{ 'content-type': 'application/json; charset=latin1' },
			200,
		],
		['an array', '[]', {}, 400],
		['null', 'null', {}, 400],
		['empty', '', {}, 400],
		['an object without a type', '{"id":"evt_1"}', {}, 400],
		[
			'JSON with the content type octet-stream',
			JSON.stringify(newEvent()),
			{ 'content-type': 'application/octet-stream' },
			200,
		],
		['JSON without a content type', JSON.stringify(newEvent()), { 'content-type': undefined }, 200],
		[
			'multipart, of which n8n keeps no bytes that could be verified',
			'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n',
			{ 'content-type': 'multipart/form-data; boundary=x' },
			401,
		],
		['a form', 'a=1', { 'content-type': 'application/x-www-form-urlencoded' }, 400],
		['what is not gzip, said to be', 'hello', { 'content-encoding': 'gzip' }, 500],
		['deeply nested', `${'['.repeat(50_000)}${']'.repeat(50_000)}`, {}, 400],
		[
			'an event with a deeply nested field',
			JSON.stringify({ ...newEvent(), extra: 0 }).replace(
				'"extra":0',
				`"extra":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
			),
			{},
			400,
		],
		[
			'an event with __proto__',
			JSON.stringify(newEvent()).replace('{', '{"__proto__":{"polluted":true},'),
			{},
			200,
		],
		['an event of the largest size', padded(LIMIT_MIB * 1024 * 1024), {}, 200],
		['an event one byte larger', padded(LIMIT_MIB * 1024 * 1024 + 1), {}, 500],
		[
			'a larger event as octets',
			padded(LIMIT_MIB * 1024 * 1024 + 1),
			{ 'content-type': 'application/octet-stream' },
			413,
		],
	];

	/** @param {number} bytes */
	function padded(bytes) {
		const event = { ...newEvent(), padding: '' };
		event.padding = 'x'.repeat(bytes - Buffer.byteLength(JSON.stringify(event)));
		return JSON.stringify(event);
	}

	/** @type {{ id: string, url: string }} */
	let workflow;
	beforeAll(async () => {
		workflow = await published({ events: ['*'] });
	});

	it.each(cases)('%s', async (_name, body, headers, status) => {
		expect((await deliver(workflow.url, body, { headers })).status).toBe(status);
	});

	it('is accepted when it is a compressed event', async () => {
		const body = JSON.stringify(newEvent());
		const own = await n8n.client.createCredential({
			name: 'header',
			type: 'jofiWebhookApi',
			data: { method: 'header', headerName: 'X-Secret', secret: SECRET },
		});
		const compressed = await n8n.client.createWorkflow(jofiWorkflow(own, { events: ['*'] }));
		const { 'JOFI Trigger': url } = await n8n.client.publish(compressed);
		const headers = { 'content-encoding': 'gzip', 'x-secret': SECRET };
		expect((await deliver(url, gzipSync(body), { headers })).status).toBe(200);
	});

	it('never leaves a failed execution behind', async () => {
		const accepted = cases.filter(([, , , status]) => status === 200).length;
		await n8n.client.waitForExecutions(workflow.id, { count: accepted });
		expect(await statuses(workflow.id)).toEqual(Array(accepted).fill('success'));
		expect(/** @type {any} */ ({}).polluted).toBeUndefined();
	});
});

describe('the same event delivered many times', () => {
	it('runs the workflow once: in turn, at once, and again after a restart', async () => {
		const { id, url } = await published({ events: ['*'] });
		const event = newEvent();
		for (let copy = 0; copy < 10; copy++) expect((await deliver(url, event)).status).toBe(200);
		const atOnce = await Promise.all(Array.from({ length: 10 }, () => deliver(url, event)));
		expect(atOnce.map(({ status }) => status)).toEqual(Array(10).fill(200));
		await n8n.client.waitForExecutions(id);

		await n8n.restart();
		await n8n.client.signIn();
		expect((await deliver(url, event)).status).toBe(200);
		await n8n.client.waitForExecutions(id, { count: 2 });
		expect(await downstreamRuns(n8n, id)).toBe(1);
	});

	it('runs the workflow once when all copies come at the very first moment', async () => {
		const { id, url } = await published({ events: ['*'] });
		const event = newEvent();
		const answers = await Promise.all(Array.from({ length: 10 }, () => deliver(url, event)));
		expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
		await n8n.client.waitForExecutions(id);
		expect(await downstreamRuns(n8n, id)).toBe(1);
	});

	it('runs each of many events once when they come at once, and are repeated after a restart', async () => {
		const { id, url } = await published({ events: ['*'] });
		const all = Array.from({ length: 15 }, newEvent);
		await Promise.all(all.map((event) => deliver(url, event)));
		await n8n.client.waitForExecutions(id, { count: 15 });
		await n8n.restart();
		await n8n.client.signIn();
		for (const event of all) await deliver(url, event);
		await n8n.client.waitForExecutions(id, { count: 30 });
		expect(await downstreamRuns(n8n, id)).toBe(15);
	});

	it('runs every time when the user turned dropping off', async () => {
		const { id, url } = await published({ events: ['*'], settings: { skipDuplicates: false } });
		const event = newEvent();
		for (let copy = 0; copy < 3; copy++) await deliver(url, event);
		await n8n.client.waitForExecutions(id, { count: 3 });
		expect(await downstreamRuns(n8n, id)).toBe(3);
	});
});

describe('an execution that n8n lost to a kill -9', () => {
	it('can be retried by hand, and is not taken for a duplicate of itself', async () => {
		const server = await decidingServer();
		const { id, url } = await published({ events: ['*'] }, [callTo(server.url)]);
		server.next = async () => (await sleep(30_000), 200);
		expect((await deliver(url, newEvent())).status).toBe(200);
		while (server.calls === 0) await sleep(50);
		await n8n.kill();
		await n8n.restart();
		await n8n.client.signIn();

		server.next = async () => 200;
		const [lost] = await n8n.client.waitForExecutions(id, { status: 'crashed' });
		await n8n.client.rest('POST', `/executions/${lost.id}/retry`, { loadWorkflow: false });
		const [retried] = await n8n.client.waitForExecutions(id, { status: 'success' });
		expect(retried.mode).toBe('retry');
		expect(server.calls).toBe(2);
		server.close();
	});
});

describe('acknowledged when the workflow finishes', () => {
	const parameters = { events: ['*'], settings: { responseMode: 'lastNode' } };

	it('a failed run answers 5xx, and its repeat runs and is then remembered', async () => {
		const server = await decidingServer();
		const { id, url } = await published(parameters, [callTo(server.url)]);
		const event = newEvent();
		server.next = async () => 500;
		expect((await deliver(url, event)).status).toBe(500);
		server.next = async () => 200;
		expect(await deliver(url, event)).toEqual({ status: 200, text: '' });
		expect(await deliver(url, event)).toEqual({
			status: 200,
			text: '{"message":"Received before."}',
		});
		await n8n.client.waitForExecutions(id, { count: 2 });
		expect(await statuses(id)).toEqual(['success', 'error']);
		server.close();
	});

	it('copies that arrive together share one run and its outcome', async () => {
		const server = await decidingServer();
		const { id, url } = await published(parameters, [callTo(server.url)]);
		const send = async () => {
			const event = newEvent();
			return (await Promise.all(Array.from({ length: 10 }, () => deliver(url, event)))).map(
				({ status }) => status,
			);
		};
		server.next = async () => (await sleep(500), 200);
		expect(await send()).toEqual(Array(10).fill(200));
		server.next = async () => (await sleep(500), 500);
		expect((await send()).sort()).toEqual([500, ...Array(9).fill(503)]);
		await n8n.client.waitForExecutions(id, { count: 2 });
		expect(server.calls).toBe(2);
		server.close();
	});

	it('a run that begins to wait answers 200, and its repeat does not run although it fails later', async () => {
		const server = await decidingServer();
		let resumeUrl = '';
		server.next = async (path) => {
			resumeUrl = decodeURIComponent(path.split('resume=')[1]);
			return 200;
		};
		const before = {
			...callTo(`=${server.url}?resume={{ encodeURIComponent($execution.resumeUrl) }}`),
			name: 'Before',
		};
		const wait = {
			name: 'Wait',
			type: 'n8n-nodes-base.wait',
			typeVersion: 1.1,
			parameters: { resume: 'webhook' },
		};
		const { id, url } = await published(parameters, [before, wait, callTo(server.url)]);
		const event = newEvent();
		expect(await deliver(url, event)).toEqual({ status: 200, text: '' });
		while (!(await statuses(id)).includes('waiting')) await sleep(50);
		expect(await deliver(url, event)).toEqual({
			status: 200,
			text: '{"message":"Received before."}',
		});

		server.next = async () => 500;
		await fetch(resumeUrl);
		await n8n.client.waitForExecutions(id, { status: 'error' });
		expect(await deliver(url, event)).toEqual({
			status: 200,
			text: '{"message":"Received before."}',
		});
		expect(await statuses(id)).toEqual(['error']);
		server.close();
	});

	it.each([
		['shares its outcome while it goes on', { isDuring: true, status: 200, runs: 1 }],
		['runs after it failed', { isDuring: false, status: 500, runs: 2 }],
	])(
		'n8n runs what it had not begun when it was killed, and a repeat %s',
		async (_, { isDuring, status, runs }) => {
			const server = await decidingServer();
			const called = new EventEmitter();
			/** @type {string[]} */
			const paths = [];
			/** @type {Promise<unknown>} */
			let isOver = new Promise(() => {});
			server.next = async (path) => {
				paths.push(path);
				called.emit('call');
				await isOver;
				return status;
			};
			const { id, url } = await published(parameters, [
				callTo(`=${server.url}{{ $json.payload.data.object.id }}`),
			]);
			const first = Array.from({ length: AT_ONCE }, newEvent).map((each) => deliver(url, each));
			while (paths.length < AT_ONCE) await once(called, 'call');
			const event = newEvent();
			const unanswered = Promise.allSettled([...first, deliver(url, event)]);
			while (!(await statuses(id)).includes('new')) await sleep(50);
			await n8n.kill();
			await unanswered;

			const isRunning = once(called, 'call');
			isOver = once(called, 'over');
			await n8n.restart();
			await n8n.client.signIn();
			await isRunning;
			const repeat = async () => (await deliver(url, event)).status;
			if (isDuring) {
				const answered = repeat();
				await sleep(500);
				called.emit('over');
				expect(await answered).toBe(status);
			} else {
				called.emit('over');
				while ((await statuses(id)).includes('running')) await sleep(50);
				isOver = Promise.resolve();
				expect(await repeat()).toBe(status);
			}
			expect(paths.filter((path) => path === `/${event.data.object.id}`)).toHaveLength(runs);
			server.close();
		},
	);

	it('a caller that gave up early and calls again does not cause a second run', async () => {
		const server = await decidingServer();
		const { id, url } = await published(parameters, [callTo(server.url)]);
		server.next = async () => (await sleep(2_000), 200);
		const event = newEvent();
		await expect(deliver(url, event, { signal: AbortSignal.timeout(500) })).rejects.toThrow();
		expect((await deliver(url, event)).status).toBe(200);
		await sleep(500);
		expect((await deliver(url, event)).status).toBe(200);
		await n8n.client.waitForExecutions(id);
		expect(server.calls).toBe(1);
		server.close();
	});
});

describe('the log of all this', () => {
	const log = () => readFileSync(n8n.logFile, 'utf8');

	it('holds refusals and nothing secret', () => {
		expect(log()).toContain('JOFI delivery refused: The signature does not match.');
		expect(log()).not.toContain(SECRET);
		expect(log()).not.toContain('sha256=');
	});

	it('says that JOFI cannot reach a loopback address', () => {
		expect(log()).toContain('JOFI cannot deliver to http://localhost');
	});
});
