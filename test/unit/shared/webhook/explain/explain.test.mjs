import { createHmac } from 'node:crypto';

import { explainDelivery } from '#dist/nodes/shared/webhook/explain/explain.js';
import { Budget } from '#dist/nodes/shared/webhook/explain/search.js';
import { schemeSettings } from '#dist/nodes/shared/webhook/explain/settings.js';
import { verificationConfig } from '#dist/nodes/shared/webhook/verification/config.js';
import {
	ALGORITHM_LABELS,
	ENCODING_LABELS,
	METHOD_LABELS,
	SEPARATOR_LABELS,
	STYLE_LABELS,
} from '#dist/nodes/shared/webhook/verification/credentialLabels.js';
import { presets } from '#dist/nodes/shared/webhook/verification/signatureScheme.js';
import { METHODS } from '#dist/nodes/shared/webhook/verification/credential.js';
import { credentialFrom } from '../../../../providers/vendors/settings.mjs';
import { ORDINARY_HEADERS } from '../../../../providers/vendors/signers.mjs';

const SECRET = 'agreed-with-the-representative';
const URL_OF_TRIGGER = 'https://n8n.example/webhook/1/jofi';
const BODY = '{"type":"test_taker.created","id":7}';
/** @type {import('../../../../../nodes/shared/webhook/explain/case.js').Sender} */
const SENDER = { label: 'JOFI', whenUnsigned: 'Ask your JOFI representative.', methods: METHODS };

/** @typedef {import('../../../../../nodes/shared/webhook/explain/delivery.js').CapturedDelivery} Delivery */

/** @param {string} text @param {import('node:crypto').BinaryToTextEncoding} [encoding] */
const hmac = (text, encoding = 'hex') => createHmac('sha256', SECRET).update(text).digest(encoding);

/**
 * @param {Partial<Delivery>} delivery
 * @param {import('n8n-workflow').IDataObject | null} [credential] `null` for none
 * @param {number} [receivedAt]
 * @param {typeof SENDER} [sender]
 */
function explain(
	delivery,
	credential = { method: 'hmac', secret: SECRET },
	receivedAt = undefined,
	sender = SENDER,
) {
	const { headers, ...rest } = delivery;
	return explainDelivery(
		{
			method: 'POST',
			urls: [URL_OF_TRIGGER],
			query: {},
			body: Buffer.from(BODY),
			isExact: true,
			address: '',
			...rest,
			headers: { ...ORDINARY_HEADERS, 'content-type': 'application/json', ...headers },
		},
		credential === null ? undefined : verificationConfig(credential),
		sender,
		receivedAt,
		new Budget(0, () => 0),
	);
}

test.each([
	['a signature', { headers: { 'x-regpack-signature': hmac(BODY) } }, 'Signature'],
	['a secret in a header', { headers: { 'x-token': SECRET } }, 'Secret in a Header'],
	[
		'a password',
		{ headers: { authorization: `Basic ${Buffer.from(`n8n:${SECRET}`).toString('base64')}` } },
		'User and Password',
	],
])('says of %s that the credential does not offer it, where it does not', (_, delivery, method) => {
	/** @type {typeof SENDER} */
	const regpack = { label: 'Regpack', whenUnsigned: '', methods: ['query'] };
	const credential = { method: 'query', queryName: 'token', secret: SECRET };
	expect(explain(delivery, credential, undefined, regpack)).toMatchObject({
		accepted: false,
		howToFix: `The Regpack Webhook credential does not offer the method ${method}: Regpack is not known to do this. Use Secret in the URL, and report what came to the authors of this package.`,
		settings: null,
	});
});

