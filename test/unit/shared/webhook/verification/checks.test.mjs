import fc from 'fast-check';

import * as checks from '#dist/nodes/shared/webhook/verification/checks.js';
import { headerOf } from '#dist/nodes/shared/webhook/request.js';
import {
	noVerification,
	verificationConfig,
} from '#dist/nodes/shared/webhook/verification/config.js';
import { signDelivery } from '#dist/nodes/shared/webhook/verification/sign.js';
import { caught } from '../../../events.mjs';

const checkBody = caught(checks.checkBody);
const checkCaller = caught(checks.checkCaller);

/** @typedef {import('../../../../../nodes/shared/webhook/request.js').Caller} Caller */
/** @typedef {import('n8n-workflow').IDataObject} Credential */

const secret = 'not-a-real-secret';
const address = '203.0.113.7';
const notSetUp = {
	status: 401,
	sentence: 'This webhook is not set up to verify deliveries, so it accepts none.',
};

/** @param {Credential} credential @param {Partial<Caller>} [request] */
const callerOf = (credential, request) =>
	checkCaller({ headers: {}, query: {}, address, ...request }, verificationConfig(credential));

/** @param {Credential} credential @param {Caller['headers']} headers @param {Buffer} body */
const bodyOf = (credential, headers, body, now = 0) =>
	checkBody({ headers, query: {}, address }, body, verificationConfig(credential), now);

/** @param {string} text */
const basic = (text) => `Basic ${Buffer.from(text).toString('base64')}`;

describe('a credential that is incomplete accepts nothing', () => {
	test.each(
		/** @type {[string, Credential][]} */ ([
			['no field at all', {}],
			['only spaces', { method: ' ', secret: '' }],
			['HMAC without a secret', { method: 'hmac', preset: 'github' }],
			['HMAC with an empty secret', { method: 'hmac', preset: 'github', secret: '' }],
			[
				'HMAC with previous secrets of spaces',
				{ method: 'hmac', preset: 'github', previousSecrets: ' \n ' },
			],
			['HMAC whose secret is no text', { method: 'hmac', preset: 'github', secret: 12345678 }],
			['custom HMAC without a header', { method: 'hmac', secret }],
			['HMAC of an unknown style', { method: 'hmac', preset: 'toString', secret }],
			[
				'HMAC that does not sign the body',
				{ method: 'hmac', secret, signatureHeader: 'x', signed: '{id}', idHeader: 'y' },
			],
			[
				'HMAC of a message ID that is not sent',
				{ method: 'hmac', secret, signatureHeader: 'x', signed: '{id}{body}' },
			],
			[
				'HMAC of a timestamp that is not sent',
				{ method: 'hmac', secret, signatureHeader: 'x', signed: '{timestamp}{body}' },
			],
			['Basic without a password', { method: 'basic', user: 'jofi' }],
			['Basic without a user', { method: 'basic', secret }],
			['a header without its name', { method: 'header', secret }],
			['a header without a secret', { method: 'header', headerName: 'x-secret' }],
			['a query without its name', { method: 'query', secret }],
			['a query without a secret', { method: 'query', queryName: 'token' }],
			['an allowlist that is missing', { method: 'address' }],
			['an allowlist of spaces', { method: 'address', ipAllowlist: ' ' }],
			[
				'an allowlist without a valid entry',
				{ method: 'address', ipAllowlist: 'localhost, example.com' },
			],
			[
				'a valid secret with an invalid allowlist',
				{ method: 'header', headerName: 'x-secret', secret, ipAllowlist: '10.0.0.0/99' },
			],
			['a secret of spaces', { method: 'query', queryName: 'token', secret: '   ' }],
			['an unknown method', { method: 'jwt', secret }],
			['an unknown method in capitals', { method: 'HMAC', preset: 'github', secret }],
			['a method called none', { method: 'none', secret }],
			['a method named like a property of every object', { method: 'constructor', secret }],
		]),
	)('%s', (_, credential) => {
		const headers = {
			'x-secret': secret,
			authorization: basic(`jofi:${secret}`),
			x: secret,
			y: '1',
		};
		expect(callerOf(credential, { headers, query: { token: secret } })).toEqual(notSetUp);
	});
});

