import { randomUUID } from 'node:crypto';

import { jobaffinityWebhooks } from '#dist/nodes/JobAffinity/provider.js';
import { jofi } from '#dist/nodes/Jofi/provider.js';
import { regpackWebhooks } from '#dist/nodes/Regpack/provider.js';
import { processEvents } from '#dist/nodes/shared/events/process.js';
import {
	markedJson,
	markedQuery,
	proofScheme,
	testIn,
} from '#dist/nodes/shared/webhook/testEvent.js';
import { presets } from '#dist/nodes/shared/webhook/verification/signatureScheme.js';
import { signDelivery } from '#dist/nodes/shared/webhook/verification/sign.js';
import { executeContext, ProcessedRow } from '../../executeContext.mjs';
import { deliver } from '../../webhookContext.mjs';

/** @typedef {import('../../webhookContext.mjs').Delivery} Delivery */

const SECRET = 'a-secret-of-the-test';
const SAMPLE = /** @type {any} */ (jofi.events[2].sample);
const ID = '7f0c2f0e-5c3e-4a55-9d2f-0123456789ab';

const github = { method: 'hmac', preset: 'github', secret: SECRET };
const shown = { method: 'header', headerName: 'x-secret', secret: SECRET };

/** @param {string} body @param {string} [secret] */
const signed = (body, secret = SECRET) =>
	signDelivery({ body: Buffer.from(body), timestamp: '', id: '' }, presets.github, [secret]);

/** @param {string} body @param {{ secret?: string, secondsAgo?: number }} [options] */
function proven(body, { secret = SECRET, secondsAgo = 0 } = {}) {
	const timestamp = String(Math.floor(Date.now() / 1000) - secondsAgo);
	return signDelivery({ body: Buffer.from(body), timestamp, id: '' }, proofScheme, [secret]);
}

let nodes = 0;
const newTrigger = () => ({ nodeId: `tested ${++nodes}` });

describe('the mark', () => {
	test.each([
		['JSON', markedJson(ID, { type: 'a', n: [1] }), '{"type":"a","n":[1]}'],
		['an empty object', markedJson(ID, {}), '{}'],
		[
			'a query',
			markedQuery(ID, { a: 'b c', doc: { d: 'e' } }),
			'a=b+c&doc=%7B%22d%22%3A%22e%22%7D',
		],
	])('is taken off %s', (_, body, rest) => {
		expect(testIn(Buffer.from(body))).toEqual({ id: ID, body: Buffer.from(rest) });
	});

	test.each([
		['no mark', '{"type":"a"}'],
		['another place', `{"type":"a","talentEventsTest":"${ID}"}`],
		['a space before it', ` ${markedJson(ID, {})}`],
		['an ID that is none', '{"talentEventsTest":"../../x","type":"a"}'],
		['nothing', ''],
	])('is not seen in a body with %s', (_, body) => {
		expect(testIn(Buffer.from(body))).toBeUndefined();
	});
});