describe('what is told of a signature', () => {
	test('is a sentence, and the settings with their labels', () => {
		expect(explain({ headers: { 'x-jofi-signature': hmac(BODY, 'base64') } })).toEqual({
			verdict: 'otherSettings',
			accepted: false,
			reason:
				'JOFI signs the body with HMAC-SHA-256, in Base64, in X-Jofi-Signature, and the secret is right. The settings of the credential differ.',
			howToFix:
				'In the credential, set Method to Signature and Signature Style to I Have Technical Details, and enter the settings.',
			settings: {
				Method: 'Signature',
				'Signature Style': 'I Have Technical Details',
				'Signature Header': 'X-Jofi-Signature',
				Algorithm: 'SHA-256',
				Encoding: 'Base64',
				'Signature Prefix': '',
				'Signature Separator': 'None',
				'Signed Content': '{body}',
				'Timestamp Header': '',
				'Timestamp Prefix': '',
				'ID Header': '',
				'Key Encoding': 'Text',
			},
			hmacs: 1,
		});
	});

	test('is what is signed, in words', () => {
		const value = `t=1770000000,v1=${hmac(`1770000000.${BODY}`)}`;
		expect(explain({ headers: { 'x-sig': value } }).reason).toBe(
			'JOFI signs the timestamp, "." and the body with HMAC-SHA-256, in hex, in X-Sig, and the secret is right. The settings of the credential differ.',
		);
	});

	test('is a style where there is one, and no fields then', () => {
		expect(explain({ headers: { 'x-hub-signature-256': `sha256=${hmac(BODY)}` } })).toMatchObject({
			howToFix: 'In the credential, set Method to Signature and Signature Style to GitHub.',
			settings: { Method: 'Signature', 'Signature Style': 'GitHub' },
		});
	});

	test('is the space that a prefix ends in, which nobody would see', () => {
		expect(explain({ headers: { signature: `sha256 ${hmac(BODY)}` } }).howToFix).toContain(
			'The prefix ends in a space.',
		);
	});

	test('is an old secret, too', () => {
		const credential = { method: 'hmac', secret: 'the new one', previousSecrets: SECRET };
		expect(explain({ headers: { 'x-sig': hmac(BODY) } }, credential).verdict).toBe('otherSettings');
	});

	test.each([` ${SECRET}`, `${SECRET}\n`])('is a secret with something around it: %j', (secret) => {
		const credential = {
			...credentialFrom(schemeSettings({ ...presets.custom, signatureHeader: 'x-sig' }, 'custom')),
			secret,
		};
		expect(explain({ headers: { 'x-sig': hmac(BODY) } }, credential)).toMatchObject({
			verdict: 'spacesInSecret',
			howToFix: 'Paste the secret again, without anything around it.',
			settings: null,
		});
	});

	test('is a URL that is signed and is not the one of the trigger', () => {
		const other = 'http://10.0.0.7:5678/webhook/1/jofi';
		const report = explain({
			urls: [URL_OF_TRIGGER, other],
			headers: { 'x-square-hmacsha256-signature': hmac(other + BODY, 'base64') },
		});
		expect(report.verdict).toBe('otherUrl');
		expect(report.reason).toContain(
			"the sender signs a URL at http://10.0.0.7:5678, and the trigger's is at https://n8n.example",
		);
		expect(report.howToFix).toContain('Set N8N_WEBHOOK_URL');
	});

	test('is how old it is, where the rest is right', () => {
		const headers = { 'stripe-signature': `t=1770000000,v1=${hmac(`1770000000.${BODY}`)}` };
		const credential = { method: 'hmac', preset: 'stripe', secret: SECRET };
		const at = (/** @type {number} */ seconds) => (1_770_000_000 + seconds) * 1000;
		expect(explain({ headers }, credential, at(300)).accepted).toBe(true);
		expect(explain({ headers }, credential, at(7300))).toMatchObject({
			accepted: false,
			verdict: 'tooOld',
			reason: 'JOFI sent an event, and its signature is right, but its timestamp is 2 hours old.',
		});
		expect(explain({ headers }, credential, at(-301)).reason).toContain('5 minutes in the future');
		// Who pastes a delivery does so later.
		expect(explain({ headers }, credential)).toMatchObject({
			accepted: true,
			reason: expect.stringMatching(
				/^The credential accepts this delivery\. Its timestamp is \d+ days old by now\.$/,
			),
		});
	});
});