describe('a secret that decodes to an empty key accepts nothing', () => {
	const body = Buffer.from('{}');
	test.each([
		['only the prefix of Standard Webhooks', { preset: 'standardWebhooks', secret: 'whsec_' }],
		['no base64', { preset: 'standardWebhooks', secret: 'whsec_!!!' }],
		[
			'no hex',
			{
				preset: 'custom',
				keyEncoding: 'hex',
				signatureHeader: 'x-signature',
				secret: 'no hex at all',
			},
		],
	])('%s', (_, fields) => {
		const credential = { method: 'hmac', toleranceSeconds: 0, ...fields };
		const { scheme } = verificationConfig(credential);
		const forged = signDelivery(
			{ body, id: 'msg', timestamp: '1' },
			{ ...scheme, keyEncoding: 'utf8', secretPrefix: '' },
			[''],
		);
		const rejection = callerOf(credential, { headers: forged }) ?? bodyOf(credential, forged, body);
		expect(rejection?.status).toBe(401);
	});
});

test('without verification every request is accepted, as the user chose', () => {
	const request = { headers: {}, query: {}, address: '' };
	expect(checkCaller(request, noVerification)).toBeUndefined();
	expect(checkBody(request, Buffer.alloc(0), noVerification, 0)).toBeUndefined();
});

describe('Basic Auth', () => {
	const credential = { method: 'basic', user: 'jofi', secret };
	const challenge = 'Basic realm="webhook", charset="UTF-8"';

	/** @param {string | string[]} [authorization] @param {Credential} [fields] */
	const check = (authorization, fields) =>
		callerOf({ ...credential, ...fields }, { headers: { authorization } });

	test('accepts the right user and password', () => {
		expect(check(basic(`jofi:${secret}`))).toBeUndefined();
	});

	test.each(['basic', 'BASIC', 'Basic '])('accepts the scheme written %s', (scheme) => {
		expect(check(basic(`jofi:${secret}`).replace('Basic', scheme))).toBeUndefined();
	});

	test.each([
		['in UTF-8', 'jöfi', 'pässwörd-\u{1F511}-漢字'],
		['with colons', 'jofi', 'a:b::c:'],
		['with spaces at its ends', 'jofi', ' secret with spaces '],
	])('accepts a password %s', (_, user, password) => {
		expect(check(basic(`${user}:${password}`), { user, secret: password })).toBeUndefined();
		expect(check(basic(`${user}:${password}x`), { user, secret: password })?.status).toBe(401);
	});

	test.each([
		['another password', basic('jofi:wrong')],
		['another user', basic(`joe:${secret}`)],
		['the user in capitals', basic(`JOFI:${secret}`)],
		['no colon', basic(`jofi${secret}`)],
		['no user', basic(`:${secret}`)],
		['no password', basic('jofi:')],
		['a password with one character more', basic(`jofi:${secret}x`)],
		['a password with one character less', basic(`jofi:${secret.slice(0, -1)}`)],
		['a NUL behind the password', basic(`jofi:${secret}\0`)],
	])('rejects %s', (_, header) => {
		expect(check(header)).toEqual({
			status: 401,
			sentence: 'User or password is wrong.',
			challenge,
		});
	});

	test.each([
		['nothing', undefined],
		['an empty header', ''],
		['only the scheme', 'Basic'],
		['the scheme and a space', 'Basic '],
		['what is no base64', 'Basic %%%'],
		['another scheme', `Bearer ${secret}`],
		['two headers', [basic(`jofi:${secret}`), basic(`jofi:${secret}`)]],
		['plain text', `Basic jofi:${secret}`],
	])('challenges for user and password after %s', (_, header) => {
		expect(check(header)).toEqual({
			status: 401,
			sentence: 'User and password are missing.',
			challenge,
		});
	});

	test('accepts an old password while it is rotated', () => {
		const fields = { previousSecrets: 'older-password\noldest-password' };
		expect(check(basic('jofi:older-password'), fields)).toBeUndefined();
		expect(check(basic('jofi:oldest-password'), fields)).toBeUndefined();
		expect(check(basic('jofi:older-password\noldest-password'), fields)?.status).toBe(401);
	});
});

