import { createHmac } from 'node:crypto';
import { sign as signForGithub } from '@octokit/webhooks-methods';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import Stripe from 'stripe';
import { Webhook as SvixWebhook } from 'svix';

import * as checks from '#dist/nodes/shared/webhook/verification/checks.js';
import { verificationConfig } from '#dist/nodes/shared/webhook/verification/config.js';
import { caught } from '../../../events.mjs';

const checkBody = caught(checks.checkBody);
const checkCaller = caught(checks.checkCaller);

const NOW = Date.UTC(2026, 1, 3, 12, 43, 36);
const URL_OF_TRIGGER = 'https://n8n.example/base/webhook/1/jofi';
const ID = 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W';

/** @typedef {import('n8n-workflow').IDataObject} Credential */
/** @typedef {{ seconds: number, url: string }} Target */

/**
 * One real sender: how it signs, and the credential that the README gives for it.
 *
 * @typedef {object} Sender
 * @property {Credential} credential without secrets
 * @property {string[]} secrets the current one, an older one, somebody else's
 * @property {(body: string, secrets: string[], moment: Target) => Promise<Record<string, string>>} sign
 * @property {true} [untimed]
 * @property {true} [signsOnce] with the current secret alone, whatever is being rotated
 */

/** @param {string} key @param {string} text @param {'hex' | 'base64'} encoding */
const hmac = (key, text, encoding) => createHmac('sha256', key).update(text).digest(encoding);

const textSecrets = [
	'the current secret of this sender',
	'an older secret of the same sender',
	'the secret of somebody else',
];
const whsec = textSecrets.map((secret) => `whsec_${Buffer.from(secret).toString('base64')}`);

/**
 * @param {typeof StandardWebhook | typeof SvixWebhook} Webhook
 * @param {string} prefix of the header names
 */
const standard =
	(Webhook, prefix) =>
	async (
		/** @type {string} */ body,
		/** @type {string[]} */ secrets,
		/** @type {Target} */ { seconds },
	) => ({
		[`${prefix}-id`]: ID,
		[`${prefix}-timestamp`]: String(seconds),
		[`${prefix}-signature`]: secrets
			.map((secret) => new Webhook(secret).sign(ID, new Date(seconds * 1000), body))
			.join(' '),
	});

/** @type {Record<string, Sender>} */
const senders = {
	standardwebhooks: {
		credential: { preset: 'standardWebhooks' },
		secrets: whsec,
		sign: standard(StandardWebhook, 'webhook'),
	},
	svix: {
		credential: { preset: 'standardWebhooks' },
		secrets: whsec,
		sign: standard(SvixWebhook, 'svix'),
	},
	'svix, described with Custom': {
		credential: {
			preset: 'custom',
			signatureHeader: 'Svix-Signature',
			encoding: 'base64',
			prefix: 'v1,',
			separator: ' ',
			signed: '{id}.{timestamp}.{body}',
			timestampHeader: 'Svix-Timestamp',
			idHeader: 'Svix-Id',
			keyEncoding: 'base64',
		},
		secrets: whsec,
		sign: standard(SvixWebhook, 'svix'),
	},
	stripe: {
		credential: { preset: 'stripe' },
		// Stripe's secrets also start with whsec_, which is part of the key.
		secrets: whsec,
		async sign(body, secrets, { seconds }) {
			const headers = secrets.map((secret) =>
				Stripe.webhooks.generateTestHeaderString({
					payload: body,
					secret,
					timestamp: seconds,
					scheme: 'v1',
					signature: '',
					cryptoProvider: /** @type {any} */ (undefined),
				}),
			);
			return {
				'stripe-signature': [
					headers[0],
					...headers.slice(1).map((each) => each.replace(/^t=\d+,/, '')),
				].join(','),
			};
		},
	},
	'@octokit/webhooks-methods': {
		credential: { preset: 'github' },
		secrets: textSecrets,
		untimed: true,
		signsOnce: true,
		// The library refuses to sign an empty body.
		sign: async (body, [secret]) => ({
			'x-hub-signature-256':
				body === '' ? `sha256=${hmac(secret, body, 'hex')}` : await signForGithub(secret, body),
		}),
	},
	// docs.slack.dev/authentication/verifying-requests-from-slack
	Slack: {
		credential: { preset: 'slack' },
		secrets: textSecrets,
		signsOnce: true,
		sign: async (body, [secret], { seconds }) => ({
			'x-slack-request-timestamp': String(seconds),
			'x-slack-signature': `v0=${hmac(secret, `v0:${seconds}:${body}`, 'hex')}`,
		}),
	},
	// developer.paddle.com/webhooks/signature-verification
	Paddle: {
		credential: { preset: 'paddle' },
		secrets: textSecrets,
		sign: async (body, secrets, { seconds }) => ({
			'paddle-signature': [
				`ts=${seconds}`,
				...secrets.map((secret) => `h1=${hmac(secret, `${seconds}:${body}`, 'hex')}`),
			].join(';'),
		}),
	},
	// developer.squareup.com/docs/webhooks/step3validate
	Square: {
		credential: { preset: 'square' },
		secrets: textSecrets,
		untimed: true,
		signsOnce: true,
		sign: async (body, [secret], { url }) => ({
			'x-square-hmacsha256-signature': hmac(secret, url + body, 'base64'),
		}),
	},
	// developers.hubspot.com, "Validating requests", version 3
	HubSpot: {
		credential: { preset: 'hubspot' },
		secrets: textSecrets,
		signsOnce: true,
		sign: async (body, [secret], { seconds, url }) => ({
			'x-hubspot-request-timestamp': String(seconds * 1000),
			'x-hubspot-signature-v3': hmac(secret, `POST${url}${body}${seconds * 1000}`, 'base64'),
		}),
	},
};