describe('a body that was changed on its way', () => {
	/** @type {[string, string, string][]} */
	const changes = [
		['{"b":"é/","a":[1,2]}', '{ "b": "é/", "a": [1, 2] }', 'compact JSON'],
		['{\n  "a": 1\n}', '{"a":1}', 'JSON that is indented by two spaces'],
		['{"a": 1, "b": [1, 2]}', '{"a":1,"b":[1,2]}', 'as Python writes it'],
		['{"a":"\\u00e9\\/"}', '{"a":"é/"}', 'as PHP writes it'],
		['{"a":1}\n', '{"a":1}', 'with a line break at its end'],
		['{"a":1}', '{"a":1}\n', 'without the line break at its end'],
		['a\r\nb', 'a\nb', 'with other line breaks (CRLF)'],
		['{"a":1,"b":2}', '{"b":2,"a":1}', 'compact JSON with its fields in order'],
		['a=x%20y&b=1', 'a=x+y&b=1', 'a form with %20 for spaces'],
	];

	test.each(changes)('%j, which arrived as %j', (sent, arrived, words) => {
		const report = explain({ body: Buffer.from(arrived), headers: { 'x-sig': hmac(sent) } });
		expect(report).toMatchObject({
			verdict: 'changedBody',
			settings: { 'Signature Header': 'X-Sig', 'Signed Content': '{body}' },
		});
		expect(report.reason).toContain(words);
	});

	test('is found with the settings of the credential, and nothing else is to be changed', () => {
		const credential = {
			method: 'hmac',
			preset: 'custom',
			signatureHeader: 'X-Sig',
			signed: 'an own format, {body}',
			secret: SECRET,
		};
		const headers = { 'x-sig': hmac('an own format, {"a":1}') };
		expect(explain({ body: Buffer.from('{ "a": 1 }'), headers }, credential)).toMatchObject({
			verdict: 'changedBody',
			settings: null,
		});
	});

	test('is no fault of a delivery whose bytes are not there', () => {
		const report = explain({
			body: Buffer.from('{"a":1}'),
			isExact: false,
			headers: { 'x-sig': hmac('{ "a": 1 }') },
		});
		expect(report).toMatchObject({ verdict: 'otherSecret' });
		expect(report.howToFix).toContain('turn on Raw Body');
		const pretty = explain({
			body: Buffer.from('{"a":1}'),
			isExact: false,
			headers: { 'x-sig': hmac('{\n  "a": 1\n}') },
		});
		expect(pretty).toMatchObject({ verdict: 'otherSettings' });
		expect(pretty.howToFix).toContain('Turn on Raw Body');
	});
});

describe('a secret that is sent as it is', () => {
	const basic = (/** @type {string} */ login) => `Basic ${Buffer.from(login).toString('base64')}`;

	test.each([
		[
			'as a password',
			{ headers: { authorization: basic(`jofi:${SECRET}`) } },
			{ Method: 'User and Password', User: 'jofi' },
		],
		[
			'in a header',
			{ headers: { 'x-auth-key': SECRET } },
			{ Method: 'Secret in a Header', 'Header Name': 'X-Auth-Key' },
		],
		[
			'after Bearer',
			{ headers: { authorization: `Bearer ${SECRET}` } },
			{ Method: 'Secret in a Header', 'Header Name': 'Authorization' },
		],
		[
			'in the query',
			{ query: { event: 'x', key: SECRET } },
			{ Method: 'Secret in the URL', 'URL Parameter': 'key' },
		],
	])('%s is found', (_, delivery, settings) => {
		const report = explain(delivery);
		expect(report).toMatchObject({ accepted: false, verdict: 'secretInDelivery', settings });
		// The settings are enough.
		const credential = { ...credentialFrom(report.settings ?? {}), secret: SECRET };
		expect(explain(delivery, credential)).toMatchObject({ accepted: true, settings: null });
	});

	test('after another word is said to need that word', () => {
		const report = explain({ headers: { authorization: `Token ${SECRET}` } });
		expect(report.howToFix).toContain('Into Secret, enter "Token" and a space before the secret.');
		const credential = { ...credentialFrom(report.settings ?? {}), secret: `Token ${SECRET}` };
		expect(explain({ headers: { authorization: `Token ${SECRET}` } }, credential).accepted).toBe(
			true,
		);
	});

	test('in the body is found, and said to be impossible', () => {
		const body = Buffer.from(JSON.stringify({ auth: { token: SECRET }, id: 1 }));
		expect(explain({ body })).toMatchObject({
			verdict: 'secretInDelivery',
			reason: 'JOFI sends the secret in the body, in the field "auth.token".',
			settings: null,
		});
	});

	test.each([
		['another password', { headers: { authorization: basic('jofi:no') } }, 'otherLogin'],
		['another token', { headers: { authorization: 'Bearer no-such-token' } }, 'otherSecret'],
		['another key', { headers: { 'x-api-key': 'no-such-key' } }, 'otherSecret'],
	])('that is %s is told apart from nothing', (_, delivery, verdict) => {
		expect(explain(delivery).verdict).toBe(verdict);
		for (const method of ['basic', 'header', 'query'])
			expect(
				explain(delivery, { method, user: 'jofi', headerName: 'X', queryName: 'q', secret: SECRET })
					.verdict,
			).toBe(verdict);
	});

	test('is not said to be nearly right', () => {
		const close = [SECRET.slice(0, -1), SECRET.toUpperCase(), `${SECRET}x`, SECRET.slice(1)];
		const report = close.map((guess) => explain({ headers: { 'x-api-key': guess } }));
		const far = explain({ headers: { 'x-api-key': 'something else' } });
		for (const each of report) expect(each).toEqual(far);
		const user = (/** @type {string} */ login) =>
			explain(
				{ headers: { authorization: basic(login) } },
				{ method: 'basic', user: 'jofi', secret: SECRET },
			);
		expect(user('jofi:no')).toEqual(user('somebody:no'));
	});
});

