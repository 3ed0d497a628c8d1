import { createHmac } from 'node:crypto';

import { innovativeEducatorsWebhooks } from '#dist/nodes/InnovativeEducators/provider.js';
import { jobaffinityWebhooks } from '#dist/nodes/JobAffinity/provider.js';
import { jofiWebhooks } from '#dist/nodes/Jofi/provider.js';
import { regpackWebhooks } from '#dist/nodes/Regpack/provider.js';
import { processEvents } from '#dist/nodes/shared/events/process.js';
import { credentialFrom } from '../../../providers/vendors/settings.mjs';
import { executeContext, ProcessedRow } from '../../executeContext.mjs';
import { deliver } from '../../webhookContext.mjs';

const SECRET = 'agreed-with-the-representative';
const EVENT = {
	id: 'evt_1',
	type: 'test_taker.created',
	object: 'event',
	created_at: '2026-02-03T12:43:36.744Z',
	data: {
		object: { object: 'test_taker', id: 1, first_name: 'Linda', team: { display_name: 'HR' } },
	},
};
const BODY = JSON.stringify(EVENT);
const GITHUB = { method: 'hmac', preset: 'github', secret: SECRET };

/** @param {string} [body] @param {string} [secret] */
const signed = (body = BODY, secret = SECRET) => ({
	'content-type': 'application/json',
	'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
});

/** @typedef {Partial<Parameters<typeof deliver>[0]>} Delivery */

/** @param {Delivery} [changes] */
const listen = (changes) =>
	deliver({ mode: 'manual', body: BODY, headers: signed(), credential: GITHUB, ...changes });