const bodies = {
	'3 kB': JSON.stringify({ type: 'test_taker.created', text: 'x'.repeat(3000) }),
	unicode: JSON.stringify({ name: 'Zoë Müller-漢字 \u{1F511} \u2028' }),
	nothing: '',
	'1 MB': JSON.stringify({ text: 'é'.repeat(500_000) }),
};

describe.each(Object.entries(senders))(
	'%s',
	(_name, { credential, secrets, sign, untimed, signsOnce }) => {
		const [current, older, foreign] = secrets;

		/**
		 * @param {Record<string, string>} headers
		 * @param {string | Buffer} body
		 * @param {{ secret?: string, previousSecrets?: string, now?: number, url?: string }} [more]
		 */
		function problemOf(
			headers,
			body,
			{ secret = current, previousSecrets = '', now = NOW, url = '/webhook/1/jofi' } = {},
		) {
			const rules = verificationConfig({ method: 'hmac', ...credential, secret, previousSecrets });
			const request = {
				method: 'POST',
				url,
				webhookUrl: URL_OF_TRIGGER,
				headers,
				query: {},
				address: '',
			};
			return (checkCaller(request, rules, now) ?? checkBody(request, Buffer.from(body), rules, now))
				?.sentence;
		}

		/** @param {string} body */
		const signed = (body, used = [current], { age = 0, url = URL_OF_TRIGGER } = {}) =>
			sign(body, used, { seconds: NOW / 1000 - age, url });

		test.each(Object.entries(bodies))('is accepted with a body of %s', async (_, body) => {
			expect(problemOf(await signed(body), body)).toBeUndefined();
		});

		test.each(Object.entries(bodies))(
			'is rejected with one byte of the body altered: %s',
			async (_, body) => {
				const headers = await signed(body);
				for (const at of [0, body.length >> 1, body.length - 1]) {
					const altered = Buffer.from(body || ' ');
					altered[Math.max(0, at)] ^= 1;
					expect(problemOf(headers, altered)).toBe('The signature does not match.');
				}
			},
		);

		test("is rejected with another account's secret", async () => {
			expect(problemOf(await signed(bodies['3 kB'], [foreign]), bodies['3 kB'])).toBe(
				'The signature does not match.',
			);
		});

		test('is accepted with the old and the new secret while it is rotated', async () => {
			const body = bodies.unicode;
			for (const used of [current, older]) {
				expect(
					problemOf(await signed(body, [used]), body, { previousSecrets: older }),
				).toBeUndefined();
			}
			expect(problemOf(await signed(body, [older]), body)).toBe('The signature does not match.');
		});

		if (!untimed)
			test('is rejected when it is too old, or from the future', async () => {
				const body = bodies.unicode;
				for (const age of [-300, 0, 300])
					expect(problemOf(await signed(body, [current], { age }), body)).toBeUndefined();
				for (const age of [-301, 301])
					expect(problemOf(await signed(body, [current], { age }), body)).toBe(
						'The timestamp is outside the tolerance.',
					);
			});

		if (!signsOnce)
			test('is accepted with several signatures if one matches', async () => {
				const body = bodies['3 kB'];
				const headers = await signed(body, [foreign, older, current]);
				for (const secret of [current, older])
					expect(problemOf(headers, body, { secret })).toBeUndefined();
				expect(problemOf(await signed(body, [foreign, older]), body)).toBe(
					'The signature does not match.',
				);
			});

		test('is rejected without its signature, before the body is read', async () => {
			const headers = Object.fromEntries(Object.keys(await signed('')).map((name) => [name, '']));
			expect(problemOf(headers, '')).toBe('The signature is missing.');
		});
	},
);

describe('a URL that is signed', () => {
	const body = '{}';
	const secret = textSecrets[0];

	/**
	 * @param {'square' | 'hubspot'} preset
	 * @param {string} url as it was requested
	 * @param {string} signedUrl
	 */
	async function problemOf(preset, url, signedUrl) {
		const rules = verificationConfig({ method: 'hmac', preset, secret });
		const headers = await senders[preset === 'square' ? 'Square' : 'HubSpot'].sign(body, [secret], {
			seconds: NOW / 1000,
			url: signedUrl,
		});
		const request = {
			method: 'POST',
			url,
			webhookUrl: URL_OF_TRIGGER,
			headers,
			query: {},
			address: '',
		};
		return checkBody(request, Buffer.from(body), rules, NOW)?.sentence;
	}

	test.each(/** @type {const} */ (['square', 'hubspot']))(
		'is the one that the sender knows, with its query as it was sent: %s',
		async (preset) => {
			for (const query of ['', '?a=1', "?a=%20x'+~&b=%c3%bc&&c"]) {
				expect(
					await problemOf(preset, `/webhook/1/jofi${query}`, URL_OF_TRIGGER + query),
				).toBeUndefined();
			}
			for (const url of [
				URL_OF_TRIGGER.replace('https', 'http'),
				`${URL_OF_TRIGGER}/`,
				`${URL_OF_TRIGGER}?a=1`,
				'https://n8n.example/webhook/1/jofi',
			]) {
				expect(await problemOf(preset, '/webhook/1/jofi', url)).toBe(
					'The signature does not match.',
				);
			}
		},
	);

	test('is signed by HubSpot with some characters unescaped', async () => {
		expect(
			await problemOf(
				'hubspot',
				'/webhook/1/jofi?a=%2Fx%3A%20%26',
				`${URL_OF_TRIGGER}?a=/x:%20%26`,
			),
		).toBeUndefined();
	});
});