describe('without a secret', () => {
	test.each([null, {}, { method: 'hmac', secret: ' ' }, { method: 'address' }])(
		'a signed delivery is described: %j',
		(credential) => {
			const report = explain({ headers: { 'x-jofi-signature': hmac(BODY) } }, credential);
			expect(report).toMatchObject({
				verdict: 'noSecret',
				accepted: false,
				settings: credential?.method === 'hmac' ? null : { Method: 'Signature' },
			});
			expect(report.reason).toBe(
				'JOFI sent a signed event: X-Jofi-Signature holds a signature of the length of SHA-256 in hex. There is no secret to check it with.',
			);
			expect(report.hmacs).toBe(0);
		},
	);

	test('a known style is suggested', () => {
		expect(
			explain({ headers: { 'stripe-signature': `t=1,v1=${hmac(BODY)}` } }, null).settings,
		).toEqual({
			Method: 'Signature',
			'Signature Style': 'Stripe',
		});
	});

	test('a delivery that proves nothing is said to do so, and its own headers are named', () => {
		expect(explain({ headers: { 'x-jofi-event': 'created' } }, null)).toEqual({
			verdict: 'unsigned',
			accepted: false,
			reason:
				'A delivery came that is not signed, and proves in no other way who sent it. Its own headers are X-Jofi-Event.',
			howToFix: 'Ask your JOFI representative.',
			settings: null,
			hmacs: 0,
		});
	});

	test('nobody can sign with an empty key', () => {
		const signature = createHmac('sha256', '').update(BODY).digest('hex');
		for (const secret of ['', ' ', 'whsec_'])
			expect(
				explain({ headers: { 'x-sig': signature } }, { method: 'hmac', secret }).verdict,
			).not.toBe('otherSettings');
	});
});

describe('an address', () => {
	const credential = { method: 'address', ipAllowlist: '203.0.113.0/24' };

	test.each([
		['198.51.100.7', 'add this address to IP Allowlist'],
		['10.0.0.1', 'set N8N_PROXY_HOPS'],
		['::ffff:172.18.0.1', 'set N8N_PROXY_HOPS'],
		['127.0.0.1', 'set N8N_PROXY_HOPS'],
	])('%s is not on the list', (address, advice) => {
		const report = explain({ address }, credential);
		expect(report).toMatchObject({ verdict: 'otherAddress', accepted: false });
		expect(report.reason).toContain(address);
		expect(report.howToFix).toContain(advice);
	});

	test('on the list is accepted', () => {
		expect(explain({ address: '203.0.113.9' }, credential).accepted).toBe(true);
	});

	test('that is no address is not shown', () => {
		const report = explain({ address: '<b>not-an-address</b>' }, credential);
		expect(report.verdict).toBe('otherAddress');
		expect(JSON.stringify(report)).not.toContain('not-an-address');
	});
});

describe('the settings', () => {
	const custom = credentialFrom(
		schemeSettings({ ...presets.custom, signatureHeader: 'x-sig' }, 'custom'),
	);

	test('have the labels of the credential, for each choice', () => {
		for (const [value, label] of Object.entries(METHOD_LABELS))
			expect(credentialFrom({ Method: label })).toEqual({ method: value });
		for (const [value, label] of Object.entries(STYLE_LABELS))
			expect(credentialFrom({ Method: 'Signature', 'Signature Style': label }).preset).toBe(value);
		const inCustom = (/** @type {string} */ label, /** @type {string} */ choice) =>
			credentialFrom({
				Method: 'Signature',
				'Signature Style': 'I Have Technical Details',
				[label]: choice,
			});
		for (const [value, label] of Object.entries(ALGORITHM_LABELS))
			expect(inCustom('Algorithm', label).algorithm).toBe(value);
		for (const [value, label] of Object.entries(ENCODING_LABELS)) {
			expect(inCustom('Key Encoding', label).keyEncoding).toBe(value);
			if (value !== 'utf8') expect(inCustom('Encoding', label).encoding).toBe(value);
		}
		for (const [value, label] of Object.entries(SEPARATOR_LABELS))
			expect(inCustom('Signature Separator', label).separator).toBe(value);
		expect(Object.keys(STYLE_LABELS).sort()).toEqual(['unknown', ...Object.keys(presets)].sort());
	});

	test('name every field of Custom', () => {
		const { secretPrefix, ...scheme } = presets.custom;
		expect(secretPrefix).toBe('whsec_');
		expect(Object.keys(custom).sort()).toEqual(['method', 'preset', ...Object.keys(scheme)].sort());
	});
});
