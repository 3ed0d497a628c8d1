import { createHmac, randomBytes } from 'node:crypto';
import fc from 'fast-check';

import { explainDelivery } from '#dist/nodes/shared/webhook/explain/explain.js';
import { Budget, MAX_HMACS } from '#dist/nodes/shared/webhook/explain/search.js';
import { verificationConfig } from '#dist/nodes/shared/webhook/verification/config.js';
import { METHODS } from '#dist/nodes/shared/webhook/verification/credential.js';
import { deliveryOf, UNSUPPORTED, VENDORS } from '../../../../providers/vendors/signers.mjs';

const SECRET = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';
const SENDER = { label: 'JOFI', whenUnsigned: 'Ask.', methods: METHODS };
const MB = 1_200_000;

/** More secrets than anybody rotates, each of which may be a key in four ways. */
const config = verificationConfig({
	method: 'hmac',
	secret: SECRET,
	previousSecrets: Array.from({ length: 50 }, (_, index) => `${SECRET}${index}${index}`).join('\n'),
});

/** @typedef {import('../../../../../nodes/shared/webhook/explain/delivery.js').CapturedDelivery} Delivery */

/** @param {Partial<Delivery>} delivery @returns {Delivery} */
const delivered = (delivery) => ({
	method: 'POST',
	urls: ['https://n8n.example/webhook/1?a=b', 'http://n8n.example/webhook/1?a=b'],
	headers: {},
	query: {},
	body: Buffer.from('{}'),
	isExact: true,
	address: '203.0.113.7',
	...delivery,
});

const hex = () => randomBytes(32).toString('hex');

/** @param {number} count @param {(index: number) => [string, string]} header */
const headersOf = (count, header) =>
	Object.fromEntries(Array.from({ length: count }, (_, index) => header(index)));

/** @type {Record<string, Partial<Delivery>>} */
const hostile = {
	'200 headers, each a signature': {
		headers: headersOf(200, (index) => [`x-signature-${index}`, hex()]),
	},
	'200 headers, each a timestamp, an ID or a signature': {
		headers: headersOf(200, (index) => [
			['x-signature', 'x-timestamp', 'x-message-id'][index % 3] + `-${index}-id`,
			index % 3 === 1 ? String(1_770_000_000 + index) : hex(),
		]),
	},
	'one header with a thousand signatures': {
		headers: { 'x-signature': Array.from({ length: 1000 }, hex).join(',') },
	},
	'one header with forty signatures of every length': {
		headers: {
			'x-signature': Array.from({ length: 40 }, (_, index) =>
				randomBytes([20, 32, 48, 64][index % 4]).toString('base64'),
			).join(' '),
		},
	},
	'a header of 60 kB': { headers: { 'x-signature': 'a=,; '.repeat(12_000) } },
	'a body of 1 MB of JSON in pieces': {
		headers: { 'x-signature': hex(), 'x-timestamp': '1770000000' },
		body: Buffer.from(JSON.stringify({ list: new Array(MB / 3).fill(1) })),
	},
	'a body of 1 MB that is one text': {
		headers: { 'x-signature': hex(), 'x-timestamp': '1770000000' },
		body: Buffer.from(JSON.stringify({ text: 'é\\"'.repeat(MB / 8) })),
	},
	'a body of 1 MB of letters outside ASCII': {
		headers: { 'x-signature': hex() },
		body: Buffer.from('漢'.repeat(MB / 3)),
	},
	'a form of 1 MB': {
		headers: { 'x-signature': hex() },
		body: Buffer.from('a=b&'.repeat(MB / 4)),
	},
	'a body nested a million levels deep': {
		headers: { 'x-signature': hex() },
		body: Buffer.from('['.repeat(MB)),
	},
	'bytes that are no text': {
		headers: { 'x-signature': hex(), 'content-type': 'application/octet-stream' },
		body: randomBytes(MB),
	},
	'a body of 16 MB': {
		headers: { 'x-signature': hex() },
		body: Buffer.alloc(16 * 1024 * 1024, 97),
	},
	'names that every object inherits': {
		headers: JSON.parse('{"__proto__":"x","constructor":"x","toString":"x"}'),
		query: JSON.parse('{"__proto__":"x","constructor":"x"}'),
		body: Buffer.from('{"__proto__":{"token":"x"},"constructor":1}'),
	},
	'no body, no headers, no URL': { headers: {}, body: Buffer.alloc(0), urls: [] },
	'a list in a header': { headers: { 'x-signature': [hex(), hex()] } },
};

test.each(Object.entries(hostile))('%s: there is an answer within the bounds', (_, delivery) => {
	const started = performance.now();
	const told = explainDelivery(delivered(delivery), config, SENDER);
	const ms = performance.now() - started;
	expect(told.accepted).toBe(false);
	expect(told.hmacs).toBeLessThanOrEqual(MAX_HMACS);
	expect(JSON.stringify(told).length).toBeLessThan(3000);
	// The bound is 200 ms of work; a machine that does something else meanwhile takes longer.
	expect(ms).toBeLessThan(5000);
});

