import fc from 'fast-check';

import { checkWebhookCredential } from '#dist/nodes/shared/webhook/verification/credentialTest.js';
import {
	missingSettings,
	verificationConfig,
} from '#dist/nodes/shared/webhook/verification/config.js';
import * as checks from '#dist/nodes/shared/webhook/verification/checks.js';
import { signDelivery } from '#dist/nodes/shared/webhook/verification/sign.js';
import { caught } from '../../../events.mjs';

const checkBody = caught(checks.checkBody);
const checkCaller = caught(checks.checkCaller);

/** @typedef {import('n8n-workflow').IDataObject} Credential */

/**
 * A credential in which only the secret can be wrong.
 *
 * @param {string} keyEncoding
 * @param {string} secret
 * @param {Credential} [more]
 */
const credentialOf = (keyEncoding, secret, more) => ({
	method: 'hmac',
	preset: 'custom',
	signatureHeader: 'x-signature',
	keyEncoding,
	secret,
	...more,
});

/** @param {Credential} data */
async function check(data) {
	const context = /** @type {import('n8n-workflow').ICredentialTestFunctions} */ ({});
	return await checkWebhookCredential.call(context, /** @type {any} */ ({ data }));
}

const key = Buffer.from('sixteen bytes of');
const hex = key.toString('hex');
const base64 = Buffer.from('not a real secret').toString('base64');

describe('a secret that is not encoded as the credential says', () => {
	test.each([
		['hex with colons', 'hex', hex.replace(/..(?=.)/g, '$&:')],
		['hex with spaces inside', 'hex', hex.replace(/..(?=.)/g, '$& ')],
		['hex with one digit too few', 'hex', hex.slice(1)],
		['hex with 0x before it', 'hex', `0x${hex}`],
		['hex with a letter of another alphabet', 'hex', `${hex}оо`],
		['Base64 with padding in its middle', 'base64', 'ab==cdefghijklmnopqrstuv'],
		['Base64 in a sentence', 'base64', `Secret: ${base64}`],
		['Base64 of the alphabet for URLs', 'base64', 'ab-_cdefghijklmnopqrstuv'],
		['Base64 with too much padding', 'base64', 'bm90IGEgcmVhbCBzZWNyZXQ==='],
		[
			'Base64 with padding that does not belong to it',
			'base64',
			'bm90IGEgcmVhbCBzZWNyZXQgYXQgYWxs=',
		],
		['Base64 that is cut off', 'base64', 'bm90IGEgcmVhbCBzZWNyZXQgYXQgYWxsa'],
		['Base64 with a line break inside', 'base64', 'bm90IGEgcmVh\nbCBzZWNyZXQgYXQgYWxs'],
		['Base64 of the other alphabet', 'base64url', 'ab+/cdefghijklmnopqrstuv'],
	])('is named by the check, and nothing is accepted: %s', async (_, keyEncoding, secret) => {
		const data = credentialOf(keyEncoding, secret);
		const { status, message } = await check(data);
		expect({ status, message }).toEqual({
			status: 'Error',
			message: expect.stringMatching(
				/^No delivery can be accepted yet\. A secret is not (hex|Base64|Base64url): .*\. Paste it as the sender shows it\.$/,
			),
		});
		expect(message).not.toContain(secret);
		expect(missingSettings(verificationConfig(data))).toHaveLength(1);
		expect(
			checkCaller(
				{ headers: { 'x-signature': '00' }, query: {}, address: '' },
				verificationConfig(data),
			)?.status,
		).toBe(401);
	});

	test('is found among the previous secrets, too', async () => {
		const { message } = await check(
			credentialOf('hex', hex, { previousSecrets: `${hex}\na0:b1:c2` }),
		);
		expect(message).toContain('A secret is not hex');
	});
});

