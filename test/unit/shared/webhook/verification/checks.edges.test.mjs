import { createHmac } from 'node:crypto';
import fc from 'fast-check';

import * as checks from '#dist/nodes/shared/webhook/verification/checks.js';
import { headerOf } from '#dist/nodes/shared/webhook/request.js';
import { receiveDelivery } from '#dist/nodes/shared/webhook/receive.js';
import { verificationConfig } from '#dist/nodes/shared/webhook/verification/config.js';
import { regpackWebhooks } from '#dist/nodes/Regpack/provider.js';
import { jofiWebhooks } from '#dist/nodes/Jofi/provider.js';
import { caught } from '../../../events.mjs';
import { deliver, webhookContext } from '../../../webhookContext.mjs';

const checkCaller = caught(checks.checkCaller);

const secret = 'not-a-real-secret';
const custom = { method: 'hmac', preset: 'custom', signatureHeader: 'X-Signature', secret };
/** @param {string} text */
const signed = (text) => ({
	'x-signature': createHmac('sha256', secret).update(text).digest('hex'),
});

describe('the signature of a GET request', () => {
	/**
	 * @param {string} query
	 * @param {Record<string, string>} [headers]
	 * @param {object} [credential]
	 */
	const get = (query, headers = signed(query), credential) =>
		deliver({
			source: regpackWebhooks,
			events: 'login_success',
			method: 'GET',
			url: `/webhook/1?${query}`,
			headers,
			credential: { ...custom, ...credential },
		});

	test.each([
		'a=1&b=2',
		'a=%20x',
		"a='",
		'a=b+c',
		'a[]=1',
		'a=%c3%BC',
		'a=~!*()',
		'a=1&&b',
		'a=b=c?d',
	])('is that of its query as it was sent: %s', async (query) => {
		expect((await get(query)).items).toHaveLength(1);
	});

	test.each(['a=%20x', 'a=%c3%BC'])('is not that of an equivalent query: %s', async (query) => {
		const other = new URLSearchParams(query).toString();
		expect((await get(query, signed(other))).status).toBe(401);
	});

	test('covers a field that is named like a secret', async () => {
		const [item] = (await get('token=1&a=2')).items;
		// It is verified, but not passed on.
		expect(item).toMatchObject({ payload: { a: '2' } });
	});

	test('is that of nothing without a query', async () => {
		expect((await get('', signed(''))).status).not.toBe(401);
	});

	test('can cover the URL', async () => {
		const url = "https://n8n.example/webhook/1/jofi?a=%20'";
		const credential = { signed: '{method} {url} {body}' };
		expect((await get("a=%20'", signed(`GET ${url} a=%20'`), credential)).items).toHaveLength(1);
		expect((await get("a=%20'", signed(`POST ${url} a=%20'`), credential)).status).toBe(401);
	});
});

test('a test run of a sender that signs the URL is verified by the test URL', async () => {
	const body = JSON.stringify({ type: 'test_taker.created' });
	const delivery = {
		body,
		mode: /** @type {const} */ ('manual'),
		credential: { ...custom, signed: '{url}{body}' },
		headers: signed(`https://n8n.example/webhook-test/1/jofi${body}`),
	};
	const { context, response } = webhookContext(delivery);
	context.getWebhookResourceUrl = () => 'https://n8n.example/webhook-test/1/jofi';
	expect((await receiveDelivery(context, jofiWebhooks)).workflowData).toBeDefined();
	expect(response.ended).toBe(false);
});

