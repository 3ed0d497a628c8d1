import { checkWebhookCredential } from '#dist/nodes/shared/webhook/verification/credentialTest.js';

const secret = 'a-long-but-made-up-secret';
const header = { method: 'header', headerName: 'X-Webhook-Secret', secret };
const custom = { method: 'hmac', preset: 'custom', secret, signatureHeader: 'X-Signature' };

const COMPLETE = 'Complete. Choose it in the trigger, and publish.';

/** @param {object | undefined} fields */
async function check(fields) {
	const credential = { id: '1', name: 'Webhook', type: 'jofiWebhookApi', data: fields };
	const context = /** @type {import('n8n-workflow').ICredentialTestFunctions} */ ({});
	return await checkWebhookCredential.call(
		context,
		/** @type {import('n8n-workflow').ICredentialsDecrypted} */ (credential),
	);
}

test.each([
	['HMAC as GitHub', { method: 'hmac', preset: 'github', secret }],
	['HMAC as Stripe', { method: 'hmac', preset: 'stripe', secret }],
	[
		'HMAC as Standard Webhooks',
		{
			method: 'hmac',
			preset: 'standardWebhooks',
			secret: 'whsec_bm90IGEgcmVhbCBzZWNyZXQgYXQgYWxs',
		},
	],
	['custom HMAC', custom],
	[
		'custom HMAC with a timestamp',
		{ ...custom, signed: '{timestamp}.{body}', timestampHeader: 'X-Time' },
	],
	['Basic Auth', { method: 'basic', user: 'jofi', secret }],
	['Header Auth', header],
	['Query Auth', { method: 'query', queryName: 'token', secret }],
	['Header Auth with an allowlist', { ...header, ipAllowlist: '203.0.113.7, 2001:db8::/32' }],
	['two secrets', { ...header, previousSecrets: 'another-made-up-secret' }],
])('%s is complete', async (_, fields) => {
	expect(await check(fields)).toEqual({ status: 'OK', message: COMPLETE });
});

test.each([
	['HMAC without a secret', { ...custom, secret: '' }, ['The secret is missing.']],
	[
		'HMAC of a style that nobody knows yet',
		{ method: 'hmac', preset: 'unknown', secret },
		['It is not known yet how deliveries are signed.'],
	],
	[
		'a secret that a URL would change',
		{ method: 'query', queryName: 'token', secret: 'enroll&me 2026 +secret' },
		['A secret in the URL may contain only letters, digits, - and _.'],
	],
	[
		'HMAC that leaves the body out',
		{ ...custom, signed: '{timestamp}', timestampHeader: 'X-Time' },
		['The signed content must contain {body} or {sortedForm}.'],
	],
	[
		'HMAC with an ID from nowhere',
		{ ...custom, signed: '{id}.{body}' },
		['The signed content contains {id}, but the ID header is missing.'],
	],
	[
		'HMAC with a timestamp beside the signature, and no separator',
		{
			...custom,
			signed: '{timestamp}.{body}',
			signatureHeader: 'X-Signature',
			timestampHeader: 'x-signature',
		},
		[
			'With a timestamp in it, the signature header has several elements: choose the signature separator.',
		],
	],
	[
		'HMAC with a timestamp from nowhere',
		{ ...custom, signed: '{timestamp}.{body}' },
		['The signed content contains {timestamp}, but the timestamp header is missing.'],
	],
	[
		'Basic Auth without anything',
		{ method: 'basic' },
		['The password is missing.', 'The user is missing.'],
	],
	['Header Auth without a name', { ...header, headerName: '' }, ['The header name is missing.']],
	['Query Auth without a name', { method: 'query', secret }, ['The URL parameter is missing.']],
	['an allowlist that is missing', { method: 'address' }, ['The IP allowlist is missing.']],
	[
		'an allowlist without a valid entry',
		{ ...header, ipAllowlist: 'example.com' },
		['The IP allowlist has no valid entry.'],
	],
])('%s: names what is missing', async (_, fields, sentences) => {
	expect(await check(fields)).toEqual({
		status: 'Error',
		message: `No delivery can be accepted yet. ${sentences.join(' ')}`,
	});
});

