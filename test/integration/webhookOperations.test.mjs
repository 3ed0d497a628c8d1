import { randomUUID } from 'node:crypto';

import { innovativeEducatorsWebhooks } from '#dist/nodes/InnovativeEducators/provider.js';
import { jobaffinityWebhooks } from '#dist/nodes/JobAffinity/provider.js';
import { jofiWebhooks } from '#dist/nodes/Jofi/provider.js';
import { regpackWebhooks } from '#dist/nodes/Regpack/provider.js';
import { deliver } from '../unit/webhookContext.mjs';
import { executeContext, loader, runOperation } from './core.mjs';
import { expectShape } from './outputs.mjs';
import { startReceiver } from './receiver.mjs';

const PROVIDERS = [
	{
		label: 'JOFI',
		folder: 'Jofi',
		action: 'jofi',
		trigger: 'jofiTrigger',
		path: 'jofi',
		source: jofiWebhooks,
		parameters: { events: ['*'] },
		event: { event: 'invitation.accepted' },
		type: 'invitation.accepted',
	},
	{
		label: 'JobAffinity',
		folder: 'JobAffinity',
		action: 'jobAffinity',
		trigger: 'jobAffinityTrigger',
		path: 'jobaffinity',
		source: jobaffinityWebhooks,
		parameters: { events: ['*'] },
		event: { event: 'ProcessStepChange' },
		type: 'ProcessStepChange',
	},
	{
		label: 'Regpack',
		folder: 'Regpack',
		action: 'regpack',
		trigger: 'regpackTrigger',
		path: 'form_submit_777',
		source: regpackWebhooks,
		parameters: { events: 'form_submit_*', formId: '777' },
		event: {},
		type: 'form_submit_*',
	},
	{
		label: 'Innovative Educators',
		folder: 'InnovativeEducators',
		action: 'innovativeEducators',
		trigger: 'innovativeEducatorsTrigger',
		path: 'innovative-educators',
		source: innovativeEducatorsWebhooks,
		parameters: { events: ['*'], authentication: 'credential' },
		event: { event: 'courseCompletion' },
		type: 'courseCompletion',
	},
];
const [JOFI] = PROVIDERS;

const SECRET = 'a-secret-of-the-test-and-long-enough';
const METHODS = {
	hmac: { method: 'hmac', preset: 'github', secret: SECRET },
	stripe: { method: 'hmac', preset: 'stripe', secret: SECRET },
	standardWebhooks: {
		method: 'hmac',
		preset: 'standardWebhooks',
		secret: `whsec_${Buffer.from(SECRET).toString('base64')}`,
	},
	hubspot: { method: 'hmac', preset: 'hubspot', secret: SECRET },
	square: { method: 'hmac', preset: 'square', secret: SECRET },
	basic: { method: 'basic', user: 'linda', secret: SECRET },
	header: { method: 'header', headerName: 'X-Secret', secret: SECRET },
	query: { method: 'query', queryName: 'token', secret: SECRET },
};

/** @type {Awaited<ReturnType<typeof startReceiver>>} */
let receiver;
beforeEach(async () => {
	receiver = await startReceiver();
});
afterEach(() => receiver.close());

/**
 * A published trigger, and the node of its workflow that sends test events or asks about it.
 *
 * @param {typeof PROVIDERS[number]} provider
 * @param {{ credential?: Record<string, unknown>, trigger?: object, parameters?: object }} [options]
 */