describe('what every object inherits is no header', () => {
	const names = ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf'];

	test.each(names)('%s is absent unless it was sent', (name) => {
		expect(headerOf({ headers: {} }, name)).toBe('');
		const headers = Object.fromEntries([[name.toLowerCase(), 'sent']]);
		expect(headerOf({ headers }, name)).toBe('sent');
	});

	test.each(names)(
		'a credential that names %s rejects deliveries instead of failing',
		async (name) => {
			for (const credential of [
				{ ...custom, signatureHeader: name },
				{ method: 'header', headerName: name, secret },
				{ ...custom, idHeader: name, signed: '{id}{body}' },
				{ ...custom, timestampHeader: name, signed: '{timestamp}{body}' },
			]) {
				const { status, log } = await deliver({
					body: '{}',
					credential,
					headers: { 'x-signature': '00' },
				});
				expect({ status, log }).toMatchObject({ status: 401, log: [{ level: 'warn' }] });
			}
		},
	);

	test.each(names)('a signed content of %s is its text', async (name) => {
		const body = '{"type":"test_taker.created"}';
		expect(
			(
				await deliver({
					body,
					credential: { ...custom, signed: `${name}{body}` },
					headers: signed(name + body),
				})
			).items,
		).toHaveLength(1);
	});

	test.each(names)('a query parameter %s is missing unless it was sent', async (name) => {
		expect(
			checkCaller(
				{ headers: {}, query: {}, address: '' },
				verificationConfig({ method: 'query', queryName: name, secret }),
			)?.sentence,
		).toBe('The secret is missing.');
	});
});

describe('the body is not read', () => {
	const bodyError = new Error('must not be read');
	const timed = { ...custom, timestampHeader: 'x-time', signed: '{timestamp}{body}' };

	test.each([
		['without a signature', custom, {}, 'The signature is missing.'],
		[
			'without the prefix of a signature',
			{ method: 'hmac', preset: 'github', secret },
			{ 'x-hub-signature-256': 'sha1=00' },
			'The signature is missing.',
		],
		[
			'without the message ID',
			{ ...custom, idHeader: 'x-id', signed: '{id}{body}' },
			{ 'x-signature': '00' },
			'The message ID is missing.',
		],
		[
			'without a timestamp',
			timed,
			{ 'x-signature': '00' },
			'The timestamp is missing or unreadable.',
		],
		[
			'of a delivery that is too old',
			timed,
			{ 'x-signature': '00', 'x-time': '1700000000.5' },
			'The timestamp is outside the tolerance.',
		],
	])('%s', async (_, credential, headers, message) => {
		const { status, body, log } = await deliver({ bodyError, credential, headers });
		expect({ status, body }).toEqual({ status: 401, body: { message } });
		expect(log).toEqual([
			expect.objectContaining({ message: `JOFI delivery refused: ${message}` }),
		]);
	});
});

test('a timestamp means the same in every zone of this machine', async () => {
	const zone = process.env.TZ;
	const now = Date.UTC(2026, 1, 3, 12, 43, 36);
	const scheme = { ...custom, timestampHeader: 'x-time', signed: '{timestamp}{body}' };
	/** @param {string} time */
	const check = (time) =>
		checkCaller(
			{ headers: { 'x-signature': '00', 'x-time': time }, query: {}, address: '' },
			verificationConfig(scheme),
			now,
		);
	try {
		for (process.env.TZ of ['Pacific/Auckland', 'America/Los_Angeles', 'UTC']) {
			for (const time of [
				'2026-02-03T12:43:36',
				'2026-02-03 12:43:36',
				'2026-02-03T12:43:36.123456',
				'2026-02-03T12:43',
			])
				expect(check(time)).toBeUndefined();
			expect(check('2026-02-03T14:43:36')?.sentence).toBe(
				'The timestamp is outside the tolerance.',
			);
		}
	} finally {
		if (zone === undefined) delete process.env.TZ;
		else process.env.TZ = zone;
	}
});

test('any timestamp is either accepted or rejected with a sentence, without a failure', () => {
	const scheme = { ...custom, timestampHeader: 'x-time', signed: '{timestamp}{body}' };
	const times = fc.oneof(
		fc.string(),
		fc.stringMatching(/^\d{4}-\d\d-\d\d[T ]?[\dTZ:+.-]{0,60}$/),
		fc.stringMatching(/^\d{0,20}\.?\d{0,12}$/),
	);
	fc.assert(
		fc.property(times, (time) => {
			const rejection = checkCaller(
				{ headers: { 'x-signature': '00', 'x-time': time }, query: {}, address: '' },
				verificationConfig(scheme),
			);
			expect(rejection === undefined || /^The timestamp is/.test(rejection.sentence)).toBe(true);
		}),
	);
});