describe('a test event', () => {
	const body = markedJson(ID, SAMPLE);

	test('says that it is one, has a key of its own, and otherwise is what was sent', async () => {
		const { started, status, headers } = await deliver({
			...newTrigger(),
			credential: github,
			body,
			headers: signed(body),
		});
		expect(status).toBe(200);
		expect(headers).toEqual({ 'talent-events-result': 'accepted' });
		expect(started).toMatchObject({
			source: 'testEvent',
			event: 'test_taker.created',
			eventKey: `jofi:test:${ID}:0`,
			payload: SAMPLE,
		});
	});

	test('is no duplicate of the real event, nor that of it', async () => {
		const trigger = newTrigger();
		const real = JSON.stringify(SAMPLE);
		for (const each of [body, real, markedJson(randomUUID(), SAMPLE)])
			expect((await deliver({ ...trigger, body: each })).started).toBeDefined();
	});

	test.each([
		['not selected', { events: ['invitation.created'] }, 'notSelected'],
		['kept away by filters', { filters: { teams: ['none of it'] } }, 'notSelected'],
	])('that is %s says so', async (_, more, result) => {
		const { started, headers } = await deliver({ ...newTrigger(), body, ...more });
		expect([started, headers]).toEqual([undefined, { 'talent-events-result': result }]);
	});

	test('that is sent again runs once', async () => {
		const trigger = newTrigger();
		const run = { ...trigger, body, parameters: { responseMode: 'lastNode' } };
		expect((await deliver(run)).started).toBeDefined();
		const { started, headers } = await deliver(run);
		expect([started, headers]).toEqual([undefined, { 'talent-events-result': 'duplicate' }]);
	});

	test('is refused without the signature of the secret, as any other', async () => {
		for (const headers of [{}, signed(body, 'another'), signed(JSON.stringify(SAMPLE))]) {
			const {
				status,
				started,
				headers: answered,
			} = await deliver({
				...newTrigger(),
				credential: github,
				body,
				headers,
			});
			expect([status, started, answered]).toEqual([401, undefined, {}]);
		}
	});

	test('of a provider whose API completes events is complete, and asks nothing', async () => {
		const [{ sample }] = jobaffinityWebhooks.provider.events;
		const { items } = await deliver({
			...newTrigger(),
			source: jobaffinityWebhooks,
			body: markedJson(ID, /** @type {any} */ (sample)),
			parameters: { fetchDetails: true },
		});
		const { context } = executeContext({ row: new ProcessedRow(), items });
		const [[{ json }]] = await processEvents(context, jobaffinityWebhooks);
		expect(json).toMatchObject({
			source: 'testEvent',
			eventKey: `jobaffinity:test:${ID}:0`,
			person: { name: expect.any(String) },
			application: { stage: expect.any(String) },
		});
	});

	test('of a provider whose answers mean something says so in the header', async () => {
		const events = 'user_complete';
		const query = markedQuery(ID, { user_info: { clogin_id: '7' } });
		const {
			started,
			body: answer,
			headers,
		} = await deliver({
			...newTrigger(),
			source: regpackWebhooks,
			events,
			method: 'GET',
			url: `/webhook/1/user_complete?${query}`,
		});
		expect([answer, headers]).toEqual([{}, { 'talent-events-result': 'accepted' }]);
		expect(started).toMatchObject({
			source: 'testEvent',
			payload: { user_info: { clogin_id: '7' } },
		});
	});
});

describe('where real deliveries show their secret, a test event', () => {
	const body = markedJson(ID, SAMPLE);
	const basic = { method: 'basic', user: 'linda', secret: SECRET };
	const query = { method: 'query', queryName: 'token', secret: SECRET };

	test.each([
		['a header', shown, SECRET],
		['a password', basic, `linda:${SECRET}`],
		['the query', query, SECRET],
		[
			'a header with previous secrets',
			{ ...shown, secret: 'newer', previousSecrets: SECRET },
			SECRET,
		],
	])('proves that it knows what is in %s', async (_, credential, secret) => {
		const headers = proven(body, { secret });
		expect(JSON.stringify(headers)).not.toContain(SECRET);
		const { status, started } = await deliver({ ...newTrigger(), credential, body, headers });
		expect([status, started?.source]).toEqual([200, 'testEvent']);
	});

	test.each([
		['another secret', { headers: proven(body, { secret: 'another' }) }],
		['another body', { headers: proven(markedJson(ID, {})) }],
		['a proof that is too old', { headers: proven(body, { secondsAgo: 400 }) }],
		['a proof for later', { headers: proven(body, { secondsAgo: -400 }) }],
		['another user', { credential: basic, headers: proven(body, { secret: `max:${SECRET}` }) }],
		['no proof', { headers: { 'talent-events-signature': 't=1,v1=' } }],
	])('is refused with %s', async (_, more) => {
		const { status, started } = await deliver({
			...newTrigger(),
			credential: shown,
			body,
			...more,
		});
		expect([status, started]).toEqual([401, undefined]);
	});

	test('cannot be sent again by who saw it', async () => {
		const trigger = { ...newTrigger(), credential: shown, body, headers: proven(body) };
		const run = { ...trigger, parameters: { responseMode: 'lastNode' } };
		expect((await deliver(run)).started).toBeDefined();
		expect((await deliver(run)).started).toBeUndefined();
	});

	test('does not get around an IP allowlist, nor make a credential that is not complete work', async () => {
		const headers = proven(body);
		const cases = [
			[{ ...shown, ipAllowlist: '198.51.100.1' }, 403],
			[{ ...shown, headerName: '' }, 401],
			[{ method: 'address', ipAllowlist: '198.51.100.1' }, 403],
			[{ ...github, secret: 'another' }, 401],
		];
		for (const [credential, expected] of cases) {
			const { status, started } = await deliver({
				...newTrigger(),
				credential: /** @type {any} */ (credential),
				body,
				headers,
			});
			expect([status, started]).toEqual([expected, undefined]);
		}
	});
});