function stage(provider, { credential = METHODS.hmac, trigger = {}, parameters = {} } = {}) {
	const [webhookId, workflowId, nodeId] = [randomUUID(), randomUUID(), randomUUID()];
	const path = `${webhookId}/${provider.path}`;
	const all = { authentication: 'credential', ...provider.parameters, ...parameters };
	receiver.published.set(path, {
		trigger: {
			source: provider.source,
			credential,
			events: all.events,
			parameters: all,
			nodeId,
			workflowId,
			...trigger,
		},
	});
	const node = {
		id: nodeId,
		type: provider.trigger,
		name: 'The Trigger',
		webhookId,
		parameters: all,
	};
	const setting = { beside: [node], workflowId, webhookBaseUrl: receiver.base };
	return {
		path,
		url: `${receiver.base}/${path}`,
		workflowId,
		nodeId,
		node,
		setting,
		/**
		 * @param {string} name
		 * @param {Record<string, unknown>} [given]
		 * @param {Parameters<typeof runOperation>[4]} [changes]
		 */
		run: (name, given = {}, changes = {}) =>
			runOperation(
				setting,
				provider.action,
				`webhook:${name}`,
				given,
				/** @type {any} */ (changes),
			),
		/** @param {Record<string, unknown> | undefined} own the credential of the node @param {object} [given] */
		async test(own = credential, given = provider.event, changes = {}) {
			const credentials = own && { [provider.source.credential.name]: own };
			const { json, ...run } = await runOperation(
				setting,
				provider.action,
				'webhook:sendTestEvent',
				{ ...given },
				/** @type {any} */ ({ credentials, ...changes }),
			);
			return { ...run, item: json[0] };
		},
	};
}

describe.each(PROVIDERS)('Send Test Event of $label', (provider) => {
	test('reaches the trigger of the workflow, and says that it was accepted', async () => {
		const { test: send, url } = stage(provider);
		const { item, error, hints } = await send();
		expect(error).toBeUndefined();
		expect(item).toMatchObject({ accepted: true, status: 200, event: provider.type, url });
		expect(item.meaning).toContain('Accepted');
		expect(hints).toEqual([]);
		expectShape(provider.folder, 'webhook:sendTestEvent', [item]);
		expect(receiver.started).toMatchObject([
			{ source: 'testEvent', event: provider.type, eventKey: expect.stringContaining(':test:') },
		]);
	});

	test('says of another credential what to do', async () => {
		const { test: send } = stage(provider);
		const { item, hints } = await send({ ...METHODS.hmac, secret: 'another secret of the test' });
		expect(item).toMatchObject({
			accepted: false,
			status: 401,
			answer: expect.stringContaining('The signature does not match.'),
			meaning: expect.stringContaining('choose the same in both'),
		});
		expect(hints).toHaveLength(1);
		expect(receiver.started).toEqual([]);
	});

	test('reaches the trigger of another workflow by its URL', async () => {
		const { url } = stage(provider);
		const { test: send } = stage(provider);
		const { item } = await send(METHODS.hmac, {
			...provider.event,
			triggerFrom: 'url',
			productionUrl: url,
		});
		expect(item).toMatchObject({ accepted: true, url });
	});

	test('says that a workflow is not published', async () => {
		const { test: send, path } = stage(provider);
		receiver.published.delete(path);
		expect((await send()).item).toMatchObject({
			accepted: false,
			status: 404,
			meaning: expect.stringContaining('publish the workflow'),
		});
	});
});

describe('a credential', () => {
	test.each(Object.entries(METHODS))(
		'of the method %s works, and sends no secret',
		async (_, data) => {
			const { test: send } = stage(JOFI, { credential: data });
			expect((await send(data)).item).toMatchObject({ accepted: true });
			const { secret } = data;
			const sent = JSON.stringify(receiver.requests);
			for (const text of [
				secret,
				Buffer.from(secret).toString('base64'),
				encodeURIComponent(secret),
			])
				expect(sent).not.toContain(text);
		},
	);

	test('that is missing here is asked for', async () => {
		const { test: send } = stage(JOFI);
		const { item } = await send(undefined, JOFI.event, { credentials: {} });
		expect(item).toMatchObject({
			status: 401,
			meaning: expect.stringContaining('choose its credential in this node'),
		});
	});

	test('that is not complete is named, and nothing is sent', async () => {
		const { test: send } = stage(JOFI);
		const { error } = await send({ ...METHODS.header, secret: '' });
		expect([error.message, error.description]).toEqual([
			'The webhook credential is not complete',
			'The secret is missing. Nothing was sent.',
		]);
		expect(receiver.requests).toEqual([]);
	});

	test('is not needed where the trigger accepts everything', async () => {
		const { test: send } = stage(JOFI, { parameters: { authentication: 'none' } });
		expect((await send(undefined, JOFI.event, { credentials: {} })).item.accepted).toBe(true);
	});

	test('does not help where addresses decide, and the answer says that it is right so', async () => {
		const parameters = { authentication: 'address', ipAllowlist: '198.51.100.1' };
		const { test: send } = stage(PROVIDERS[3], { trigger: { credential: undefined }, parameters });
		const { item } = await send(undefined, PROVIDERS[3].event, { credentials: {} });
		expect(item).toMatchObject({
			accepted: false,
			status: 403,
			meaning: expect.stringContaining('IP allowlist'),
		});
	});
});