describe('Header Auth: a secret', () => {
	const credential = { method: 'header', headerName: ' X-Webhook-Secret ', secret };

	/** @param {string | string[] | undefined} value @param {Credential} [fields] */
	const check = (value, fields) =>
		callerOf({ ...credential, ...fields }, { headers: { 'x-webhook-secret': value } });

	test.each([secret, `Bearer ${secret}`, `bearer  ${secret}`])('is accepted as %s', (value) => {
		expect(check(value)).toBeUndefined();
	});

	test('is accepted when the secret itself starts with Bearer', () => {
		expect(check('Bearer of news', { secret: 'Bearer of news' })).toBeUndefined();
	});

	test('is accepted when it is one of several', () => {
		expect(check('older-secret', { previousSecrets: 'older-secret' })).toBeUndefined();
		expect(check(secret, { previousSecrets: 'older-secret' })).toBeUndefined();
	});

	test.each([
		`${secret}x`,
		secret.slice(1),
		secret.toUpperCase(),
		`Basic ${secret}`,
		'Bearer',
		`${secret}, ${secret}`,
	])('is wrong as %s', (value) => {
		expect(check(value)).toEqual({ status: 401, sentence: 'The secret is wrong.' });
	});

	test('is wrong when the header is repeated', () => {
		expect(check([secret, secret])).toEqual({ status: 401, sentence: 'The secret is wrong.' });
	});

	test.each([undefined, '', []])('is missing as %p', (value) => {
		expect(check(value)).toEqual({ status: 401, sentence: 'The secret is missing.' });
	});
});

describe('Query Auth: a secret', () => {
	const credential = { method: 'query', queryName: 'token', secret };

	/** @param {unknown} token */
	const check = (token) => callerOf(credential, { query: { token } });

	test('is accepted', () => {
		expect(check(secret)).toBeUndefined();
	});

	test('is wrong', () => {
		expect(check('something else')).toEqual({ status: 401, sentence: 'The secret is wrong.' });
	});

	test.each([
		undefined,
		'',
		null,
		[secret],
		[secret, 'x'],
		{ 0: secret },
		{ token: secret },
		7,
		true,
	])('is missing as %p', (value) => {
		expect(check(value)).toEqual({ status: 401, sentence: 'The secret is missing.' });
	});

	test.each(['__proto__', 'constructor', 'toString'])(
		'is missing where %s is only inherited',
		(queryName) => {
			expect(callerOf({ ...credential, queryName })).toEqual({
				status: 401,
				sentence: 'The secret is missing.',
			});
		},
	);
});

describe('the IP allowlist', () => {
	const ipAllowlist = '203.0.113.0/24, 2001:db8::/32';
	const forbidden = { status: 403, sentence: 'The source address is not on the IP allowlist.' };
	const only = { method: 'address', ipAllowlist };
	const both = { method: 'header', headerName: 'x-secret', secret, ipAllowlist };

	test.each(['203.0.113.7', '::ffff:203.0.113.7', '2001:db8::7'])('accepts %s', (from) => {
		expect(callerOf(only, { address: from })).toBeUndefined();
	});

	test.each(['203.0.114.7', '::1', '', 'not-an-ip', '203.0.113.7, 10.0.0.1'])(
		'rejects "%s"',
		(from) => {
			expect(callerOf(only, { address: from })).toEqual(forbidden);
		},
	);

	test('applies in addition to the secret', () => {
		const headers = { 'x-secret': secret };
		expect(callerOf(both, { headers })).toBeUndefined();
		expect(callerOf(both, { headers, address: '198.51.100.1' })).toEqual(forbidden);
		expect(callerOf(both)).toEqual({ status: 401, sentence: 'The secret is missing.' });
	});

	test('is checked before the secret, so that a stranger cannot try any', () => {
		expect(callerOf(both, { address: '198.51.100.1' })).toEqual(forbidden);
	});

	test('applies in addition to a signature', () => {
		const hmac = { method: 'hmac', preset: 'github', secret, ipAllowlist };
		const headers = { 'x-hub-signature-256': 'sha256=00' };
		expect(callerOf(hmac, { headers })).toBeUndefined();
		expect(callerOf(hmac, { headers, address: '198.51.100.1' })).toEqual(forbidden);
	});
});