test.each([
	[
		'a short secret',
		{ ...header, secret: 'fifteen-letters' },
		'This secret could be guessed: use a longer, random one, of at least 16 characters.',
	],
	[
		'short hex',
		{ ...custom, keyEncoding: 'hex', secret: 'whsec_00112233445566778899aabb' },
		'This secret stands for fewer than 16 bytes: use a longer, random one.',
	],
	[
		'a short previous secret',
		{ ...header, previousSecrets: 'a-previous-secret-of-some-length\nshort' },
		'A previous secret could be guessed: remove it soon.',
	],
	['SHA-1', { ...custom, algorithm: 'sha1' }, 'SHA-1 is outdated: use SHA-256 if the sender can.'],
	[
		'any age',
		{ method: 'hmac', preset: 'stripe', secret, toleranceSeconds: 0 },
		'Others can send old deliveries again: set a timestamp tolerance, such as 300 seconds.',
	],
	[
		'a form whose fields are signed',
		{ ...custom, signed: '{url}{sortedForm}' },
		'With {sortedForm}, neither the order of the fields nor where a name ends is signed: use {body} if the sender can.',
	],
	[
		'an allowlist alone',
		{ method: 'address', ipAllowlist: '203.0.113.7' },
		'Others may share an IP address: choose a method with a secret if the sender supports one.',
	],
])(
	'%s works, so it is no error, and the message names the weakness',
	async (_, fields, sentence) => {
		expect(await check(fields)).toEqual({ status: 'OK', message: `${COMPLETE} ${sentence}` });
	},
);

test.each([
	['nothing', undefined],
	['an empty credential', {}],
	['Not Agreed Yet', { method: 'notAgreed' }],
])('%s: n8n gets no message, which it would show in red, and no success', async (_, fields) => {
	expect(await check(fields)).toEqual({ status: 'Error', message: '' });
});

test('without a secret for the URL, a new one is suggested, and each time another', async () => {
	const [first, second] = await Promise.all(
		[1, 2].map(() => check({ method: 'query', queryName: 'token', secret: '' })),
	);
	const suggested =
		/^No delivery can be accepted yet\. The secret is missing\. Copy this new one into Secret: ([\w-]{32})$/;
	expect(first.message).toMatch(suggested);
	expect(first.message).not.toBe(second.message);
	const [, secret] = /** @type {RegExpExecArray} */ (suggested.exec(first.message));
	expect(await check({ method: 'query', queryName: 'token', secret })).toEqual({
		status: 'OK',
		message: COMPLETE,
	});
});

test('entries of the allowlist that are no addresses are an error, although the others work', async () => {
	expect(await check({ ...header, ipAllowlist: '203.0.113.7, example.com 10.0.0.0/99' })).toEqual({
		status: 'Error',
		message:
			'The IP allowlist has invalid entries, which count for nothing: example.com, 10.0.0.0/99.',
	});
});

test.each([
	['an unknown method', { method: 'jwt', secret }],
	['an unknown algorithm', { ...custom, algorithm: 'rot13' }],
	['an unknown encoding', { ...custom, encoding: 'rot13' }],
	['an unknown key encoding', { ...custom, keyEncoding: 'rot13' }],
	[
		'a secret that is no hex',
		{ ...custom, keyEncoding: 'hex', secret: 'this is text and not hex' },
	],
	[
		'a timestamp in a header that has only one element',
		{ ...custom, signed: '{timestamp}.{body}', timestampPrefix: 't=' },
	],
])('%s, with which no delivery can be accepted, is an error', async (_, fields) => {
	expect((await check(fields)).status).toBe('Error');
});

test('16 characters are long enough', async () => {
	expect((await check({ ...header, secret: 'sixteen-letters!' })).status).toBe('OK');
});

test('no message contains a secret', async () => {
	for (const fields of [
		{ ...header, secret: 'short-one' },
		{ ...custom, keyEncoding: 'hex', secret: 'zz-short' },
		{ ...header, headerName: '' },
	]) {
		const { message } = await check(fields);
		expect(message).not.toContain(fields.secret);
	}
});