test('Regpack is called with GET where the trigger is', async () => {
	const { test: send } = stage(PROVIDERS[2], { parameters: { settings: { httpMethod: 'GET' } } });
	expect((await send()).item).toMatchObject({ accepted: true });
	expect(receiver.requests).toMatchObject([{ method: 'GET', body: '' }]);
	expect(receiver.started[0]?.payload).not.toHaveProperty('talentEventsTest');
});

describe('what came back is told apart:', () => {
	/** @type {[string, (response: import('node:http').ServerResponse) => void, object, string][]} */
	const ANSWERS = [
		[
			'an n8n that starts',
			(response) => void response.end('n8n is starting up. Please wait'),
			{ status: 200 },
			'not the trigger',
		],
		[
			'a redirect',
			(response) => void response.writeHead(302, { location: 'http://198.51.100.1/' }).end(),
			{ status: 302 },
			'was not followed',
		],
		[
			'a proxy that wants a login',
			(r) => void r.writeHead(401).end('<html>'),
			{ status: 401 },
			'A proxy',
		],
		[
			'a proxy without n8n',
			(r) => void r.writeHead(502).end('<html>'),
			{ status: 502 },
			'could not reach n8n',
		],
		[
			'a body that is too large',
			(r) => void r.writeHead(413).end('{"message":"x"}'),
			{ status: 413 },
			'too large',
		],
		[
			'a fault of n8n',
			(r) => void r.writeHead(500).end('{"message":"x"}'),
			{ status: 500 },
			"n8n's log",
		],
		[
			'a trigger that has too much in work',
			(r) => void r.writeHead(503).end('{"message":"Too many deliveries at once."}'),
			{ status: 503 },
			'too much in work',
		],
		[
			'a workflow that failed',
			(r) => void r.writeHead(500, { 'talent-events-result': 'accepted' }).end('{}'),
			{ status: 500 },
			'which failed',
		],
		[
			'a connection that breaks',
			(r) => void r.destroy(),
			{ status: null, answer: null },
			'could not reach',
		],
	];
	test.each(ANSWERS)('%s', async (_, answer, expected, meaning) => {
		const { test: send, path } = stage(JOFI);
		receiver.published.set(path, { answer });
		const { item } = await send();
		expect(item).toMatchObject({ accepted: false, ...expected });
		expect(item.meaning).toContain(meaning);
		expect(receiver.requests).toHaveLength(1);
	});

	test('filters that keep the event away', async () => {
		const { test: send } = stage(JOFI, { parameters: { events: ['invitation.created'] } });
		expect((await send()).item).toMatchObject({
			accepted: false,
			status: 200,
			meaning: expect.stringContaining('select it in Trigger On'),
		});
	});
});

