import { createServer } from 'node:http';

import { jofiWebhooks } from '#dist/nodes/Jofi/provider.js';
import { manualSetup } from '#dist/nodes/shared/webhook/lifecycle.js';
import { deliver } from '../../webhookContext.mjs';

const HEADER = 'talent-events-sample';
const PATH = '/webhook-test/1/jofi';

/** @type {(() => unknown)[]} */
const atEnd = [];
afterEach(async () => {
	for (const end of atEnd.splice(0)) await end();
});

/**
 * An n8n that listens for one test event, as soon as the hook has returned.
 *
 * @param {object} [circumstances]
 * @param {Record<string, unknown>} [circumstances.parameters]
 * @param {string} [circumstances.mode]
 * @param {number} [circumstances.notYet] how many requests come before it listens
 * @param {string} [circumstances.address] where n8n says that it is; by default where it is
 */
async function testRun({ parameters = {}, mode = 'manual', notYet = 0, address = '' } = {}) {
	const staticData = /** @type {any} */ ({});
	/** @type {{ method: string, status: number, token: string }[]} */
	const requests = [];
	/** @type {import('n8n-workflow').IDataObject[][]} */
	const runs = [];
	/** @type {string[]} */
	const warnings = [];
	const server = createServer(async (request, response) => {
		const token = String(request.headers[HEADER] ?? '');
		const method = String(request.method);
		const isListening = requests.length >= notYet && runs.length === 0;
		const answer = isListening
			? await deliver({
					mode: 'manual',
					method,
					headers: /** @type {any} */ (request.headers),
					credential: new Error('none is chosen'),
					productionUrl: 'https://n8n.example/webhook/1/jofi',
					staticData,
				})
			: { status: 404, body: {}, headers: {}, items: [] };
		requests.push({ method, status: answer.status, token });
		if (answer.items.length > 0) runs.push(answer.items);
		response.writeHead(answer.status, answer.headers);
		response.end(JSON.stringify(answer.body));
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
	atEnd.push(() => server.close());
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	const url = `${address || `http://127.0.0.1:${port}`}${PATH}`;
	// n8n was called before, and so knows its port.
	if (address) await deliver({ mode: 'manual', localPort: port });
	const context = {
		getMode: () => mode,
		getNodeWebhookUrl: () => url,
		getNode: () => ({ name: 'JOFI Trigger' }),
		getWorkflow: () => ({ id: `workflow ${port}` }),
		getNodeParameter: (/** @type {string} */ name, /** @type {unknown} */ other) =>
			parameters[name] ?? other,
		getWorkflowStaticData: () => staticData,
		logger: { warn: (/** @type {string} */ message) => warnings.push(message) },
		helpers: {
			/** @param {any} options */
			async httpRequest({ method, url: to, headers, body }) {
				if (to.startsWith('http://localhost:5678')) throw new Error('The address is blocked');
				const response = await fetch(to, { method, headers, body: body && JSON.stringify(body) });
				return {
					statusCode: response.status,
					headers: Object.fromEntries(response.headers),
					body: await response.text(),
				};
			},
		},
	};
	const hooks = manualSetup(jofiWebhooks).default;
	await hooks.create.call(/** @type {any} */ (context));
	return { workflowId: context.getWorkflow().id, staticData, requests, runs, warnings };
}

/** @param {() => boolean} isTrue */
async function until(isTrue) {
	while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('a test run', () => {
	test('sends itself a request that starts it, without any credential', async () => {
		const { requests, runs } = await testRun();
		await until(() => runs.length > 0);
		expect(requests).toEqual([{ method: 'POST', status: 200, token: expect.any(String) }]);
		// What is shown is made in the execution: the request holds no event.
		expect(runs).toEqual([
			[{ showSample: true, productionUrl: 'https://n8n.example/webhook/1/jofi' }],
		]);
	});

	test('tries again while n8n does not listen yet', async () => {
		const { requests, runs } = await testRun({ notYet: 2 });
		await until(() => runs.length > 0);
		expect(requests.map(({ status }) => status)).toEqual([404, 404, 200]);
	});

	test('asks for no sample any more once a delivery came', async () => {
		const { workflowId, requests, runs } = await testRun({ notYet: 1 });
		await until(() => requests.length > 0);
		await deliver({ mode: 'manual', workflowId, body: '{"type":"test_taker.created"}' });
		// The next request would come after twice the time until the first.
		await new Promise((resolve) => setTimeout(resolve, 1_500));
		expect([requests.length, runs.length]).toEqual([1, 0]);
	});

	test('finds itself by the port that it is called at, where its own address leads elsewhere', async () => {
		const { runs } = await testRun({ address: 'https://n8n.invalid' });
		await until(() => runs.length > 0);
		expect(runs).toHaveLength(1);
	});

	test('calls itself by GET where deliveries come so', async () => {
		const { requests, runs } = await testRun({ parameters: { settings: { httpMethod: 'GET' } } });
		await until(() => runs.length > 0);
		expect(requests[0].method).toBe('GET');
	});

	test.each([
		['waits for a delivery if the user wants it', { parameters: { whenTesting: 'delivery' } }],
		[
			'is not what publishing starts',
			{
				mode: 'trigger',
				parameters: { authentication: 'none', settings: { allowNonPublicUrl: true } },
			},
		],
	])('%s', async (_, circumstances) => {
		const { staticData } = await testRun(circumstances);
		expect(staticData).toEqual({});
	});

	test('keeps only a digest of the token', async () => {
		const { staticData, requests, runs } = await testRun();
		const kept = JSON.stringify(staticData);
		await until(() => runs.length > 0);
		expect(kept).toMatch(/^\{"sampleDigest":"[0-9a-f]{64}"\}$/);
		expect(requests[0].token).toMatch(/^[\w-]{43}$/);
		expect(kept).not.toContain(requests[0].token);
	});
});

describe('a request for a sample', () => {
	/** @param {Record<string, unknown>} [changes] */
	const ask = (changes) =>
		deliver({
			mode: 'manual',
			headers: { [HEADER]: 'x'.repeat(43) },
			credential: { method: 'hmac', preset: 'github', secret: 'agreed-with-the-representative' },
			body: '{"type":"test_taker.created"}',
			...changes,
		});

	test.each([
		['another token', { staticData: { sampleDigest: 'a'.repeat(64) } }],
		[
			'the digest for a token',
			{ headers: { [HEADER]: 'a'.repeat(64) }, staticData: { sampleDigest: 'a'.repeat(64) } },
		],
		['a token for a run without any', { staticData: {} }],
		['an empty digest', { staticData: { sampleDigest: '' } }],
	])('with %s starts nothing, and n8n goes on listening', async (_, changes) => {
		const { status, items, body } = await ask(changes);
		expect([status, items, body]).toEqual([403, [], { message: 'This test run has ended.' }]);
	});

	test('counts once', async () => {
		const { staticData, requests, runs } = await testRun();
		await until(() => runs.length > 0);
		const again = await ask({ staticData, headers: { [HEADER]: requests[0].token } });
		expect([again.status, again.items]).toEqual([403, []]);
	});

	test('is an ordinary delivery to a published workflow, and refused as one', async () => {
		const { staticData, requests, runs } = await testRun();
		await until(() => runs.length > 0);
		const { status, items } = await ask({
			mode: 'webhook',
			staticData,
			headers: { [HEADER]: requests[0].token },
		});
		expect([status, items]).toEqual([401, []]);
	});
});