describe('in a test run', () => {
	test.each([
		[
			'a wrong secret',
			{ headers: signed(BODY, 'not the secret') },
			401,
			/but the secret does not match\./,
		],
		['an altered body', { headers: signed(' ') }, 401, /but the secret does not match\./],
		['no signature', { headers: {} }, 401, /^A delivery came that is not signed/],
		[
			'another address',
			{ credential: { ...GITHUB, ipAllowlist: '198.51.100.7' } },
			403,
			/^A delivery came from 203\.0\.113\.7, which is not on the IP allowlist\.$/,
		],
		[
			'no secret yet',
			{ credential: { ...GITHUB, secret: '' } },
			401,
			/There is no secret to check it with\.$/,
		],
		[
			'a body that is no JSON, though its sender is right',
			{ body: 'hello', headers: signed('hello') },
			400,
			/^JOFI sent a delivery, but it was refused: The body is not JSON\.$/,
		],
		[
			'a credential that was deleted',
			{ credential: new Error('gone') },
			503,
			/^JOFI sent an event that could not be received\.$/,
		],
	])(
		'a delivery with %s ends the listening with what to do',
		async (_, changes, status, reason) => {
			const { items, ...answer } = await listen(changes);
			expect(answer.status).toBe(status);
			expect(Object.keys(answer.body ?? {})).toEqual(['message']);
			expect(items).toHaveLength(1);
			const [item] = items;
			expect(Object.keys(item)).toEqual(['accepted', 'reason', 'howToFix', 'settings']);
			expect(item).toMatchObject({ accepted: false, reason: expect.stringMatching(reason) });
			expect(item.howToFix).not.toBe('');
			expect(JSON.stringify(item)).not.toContain(SECRET);
		},
	);

	test('the settings that it tells accept the next delivery', async () => {
		const headers = {
			'content-type': 'application/json',
			'x-jofi-signature': createHmac('sha512', SECRET).update(BODY).digest('base64'),
		};
		const { items, status } = await listen({ headers });
		expect(status).toBe(401);
		const credential = {
			...credentialFrom(/** @type {any} */ (items[0]).settings),
			secret: SECRET,
		};
		const next = await listen({ headers, credential });
		expect(next.status).toBe(200);
		expect(next.started).toMatchObject({ event: 'test_taker.created', unprocessed: true });
	});

	test('a URL that is signed is the test URL or the production URL', async () => {
		const productionUrl = 'https://n8n.example/webhook/1/jofi';
		const square = (/** @type {string} */ url) => ({
			'x-square-hmacsha256-signature': createHmac('sha256', SECRET)
				.update(`${url}?a=1${BODY}`)
				.digest('base64'),
		});
		const changes = { productionUrl, url: '/webhook-test/1/jofi?a=1' };
		const found = await listen({ ...changes, headers: square(productionUrl) });
		expect(found.items[0]).toMatchObject({ settings: { 'Signature Style': 'Square' } });
		const insecure = await listen({
			...changes,
			headers: square(productionUrl.replace('https', 'http')),
		});
		expect(insecure.items[0].reason).toContain('signs a URL at http://n8n.example');
	});

	test('an event that is not selected, or is filtered out, says so and is answered as ever', async () => {
		const other = await listen({ events: ['invitation.created'] });
		expect([other.status, other.body]).toEqual([200, { message: 'Not listened to.' }]);
		expect(other.items).toEqual([
			{
				accepted: false,
				reason:
					'JOFI sent Test Taker Created (test_taker.created), which is not selected in Trigger On.',
				howToFix: 'Select it in Trigger On if you want this event.',
				settings: null,
			},
		]);
		const filtered = await listen({ filters: { teams: ['Sales'] } });
		expect([filtered.status, filtered.body]).toEqual([200, { message: 'Not listened to.' }]);
		expect(filtered.items[0]).toMatchObject({
			accepted: false,
			reason:
				'JOFI sent Test Taker Created (test_taker.created), but the filter Teams keeps it away.',
			howToFix: 'Change Teams under Filters in the trigger if you want this event.',
		});
	});

	test('the name of an unknown event is short, whatever was sent', async () => {
		const body = JSON.stringify({ ...EVENT, type: `<b>\n${'x'.repeat(100_000)}` });
		const { items } = await listen({ body, headers: signed(body), events: ['invitation.created'] });
		expect(JSON.stringify(items).length).toBeLessThan(600);
	});

	test('a duplicate runs, with a hint that a published workflow would skip it', async () => {
		const nodeId = 'hinted';
		expect((await listen({ nodeId })).hints).toEqual([]);
		await deliver({ body: BODY, headers: signed(), credential: GITHUB, nodeId });
		const again = await listen({ nodeId });
		expect(again.started).toMatchObject({ event: 'test_taker.created' });
		expect(again.hints).toContainEqual(expect.stringMatching(/^n8n has received this before\./));
		const off = await listen({ nodeId, settings: { skipDuplicates: false } });
		expect(off.hints).not.toContainEqual(expect.stringMatching(/received this before/));
	});

	test.each([
		['JobAffinity', jobaffinityWebhooks, /^Ask JobAffinity's support/],
		['Regpack', regpackWebhooks, /^Regpack signs nothing\./],
		['Innovative Educators', innovativeEducatorsWebhooks, /^Innovative Educators signs nothing\./],
		['JOFI', jofiWebhooks, /^Ask your JOFI representative/],
	])('%s has its own advice for a delivery that proves nothing', async (_, source, advice) => {
		const { items } = await listen({ source, headers: {} });
		expect(items[0].howToFix).toMatch(advice);
	});

	test('a GET request whose secret has another name is told its name', async () => {
		const { items } = await listen({
			source: regpackWebhooks,
			method: 'GET',
			url: `/webhook-test/1?key=${SECRET}&a=1`,
			headers: {},
			body: '',
			credential: { method: 'query', queryName: 'token', secret: SECRET },
		});
		expect(items[0]).toMatchObject({
			settings: { Method: 'Secret in the URL', 'URL Parameter': 'key' },
		});
		expect(JSON.stringify(items)).not.toContain(SECRET);
	});

	test('a large body, many headers and a body that breaks off are answered and explained', async () => {
		const large = Buffer.alloc(2_000_000, 97);
		const many = Object.fromEntries(
			Array.from({ length: 300 }, (_, n) => [`x-signature-${n}`, 'ab'.repeat(32)]),
		);
		const broken = { bodyError: new Error('aborted') };
		for (const changes of [{ body: large }, { headers: many }, { ...broken, headers: {} }]) {
			const { items, status } = await listen({ headers: signed(BODY, 'no'), ...changes });
			expect(status).toBeGreaterThanOrEqual(400);
			expect(items).toHaveLength(1);
			expect(JSON.stringify(items).length).toBeLessThan(3000);
		}
	});
});

describe('a published trigger', () => {
	test.each([
		['a wrong secret', { headers: signed(BODY, 'not the secret') }, 401],
		['no signature', { headers: {} }, 401],
		['an event that is not selected', { events: ['invitation.created'] }, 200],
	])('starts no execution for %s', async (_, changes, status) => {
		const answer = await listen({ mode: 'webhook', ...changes });
		expect([answer.status, answer.items]).toEqual([status, []]);
	});
});

describe('the item of a delivery that was not accepted', () => {
	const notice = {
		accepted: false,
		reason: 'JOFI sent an event, but the secret does not match.',
		howToFix: 'Open the credential and paste the secret again.',
		settings: { Method: 'Signature', 'Signature Style': 'GitHub', 'Signature Prefix': '' },
	};

	/** @param {{ destination?: unknown, children?: { disabled: boolean }[], continues?: boolean }} [run] */
	async function run({ destination, children = [{ disabled: false }], continues = false } = {}) {
		const { context, hints } = executeContext({
			row: new ProcessedRow(),
			mode: 'manual',
			items: [notice],
		});
		Object.assign(context, {
			runExecutionData: { startData: { destinationNode: destination } },
			getChildNodes: () => children,
			continueOnFail: () => continues,
		});
		const output = await processEvents(context, jofiWebhooks).catch((error) => ({ error }));
		return { output, hints };
	}

	test.each([
		['Execute step', { destination: { nodeName: 'JOFI Trigger', mode: 'inclusive' } }],
		['Execute step in an older n8n', { destination: 'JOFI Trigger' }],
		['a trigger that nothing follows', { children: [] }],
		['a trigger that only disabled nodes follow', { children: [{ disabled: true }] }],
	])('is shown with a hint: %s', async (_, options) => {
		const { output, hints } = await run(options);
		expect(output).toEqual([[{ json: notice, pairedItem: { item: 0 } }]]);
		expect(hints).toEqual([
			{
				message:
					'JOFI sent an event, but the secret does not match. Open the credential and paste the secret again.<br />Method: Signature<br />Signature Style: GitHub<br />Signature Prefix: (empty)',
				type: 'warning',
				location: 'outputPane',
			},
		]);
	});

	test.each([
		['Execute workflow', {}],
		['Execute step of a later node', { destination: { nodeName: 'Send Email' } }],
	])('starts no other node: %s', async (_, options) => {
		const { output } = await run(options);
		expect(output).toMatchObject({
			error: {
				message: 'JOFI sent an event, but the secret does not match.',
				description:
					'Open the credential and paste the secret again.<br />Method: Signature · Signature Style: GitHub · Signature Prefix: (empty)',
			},
		});
	});

	test('starts no other node where errors go on, either', async () => {
		const { output, hints } = await run({ continues: true });
		expect(output).toEqual([[]]);
		expect(hints).toHaveLength(1);
	});
});