describe('HMAC', () => {
	const credential = {
		method: 'hmac',
		preset: 'standardWebhooks',
		secret: 'bm90IGEgcmVhbCBzZWNyZXQgYXQgYWxs',
	};
	const body = Buffer.from('{"a":1}');
	const headers = signDelivery(
		{ body, id: 'msg', timestamp: '1000' },
		verificationConfig(credential).scheme,
		[credential.secret],
	);

	test('checks the body, and accepts the caller until then', () => {
		expect(
			checkCaller({ headers, query: {}, address }, verificationConfig(credential), 1_000_000),
		).toBeUndefined();
		expect(bodyOf(credential, headers, body, 1_000_000)).toBeUndefined();
		expect(bodyOf(credential, headers, Buffer.from('{"a": 1}'), 1_000_000)).toEqual({
			status: 401,
			sentence: 'The signature does not match.',
		});
	});

	test.each([
		['300 seconds when there is none', undefined, 300],
		['its own number of seconds', 10, 10],
		['seconds written as text', '20', 20],
		['300 seconds when it is no number', 'soon', 300],
		['300 seconds when the number is negative', -5, 300],
		['300 seconds when the field was emptied', '', 300],
		['300 seconds when the field was cleared', null, 300],
	])('takes as tolerance %s', (_, toleranceSeconds, seconds) => {
		const rules = { ...credential, toleranceSeconds };
		expect(bodyOf(rules, headers, body, 1_000_000 + seconds * 1000)).toBeUndefined();
		expect(bodyOf(rules, headers, body, 1_000_001 + seconds * 1000)?.status).toBe(401);
	});

	test('takes a custom scheme from the fields, and the rest from its defaults', () => {
		const { scheme } = verificationConfig({
			method: 'hmac',
			preset: 'custom',
			secret,
			signatureHeader: 'X-Sig',
			algorithm: 'sha512',
		});
		expect(scheme).toMatchObject({
			signatureHeader: 'X-Sig',
			algorithm: 'sha512',
			encoding: 'hex',
			signed: '{body}',
		});
	});

	test('ignores fields that remain after the user chose a preset', () => {
		const { scheme } = verificationConfig({
			method: 'hmac',
			preset: 'github',
			secret,
			signatureHeader: 'X-Sig',
			algorithm: 'sha1',
		});
		expect(scheme).toMatchObject({ signatureHeader: 'x-hub-signature-256', algorithm: 'sha256' });
	});
});

test.each([
	['X-Signature', 'one'],
	[' x-signature ', 'one'],
	['x-several', 'one, two'],
	['x-absent', ''],
])('the header %s reads as "%s"', (name, value) => {
	expect(headerOf({ headers: { 'x-signature': 'one', 'x-several': ['one', 'two'] } }, name)).toBe(
		value,
	);
});

test('no rejection quotes the request or the credential', () => {
	const texts = fc.stringMatching(/^[!-~]{12,30}$/);
	const credentials = texts.chain((text) =>
		fc.constantFrom(
			{ method: 'basic', user: text, secret: text },
			{ method: 'header', headerName: 'x-secret', secret: text },
			{ method: 'query', queryName: 'token', secret: text },
			{ method: 'hmac', preset: 'github', secret: text },
			{ method: 'hmac', preset: 'stripe', secret: text },
			{ method: 'hmac', preset: 'standardWebhooks', secret: text },
			{ method: 'address', ipAllowlist: '10.0.0.0/8', secret: text },
			{ method: text, secret: text },
		),
	);
	fc.assert(
		fc.property(credentials, texts, (credential, sent) => {
			const request = {
				headers: {
					authorization: basic(`${sent}:${sent}`),
					'x-secret': sent,
					'x-hub-signature-256': `sha256=${sent}`,
					'stripe-signature': `t=${sent},v1=${sent}`,
					'webhook-signature': `v1,${sent}`,
					'webhook-id': sent,
					'webhook-timestamp': sent,
				},
				query: { token: sent },
				address: sent,
			};
			fc.pre(credential.secret !== sent);
			const rules = verificationConfig(credential);
			const rejection =
				checkCaller(request, rules) ?? checkBody(request, Buffer.from(sent), rules, Date.now());
			const text = JSON.stringify(rejection);
			expect([401, 403]).toContain(rejection?.status);
			expect(text).not.toContain(sent);
			expect(text).not.toContain(credential.secret);
		}),
	);
});