describe('nothing is sent', () => {
	test.each([
		['another host', 'http://198.51.100.1/webhook/a/jofi'],
		['a host that begins alike', '{origin}.example/webhook/a/jofi'],
		['this n8n in the user of another', 'http://127.0.0.1@198.51.100.1/webhook/a/jofi'],
		['another port', 'http://127.0.0.1:1/webhook/a/jofi'],
		['another name of this machine', 'http://localhost/webhook/a/jofi'],
		['another protocol', 'file:///webhook/a/jofi'],
		['another part of n8n', '{origin}/rest/login'],
		['a way out of the webhooks', '{base}/../rest/jofi'],
		['an encoded way out', '{base}/%2e%2e/rest/jofi'],
		['an encoded slash', '{base}/a%2fb/jofi'],
		['a path that begins alike', '{origin}/webhooks/a/jofi'],
		['a test URL', '{origin}/webhook-test/a/jofi'],
		['a query', '{base}/a/jofi?token=1'],
		['a user', 'http://linda:secret@{host}/webhook/a/jofi'],
		["another trigger's URL", '{base}/a/jobaffinity'],
		["a Webhook node's URL", '{base}/a'],
		['no URL', ''],
		['no address', 'the URL of JOFI'],
	])('to %s', async (_, productionUrl) => {
		const url = productionUrl
			.replace('{origin}', receiver.origin)
			.replace('{base}', receiver.base)
			.replace('{host}', new URL(receiver.origin).host);
		const { test: send } = stage(JOFI);
		const { error, item } = await send(METHODS.header, {
			...JOFI.event,
			triggerFrom: 'url',
			productionUrl: url,
		});
		expect(item).toBeUndefined();
		expect(error.description).toContain('Nothing was sent.');
		expect(receiver.requests).toEqual([]);
	});

	test('in a circle', async () => {
		const { node, setting } = stage(JOFI);
		const { error } = await runOperation(
			{ ...setting, beside: [], before: [node] },
			'jofi',
			'webhook:sendTestEvent',
			JOFI.event,
			{ mode: 'manual', credentials: {} },
		);
		expect(error.message).toContain('each test event would send another');
		expect(receiver.requests).toEqual([]);
	});

	test('more than ten times a minute', async () => {
		const { setting } = stage(JOFI);
		const { json } = await runOperation(
			setting,
			'jofi',
			'webhook:sendTestEvent',
			JOFI.event,
			/** @type {any} */ ({
				credentials: { jofiWebhookApi: METHODS.hmac },
				items: Array.from({ length: 30 }, () => ({ json: {} })),
				onError: 'continueRegularOutput',
			}),
		);
		expect(json.filter(({ accepted }) => accepted)).toHaveLength(10);
		expect(json.filter(({ error }) => error?.includes('within a minute'))).toHaveLength(20);
		expect(receiver.requests).toHaveLength(10);
	});

	test('where it is not clear to which trigger', async () => {
		const { setting, node } = stage(JOFI);
		const beside = [node, { ...node, id: randomUUID(), name: 'Another', webhookId: randomUUID() }];
		const run = (/** @type {object} */ given) =>
			runOperation(
				{ ...setting, beside },
				'jofi',
				'webhook:sendTestEvent',
				{ ...JOFI.event, ...given },
				{
					credentials: {},
				},
			);
		expect((await run({})).error.message).toBe('This workflow has several JOFI Triggers');
		expect((await run({ triggerName: 'None' })).error.message).toContain('named "None"');
		expect((await run({ triggerName: 'The Trigger' })).json[0]).toMatchObject({ status: 401 });
		const none = await runOperation(
			{ ...setting, beside: [] },
			'jofi',
			'webhook:sendTestEvent',
			JOFI.event,
			{
				credentials: {},
			},
		);
		expect(none.error.message).toBe('This workflow has no JOFI Trigger');
	});

	test('for an event that does not exist', async () => {
		const { test: send } = stage(JOFI);
		const { error } = await send(METHODS.hmac, { event: 'delivery.refused' });
		expect(error.message).toBe('There is no JOFI event "delivery.refused"');
	});
});