test('the search ends when its time is over, whatever is left', () => {
	let now = 0;
	const delivery = delivered({ headers: { 'x-signature': hex(), 'x-timestamp': '1770000000' } });
	const slow = new Budget(MB, () => (now += 10));
	const told = explainDelivery(delivery, config, SENDER, undefined, slow);
	expect(told.hmacs).toBeLessThanOrEqual(20);
	expect(told.reason).toContain('could be tried in time');
});

test('a pause of the process takes away none of the common ways', async () => {
	let now = 0;
	for (const vendor of VENDORS.filter(({ isRare }) => !isRare)) {
		const delivery = await deliveryOf(vendor);
		const paused = new Budget(delivery.body.length, () => (now += 1000));
		const told = explainDelivery(
			delivery,
			verificationConfig({ method: 'hmac', secret: vendor.secret }),
			SENDER,
			undefined,
			paused,
		);
		expect([vendor.name, told.settings]).toEqual([vendor.name, vendor.settings]);
	}
});

test('no secret, key or signature is ever shown', () => {
	// No sentence of the explanations has a tilde.
	const secrets = fc.string({ minLength: 6, maxLength: 60 }).map((text) => `~${text}~`);
	fc.assert(
		fc.property(
			secrets,
			fc.constantFrom('x-sig', 'authorization', 'x-hub-signature-256', 'x-token'),
			fc.constantFrom('hmac', 'basic', 'header', 'query'),
			(secret, name, method) => {
				const signature = createHmac('sha256', secret).update('{}').digest('hex');
				const login = `Basic ${Buffer.from(`u:${secret}`).toString('base64')}`;
				for (const value of [secret, signature, `Bearer ${secret}`, `sha256=${signature}`, login]) {
					const told = explainDelivery(
						delivered({ headers: { [name]: value }, query: { q: value } }),
						verificationConfig({ method, secret, user: 'u', headerName: name, queryName: 'q' }),
						SENDER,
					);
					const shown = JSON.stringify(told);
					for (const hidden of [signature, JSON.stringify(secret).slice(1, -1), login.slice(6)])
						expect(shown).not.toContain(hidden);
				}
			},
		),
		{ numRuns: 60 },
	);
});

describe('what somebody learns who may use a credential and not see it', () => {
	/** What is told, without what a guess must not change. @param {Record<string, string>} headers */
	const told = (headers) => explainDelivery(delivered({ headers }), config, SENDER);

	test('is nothing of how a secret is encoded, how long it is, or how many there are', () => {
		const secrets = [
			{ secret: SECRET },
			{ secret: 'not hex, and not Base64!' },
			{ secret: 'short' },
			{ secret: `whsec_${SECRET}`, previousSecrets: 'one\ntwo\nthree' },
		];
		const headers = { 'x-signature': 'a'.repeat(64), 'x-timestamp': '1770000000' };
		const answers = secrets.map((each) => {
			const { hmacs, ...shown } = explainDelivery(
				delivered({ headers }),
				verificationConfig({ method: 'hmac', ...each }),
				SENDER,
				undefined,
				new Budget(0, () => 0),
			);
			expect(hmacs).toBeGreaterThan(0);
			return shown;
		});
		for (const answer of answers) expect(answer).toEqual(answers[0]);
	});

	test('is nothing of a signature that is right but for its last digit, or cut short', () => {
		const right = createHmac('sha256', SECRET).update('{}').digest('hex');
		const last = right.at(-1) === '0' ? '1' : '0';
		const { hmacs, ...wrong } = told({ 'x-signature': 'f'.repeat(64) });
		expect(hmacs).toBeGreaterThan(0);
		expect(told({ 'x-signature': right }).verdict).toBe('otherSettings');
		expect(told({ 'x-signature': right.slice(0, -1) + last })).toMatchObject(wrong);
		for (const length of [8, 16, 32, 62])
			expect(told({ 'x-signature': right.slice(0, length) }).verdict).not.toBe('otherSettings');
	});

	test('is one answer a delivery: of hundreds of guesses in it, few are looked at', () => {
		const guesses = headersOf(200, (index) => [`x-token-${index}`, `guess ${index}`]);
		const last = { ...guesses, 'x-zzz': SECRET };
		expect(told(last).verdict).toBe('otherSecret');
		const inBody = JSON.stringify([
			...Array.from({ length: 300 }, (_, n) => ({ [n]: `guess ${n}` })),
			{ t: SECRET },
		]);
		expect(explainDelivery(delivered({ body: Buffer.from(inBody) }), config, SENDER).verdict).toBe(
			'unsigned',
		);
	});
});

test.each(UNSUPPORTED.slice(0, 3))('$name with another secret is not named', async (vendor) => {
	const told = explainDelivery(
		await deliveryOf(vendor, { secret: 'the secret of somebody else' }),
		verificationConfig({ method: 'hmac', secret: vendor.secret }),
		SENDER,
	);
	expect(told.verdict).toBe('unsigned');
});
