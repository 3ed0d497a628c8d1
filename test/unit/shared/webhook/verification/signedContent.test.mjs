import { createHmac } from 'node:crypto';

import { verificationConfig } from '#dist/nodes/shared/webhook/verification/config.js';
import { computeSignature, signedParts } from '#dist/nodes/shared/webhook/verification/sign.js';
import { hasUrl, presets } from '#dist/nodes/shared/webhook/verification/signatureScheme.js';
import { readSignature, verifySignature } from '#dist/nodes/shared/webhook/verification/verify.js';

const { custom } = presets;

/**
 * What is signed, as text.
 *
 * @param {string} signed
 * @param {string} body
 * @param {{ url?: string, method?: string }} [target]
 */
const contentOf = (signed, body, target = {}) =>
	signedParts(
		{ body: Buffer.from(body), timestamp: '17', id: 'm1', ...target },
		{ ...custom, signed },
	)
		.map(String)
		.join('');

describe('{sortedForm}', () => {
	test('is what the library of Twilio signs (twilio 6.2.0)', () => {
		const scheme = {
			...custom,
			algorithm: /** @type {const} */ ('sha1'),
			encoding: /** @type {const} */ ('base64'),
			signed: '{url}{sortedForm}',
		};
		const body = new URLSearchParams({
			To: '+18005551212',
			Digits: '1234',
			Caller: '+14158675309',
			From: '+14158675309',
			CallSid: 'CA1234567890ABCDE',
		}).toString();
		const url = 'https://mycompany.com/myapp.php?foo=1&bar=2';
		expect(
			computeSignature({ body: Buffer.from(body), timestamp: '', id: '', url }, scheme, '12345'),
		).toBe('RSOYDt4T1cUTdK1PDd93/VVr8B8=');
	});

	test.each([
		['b=2&a=1', 'a1b2'],
		['B=x&a=1&b=2', 'Bxa1b2'],
		['a=2&a=1&a=2', 'a1a2'],
		['a=b&ab=', 'abab'],
		['a=1+%26%3D%C3%A9&c=', 'a1 &=éc'],
		['', ''],
	])('of %s is %s', (body, content) => {
		expect(contentOf('{sortedForm}', body)).toBe(content);
	});

	test.each(['{"b":"x=1&a=2"}', '[1]', ' \n{"a":1}', '\uFEFF{"a":"+"}'])(
		'of a body that is no form is every byte of it: %s',
		(body) => {
			expect(contentOf('{sortedForm}', body)).toBe(body);
		},
	);
});

test('a form with more fields than anybody sends is not sorted, and so does not match', () => {
	const fields = Array.from({ length: 5001 }, (_, index) => `b${index}=1`);
	expect(contentOf('{sortedForm}', fields.slice(1).join('&'))).not.toContain('&');
	expect(contentOf('{sortedForm}', fields.join('&'))).toBe(fields.join('&'));
});

test.each([
	['https://n8n.example/webhook/1/jofi?a=%20b&c', '/webhook/1/jofi?a=%20b&c'],
	['http://localhost:5678/webhook/1', '/webhook/1'],
	['https://n8n.example', ''],
	['', ''],
])('{path} of %s is %s', (url, path) => {
	expect(contentOf('{path}', '', { url })).toBe(path);
	expect(hasUrl({ ...custom, signed: '{path}{body}' })).toBe(true);
});

test('{newline} is a line break, and nothing in a delivery becomes a placeholder', () => {
	const target = { method: 'POST', url: 'https://n8n.example/{body}' };
	expect(contentOf('{method}{newline}{path}{newline}{body}', '{newline}{url}', target)).toBe(
		'POST\n/{body}\n{newline}{url}',
	);
});

describe('a timestamp without a prefix in the signature header', () => {
	const scheme = {
		...custom,
		signatureHeader: 'X-Signature',
		timestampHeader: 'x-signature',
		separator: /** @type {const} */ (','),
		signed: '{timestamp}.{body}',
	};
	const body = Buffer.from('{}');
	const signature = createHmac('sha256', 'key').update('1700000000000.{}').digest('hex');
	const read = (/** @type {string} */ value) => (/** @type {string} */ name) =>
		name.toLowerCase() === 'x-signature' ? value : '';
	const verification = { scheme, secrets: ['key'], toleranceSeconds: 300, now: 1_700_000_000_000 };

	test('is the first element that is one', () => {
		const header = `1700000000000, ${signature},${'0'.repeat(64)}`;
		expect(readSignature(read(header), scheme).timestamp).toBe('1700000000000');
		expect(verifySignature(body, read(header), verification)).toBeUndefined();
	});

	test('is checked', () => {
		const late = { ...verification, now: 1_700_000_301_000 };
		expect(verifySignature(body, read(`1700000000000,${signature}`), late)).toBe(
			'The timestamp is outside the tolerance.',
		);
		expect(verifySignature(body, read(`1700000000001,${signature}`), verification)).toBe(
			'The signature does not match.',
		);
		expect(verifySignature(body, read(signature), verification)).toBe(
			'The timestamp is missing or unreadable.',
		);
	});
});

test('Base64 is accepted in either alphabet, whichever the credential names', () => {
	const body = Buffer.from('any body, 3');
	const digest = createHmac('sha256', 'key').update(body).digest();
	const spellings = /** @type {const} */ (['base64', 'base64url']).map((each) =>
		digest.toString(each),
	);
	expect(spellings[0]).toMatch(/[+/]/);
	for (const encoding of /** @type {const} */ (['base64', 'base64url']))
		for (const value of spellings)
			expect(
				verifySignature(body, () => value, {
					scheme: { ...custom, signatureHeader: 'x', encoding },
					secrets: ['key'],
					toleranceSeconds: 0,
					now: 0,
				}),
			).toBeUndefined();
});

test('the settings come from the credential', () => {
	const { scheme } = verificationConfig({
		method: 'hmac',
		preset: 'custom',
		signatureHeader: 'X-Signature',
		signed: '{url}{sortedForm}',
	});
	expect(scheme.signed).toBe('{url}{sortedForm}');
});