describe('a secret that is encoded as the credential says', () => {
	test.each([
		['hex', 'hex', hex],
		['hex in capitals', 'hex', hex.toUpperCase()],
		['hex with spaces at its ends', 'hex', ` ${hex}\n`],
		['Base64 with padding', 'base64', base64],
		['Base64 without padding', 'base64', base64.replace(/=+$/, '')],
		['Base64 with spaces at its ends', 'base64', `\t${base64} `],
		['Base64 with whsec_ before it', 'base64', `whsec_${base64}`],
		['Base64url', 'base64url', Buffer.from('\u{1F511}'.repeat(6)).toString('base64url')],
	])('is complete: %s', async (_, keyEncoding, secret) => {
		expect(await check(credentialOf(keyEncoding, secret))).toEqual({
			status: 'OK',
			message: 'Complete. Choose it in the trigger, and publish.',
		});
	});

	test('decodes to its key, whatever its bytes are', () => {
		fc.assert(
			fc.property(
				fc.uint8Array({ minLength: 1, maxLength: 80 }),
				fc.constantFrom('hex', 'base64', 'base64url'),
				(bytes, encoding) => {
					const secret = Buffer.from(bytes).toString(/** @type {BufferEncoding} */ (encoding));
					expect(missingSettings(verificationConfig(credentialOf(encoding, secret)))).toEqual([]);
				},
			),
		);
	});
});

describe('the length of a secret is judged by its key', () => {
	const short = (/** @type {string} */ sentence) => ({
		status: 'OK',
		message: `Complete. Choose it in the trigger, and publish. ${sentence}`,
	});
	const shortKey = short('This secret stands for fewer than 16 bytes: use a longer, random one.');

	test.each([
		['hex of 15 bytes', 'hex', hex.slice(2), shortKey],
		['hex of 16 bytes', 'hex', hex, undefined],
		['Base64 of 15 bytes', 'base64', Buffer.alloc(15, 'a').toString('base64'), shortKey],
		['Base64 of 16 bytes', 'base64', Buffer.alloc(16, 'a').toString('base64'), undefined],
		[
			'text of 15 characters',
			'utf8',
			'fifteen-letters',
			short('This secret could be guessed: use a longer, random one, of at least 16 characters.'),
		],
		['text of 16 characters', 'utf8', 'sixteen-letters!', undefined],
	])('%s', async (_, keyEncoding, secret, expected) => {
		expect(await check(credentialOf(keyEncoding, secret))).toEqual(
			expected ?? { status: 'OK', message: 'Complete. Choose it in the trigger, and publish.' },
		);
	});
});

describe('previous secrets', () => {
	/** @param {string} previousSecrets */
	const secretsOf = (previousSecrets) =>
		verificationConfig({
			method: 'header',
			headerName: 'x-secret',
			secret: 'the current one',
			previousSecrets,
		}).secrets;

	test.each([
		[
			'a passphrase with spaces is one',
			'correct horse battery staple',
			['correct horse battery staple'],
		],
		['each line is one', 'one\ntwo words\r\nthree', ['one', 'two words', 'three']],
		['lines of spaces are none', '\n  \none\n\n', ['one']],
	])('%s', (_, previousSecrets, expected) => {
		expect(secretsOf(previousSecrets)).toEqual(['the current one', ...expected]);
	});

	test('no word of a passphrase opens anything', () => {
		const rules = verificationConfig({
			method: 'basic',
			user: 'jofi',
			secret: 'the current one',
			previousSecrets: 'correct horse battery staple',
		});
		const statusFor = (/** @type {string} */ password) =>
			checkCaller(
				{ headers: { authorization: `Basic ${btoa(`jofi:${password}`)}` }, query: {}, address: '' },
				rules,
			)?.status;
		expect(statusFor('correct horse battery staple')).toBeUndefined();
		for (const word of ['correct', 'horse', 'battery', 'staple']) expect(statusFor(word)).toBe(401);
	});
});

test('an empty key proves nothing, even if the settings were not checked before', () => {
	const rules = verificationConfig(credentialOf('hex', 'no hex'));
	const body = Buffer.from('{}');
	const headers = signDelivery(
		{ body, id: '', timestamp: '' },
		{ ...rules.scheme, keyEncoding: 'utf8' },
		[''],
	);
	expect(checkBody({ headers, query: {}, address: '' }, body, rules, 0)?.status).toBe(401);
});