describe.each(PROVIDERS)('at $label', (provider) => {
	test('Get Deliveries lists what came, the newest first', async () => {
		const { test: send, run, workflowId } = stage(provider);
		await send();
		await send({ ...METHODS.hmac, secret: 'another secret of the test' });
		const { json, hints } = await run('getDeliveries', { limit: 50 }, { credentials: {} });
		expect(json).toMatchObject([
			{ outcome: 'refused', status: 401, reason: 'The signature does not match.', event: null },
			{ outcome: 'accepted', status: 200, reason: null, event: provider.type, events: 1 },
		]);
		expect(json[0]).toMatchObject({
			workflowId,
			process: 'main',
			address: '127.0.0.1',
			note: null,
		});
		expect(json[0].bytes).toBeGreaterThan(40);
		expectShape(provider.folder, 'webhook:getDeliveries', json);
		expect(hints).toEqual([]);
		expect((await run('getDeliveries', { limit: 1 })).json).toHaveLength(1);
		expect(JSON.stringify(json)).not.toContain(SECRET);
	});

	test('Get Health sums it up, names the reason and what to do', async () => {
		const { test: send, run } = stage(provider);
		const before = await run('getHealth');
		expect(before.json).toMatchObject([{ works: null, accepted: null, trigger: 'The Trigger' }]);
		await send();
		expect((await run('getHealth')).json).toMatchObject([{ works: true, accepted: 1, refused: 0 }]);
		await new Promise((resolve) => setTimeout(resolve, 5));
		for (let times = 0; times < 2; times++)
			await send({ ...METHODS.hmac, secret: 'another secret of the test' });
		const { json } = await run('getHealth', {}, { credentials: {} });
		expect(json).toMatchObject([
			{
				works: false,
				accepted: 1,
				refused: 2,
				refusals: [{ reason: 'The signature does not match.', status: 401, count: 2 }],
				process: 'main',
			},
		]);
		expect(json[0].summary).toContain('was the secret changed?');
		expectShape(provider.folder, 'webhook:getHealth', [...before.json, ...json]);
	});
});

test('another workflow is found by its ID, and one that received nothing says so', async () => {
	const [one, other] = [stage(JOFI), stage(JOFI)];
	await one.test();
	const { json } = await other.run('getHealth', { workflowId: one.workflowId });
	expect(json).toMatchObject([{ accepted: 1, workflowId: one.workflowId }]);
	expect((await other.run('getHealth', { workflowId: 'none' })).json).toMatchObject([
		{ works: null, trigger: null, summary: expect.stringContaining('Nothing was received') },
	]);
	const { json: none, hints } = await other.run('getDeliveries');
	expect([none, hints.map(({ message }) => message)]).toEqual([
		[],
		[expect.stringContaining('each process knows only its own')],
	]);
	expect((await one.run('getHealth', { triggerName: 'Other' })).error.message).toBe(
		'This workflow has no JOFI Trigger named "Other"',
	);
	const alone = { ...one.setting, beside: [] };
	const { error } = await runOperation(alone, 'jofi', 'webhook:getHealth', {}, { credentials: {} });
	expect(error.message).toBe('This workflow has no JOFI Trigger');
});

test('in a worker, which receives nothing, both say that and what to do', async () => {
	const { run, setting } = stage(JOFI);
	const { instanceSettings } = /** @type {any} */ (
		executeContext({ ...setting, node: { type: 'jofi' } })
	);
	instanceSettings.instanceType = 'worker';
	try {
		for (const name of ['getHealth', 'getDeliveries']) {
			const { json, hints } = await run(name);
			expect(json).toHaveLength(1);
			expect(json[0].process).toBe('worker');
			expect(json[0].summary ?? json[0].note).toContain('ran in a worker');
			expect(hints.map(({ message }) => message)).toEqual([
				expect.stringContaining('add Delivery Refused to Trigger On'),
			]);
			expectShape('Jofi', `webhook:${name}`, json);
		}
	} finally {
		instanceSettings.instanceType = 'main';
	}
});

test('the API credential is asked for only where the API is', () => {
	for (const { action } of PROVIDERS.slice(0, 3)) {
		const { credentials } = /** @type {any} */ (loader.nodeTypes[action].type.description);
		const [api, webhook] = credentials;
		for (const operation of ['getDeliveries', 'getHealth', 'sendTestEvent'])
			expect([api.displayOptions.hide.operation, api.displayOptions.hide.resource].flat()).toEqual(
				expect.arrayContaining([action === 'regpack' ? 'webhook' : operation]),
			);
		expect(api.displayOptions.hide.operation ?? []).not.toContain('getStatus');
		expect(webhook).toMatchObject({ name: `${action}WebhookApi`, required: false });
	}
});

test('deliveries by hand are seen, too', async () => {
	const { nodeId, workflowId, run } = stage(JOFI);
	await deliver({ nodeId, workflowId, body: '{"type":"team.renamed","id":"evt_by_hand"}' });
	expect((await run('getDeliveries')).json).toMatchObject([
		{ event: 'team.renamed', eventKey: 'jofi:team.renamed:evt_by_hand' },
	]);
});
