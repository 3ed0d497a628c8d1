/**
 * How other senders of webhooks sign, for what must recognize a signature: by the sender's own library
 * where one signs, else as its documentation says.
 */
import { createHash, createHmac, createSign, generateKeyPairSync } from 'node:crypto';
import { sign as signForGithub } from '@octokit/webhooks-methods';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import Stripe from 'stripe';
import { Webhook as SvixWebhook } from 'svix';

/**
 * @typedef {object} Moment of a delivery
 * @property {number} seconds since 1970
 * @property {string} url that the sender calls
 * @property {string} id of the message
 */

/**
 * @typedef {object} Vendor
 * @property {string} name
 * @property {string} secret as the sender shows it
 * @property {(body: string, moment: Moment, secret: string) => Record<string, string> | Promise<Record<string, string>>} sign
 * @property {(index: number) => string} [bodyOf] JSON unless said otherwise
 * @property {string} [contentType] of JSON unless said otherwise
 * @property {Record<string, string>} settings of the webhook credential that accept its deliveries,
 * beside those that Custom has anyway
 * @property {true} [isRare] whether it is not looked for in bodies that were written anew
 */

/** @typedef {import('node:crypto').BinaryToTextEncoding} Encoding */

const SECRET = '9d2f6c1be74a5083c6d1f7e2';
const BASE64_SECRET = Buffer.from('a key of thirty-two bytes, or so').toString('base64');
const WHSEC = `whsec_${BASE64_SECRET}`;

/**
 * @param {string | Buffer} key
 * @param {string} text
 * @param {Encoding} [encoding]
 * @param {string} [algorithm]
 */
const hmac = (key, text, encoding = 'hex', algorithm = 'sha256') =>
	createHmac(algorithm, key).update(text).digest(encoding);

/** The settings of a style. @param {string} style */
const style = (style) => ({ Method: 'Signature', 'Signature Style': style });

/** The settings of Custom, where they are not the usual ones. @param {Record<string, string>} changes */
const custom = (changes) => ({
	...style('I Have Technical Details'),
	'Signature Header': '',
	Algorithm: 'SHA-256',
	Encoding: 'Hex',
	'Signature Prefix': '',
	'Signature Separator': 'None',
	'Signed Content': '{body}',
	'Timestamp Header': '',
	'Timestamp Prefix': '',
	'ID Header': '',
	'Key Encoding': 'Text',
	...changes,
});

/** @param {number} index */
const form = (index) =>
	new URLSearchParams({
		To: '+15551234567',
		Body: `Zoë & co ${index}`,
		From: '+15557654321',
		CallSid: 'CA1234',
	}).toString();

const FORM = 'application/x-www-form-urlencoded';

/** The fields of a form as Twilio and Mandrill sign them. @param {string} body */
const fieldsInOrder = (body) =>
	[...new URLSearchParams(body)]
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([name, value]) => name + value)
		.join('');

/** @type {Vendor[]} */
export const VENDORS = [
	{
		name: 'Stripe (stripe)',
		secret: WHSEC,
		settings: style('Stripe'),
		sign: (body, { seconds }, secret) => ({
			'Stripe-Signature': Stripe.webhooks.generateTestHeaderString({
				payload: body,
				secret,
				timestamp: seconds,
				scheme: 'v1',
				signature: '',
				cryptoProvider: /** @type {any} */ (undefined),
			}),
		}),
	},
	{
		name: 'Svix (svix)',
		secret: WHSEC,
		settings: style('Standard Webhooks'),
		sign: (body, { seconds, id }, secret) => ({
			'Svix-Id': id,
			'Svix-Timestamp': String(seconds),
			'Svix-Signature': new SvixWebhook(secret).sign(id, new Date(seconds * 1000), body),
		}),
	},
	{
		name: 'Standard Webhooks (standardwebhooks)',
		secret: WHSEC,
		settings: style('Standard Webhooks'),
		sign: (body, { seconds, id }, secret) => ({
			'Webhook-Id': id,
			'Webhook-Timestamp': String(seconds),
			'Webhook-Signature': new StandardWebhook(secret).sign(id, new Date(seconds * 1000), body),
		}),
	},
	{
		name: 'Standard Webhooks under other names (standardwebhooks)',
		secret: WHSEC,
		settings: custom({
			'Signature Header': 'X-Acme-Signature',
			Encoding: 'Base64',
			'Signature Prefix': 'v1,',
			'Signature Separator': 'Space',
			'Signed Content': '{id}.{timestamp}.{body}',
			'Timestamp Header': 'X-Acme-Timestamp',
			'ID Header': 'X-Acme-Id',
			'Key Encoding': 'Base64',
		}),
		sign: (body, { seconds, id }, secret) => ({
			'X-Acme-Id': id,
			'X-Acme-Timestamp': String(seconds),
			'X-Acme-Signature': new StandardWebhook(secret).sign(id, new Date(seconds * 1000), body),
		}),
	},
	{
		name: 'GitHub (@octokit/webhooks-methods)',
		secret: SECRET,
		settings: style('GitHub'),
		sign: async (body, { id }, secret) => ({
			'X-GitHub-Delivery': id,
			'X-Hub-Signature': `sha1=${hmac('of nobody', body, 'hex', 'sha1')}`,
			'X-Hub-Signature-256': await signForGithub(secret, body),
		}),
	},
	// docs.slack.dev/authentication/verifying-requests-from-slack
	{
		name: 'Slack',
		secret: SECRET,
		settings: style('Slack'),
		sign: (body, { seconds }, secret) => ({
			'X-Slack-Request-Timestamp': String(seconds),
			'X-Slack-Signature': `v0=${hmac(secret, `v0:${seconds}:${body}`)}`,
		}),
	},
	// developer.squareup.com/docs/webhooks/step3validate
	{
		name: 'Square',
		secret: SECRET,
		settings: style('Square'),
		sign: (body, { url }, secret) => ({
			'X-Square-HmacSha256-Signature': hmac(secret, url + body, 'base64'),
		}),
	},
	// developers.hubspot.com, "Validating requests", version 3
	{
		name: 'HubSpot v3',
		secret: SECRET,
		settings: style('HubSpot (V3)'),
		sign: (body, { seconds, url }, secret) => ({
			'X-HubSpot-Request-Timestamp': String(seconds * 1000),
			'X-HubSpot-Signature-v3': hmac(secret, `POST${url}${body}${seconds * 1000}`, 'base64'),
		}),
	},
	// developer.paddle.com/webhooks/signature-verification
	{
		name: 'Paddle',
		secret: `pdl_ntfset_${SECRET}`,
		settings: style('Paddle'),
		sign: (body, { seconds }, secret) => ({
			'Paddle-Signature': `ts=${seconds};h1=${hmac(secret, `${seconds}:${body}`)}`,
		}),
	},
	// shopify.dev/docs/apps/build/webhooks/verify-deliveries
	{
		name: 'Shopify',
		secret: SECRET,
		settings: custom({ 'Signature Header': 'X-Shopify-Hmac-Sha256', Encoding: 'Base64' }),
		sign: (body, { id }, secret) => ({
			'X-Shopify-Webhook-Id': id,
			'X-Shopify-Hmac-Sha256': hmac(secret, body, 'base64'),
		}),
	},
	// twilio.com/docs/usage/webhooks/webhooks-security
	{
		name: 'Twilio',
		secret: SECRET,
		contentType: FORM,
		bodyOf: form,
		settings: custom({
			'Signature Header': 'X-Twilio-Signature',
			Algorithm: 'SHA-1',
			Encoding: 'Base64',
			'Signed Content': '{url}{sortedForm}',
		}),
		sign: (body, { url }, secret) => ({
			'X-Twilio-Signature': hmac(secret, url + fieldsInOrder(body), 'base64', 'sha1'),
		}),
	},
	// mailchimp.com/developer/transactional/guides/track-respond-activity-webhooks
	{
		name: 'Mandrill',
		secret: SECRET,
		contentType: FORM,
		bodyOf: (index) => `mandrill_events=${encodeURIComponent(JSON.stringify([{ index }]))}`,
		settings: custom({
			'Signature Header': 'X-Mandrill-Signature',
			Algorithm: 'SHA-1',
			Encoding: 'Base64',
			'Signed Content': '{url}{sortedForm}',
		}),
		sign: (body, { url }, secret) => ({
			'X-Mandrill-Signature': hmac(secret, url + fieldsInOrder(body), 'base64', 'sha1'),
		}),
	},
	// developers.zoom.us/docs/api/webhooks
	{
		name: 'Zoom',
		secret: SECRET,
		settings: custom({
			'Signature Header': 'X-Zm-Signature',
			'Signature Prefix': 'v0=',
			'Signed Content': 'v0:{timestamp}:{body}',
			'Timestamp Header': 'X-Zm-Request-Timestamp',
		}),
		sign: (body, { seconds, id }, secret) => ({
			'X-Zm-Trackingid': id,
			'X-Zm-Request-Timestamp': String(seconds),
			'X-Zm-Signature': `v0=${hmac(secret, `v0:${seconds}:${body}`)}`,
		}),
	},
	// developers.intercom.com/docs/webhooks/webhook-notifications
	{
		name: 'Intercom',
		secret: SECRET,
		settings: custom({
			'Signature Header': 'X-Hub-Signature',
			Algorithm: 'SHA-1',
			'Signature Prefix': 'sha1=',
		}),
		sign: (body, _, secret) => ({ 'X-Hub-Signature': `sha1=${hmac(secret, body, 'hex', 'sha1')}` }),
	},
	// developer.calendly.com/api-docs, "Webhook signatures"
	{
		name: 'Calendly',
		secret: SECRET,
		settings: custom({
			'Signature Header': 'Calendly-Webhook-Signature',
			'Signature Prefix': 'v1=',
			'Signature Separator': 'Comma',
			'Signed Content': '{timestamp}.{body}',
			'Timestamp Prefix': 't=',
		}),
		sign: (body, { seconds }, secret) => ({
			'Calendly-Webhook-Signature': `t=${seconds},v1=${hmac(secret, `${seconds}.${body}`)}`,
		}),
	},
	// developer.zendesk.com/documentation/webhooks/verifying
	{
		name: 'Zendesk',
		secret: BASE64_SECRET,
		settings: custom({
			'Signature Header': 'X-Zendesk-Webhook-Signature',
			Encoding: 'Base64',
			'Signed Content': '{timestamp}{body}',
			'Timestamp Header': 'X-Zendesk-Webhook-Signature-Timestamp',
		}),
		sign: (body, { seconds }, secret) => {
			const time = new Date(seconds * 1000).toISOString().replace('.000', '');
			return {
				'X-Zendesk-Webhook-Signature-Timestamp': time,
				'X-Zendesk-Webhook-Signature': hmac(secret, time + body, 'base64'),
			};
		},
	},
	// developer.box.com/guides/webhooks/v2/signatures-v2; the secondary key is another one
	{
		name: 'Box',
		secret: SECRET,
		settings: custom({
			'Signature Header': 'Box-Signature-Primary',
			Encoding: 'Base64',
			'Signed Content': '{body}{timestamp}',
			'Timestamp Header': 'Box-Delivery-Timestamp',
		}),
		sign: (body, { seconds, id }, secret) => {
			const time = new Date(seconds * 1000).toISOString().replace('.000Z', '+00:00');
			return {
				'Box-Delivery-Id': id,
				'Box-Delivery-Timestamp': time,
				'Box-Signature-Algorithm': 'HmacSHA256',
				'Box-Signature-Secondary': hmac('another key', body + time, 'base64'),
				'Box-Signature-Primary': hmac(secret, body + time, 'base64'),
			};
		},
	},
	// linear.app/developers/webhooks
	{
		name: 'Linear',
		secret: `lin_wh_${SECRET}`,
		settings: custom({ 'Signature Header': 'Linear-Signature' }),
		sign: (body, { id }, secret) => ({
			'Linear-Delivery': id,
			'Linear-Signature': hmac(secret, body),
		}),
	},
	// typeform.com/developers/webhooks/secure-your-webhooks
	{
		name: 'Typeform',
		secret: SECRET,
		settings: custom({
			'Signature Header': 'Typeform-Signature',
			Encoding: 'Base64',
			'Signature Prefix': 'sha256=',
		}),
		sign: (body, _, secret) => ({ 'Typeform-Signature': `sha256=${hmac(secret, body, 'base64')}` }),
	},
	// developer.atlassian.com/cloud/trello/guides/rest-api/webhooks
	{
		name: 'Trello',
		secret: SECRET,
		settings: custom({
			'Signature Header': 'X-Trello-Webhook',
			Algorithm: 'SHA-1',
			Encoding: 'Base64',
			'Signed Content': '{body}{url}',
		}),
		sign: (body, { url }, secret) => ({
			'X-Trello-Webhook': hmac(secret, body + url, 'base64', 'sha1'),
		}),
	},
	// developers.greenhouse.io/webhooks.html
	{
		name: 'Greenhouse',
		secret: SECRET,
		settings: custom({ 'Signature Header': 'Signature', 'Signature Prefix': 'sha256 ' }),
		sign: (body, _, secret) => ({ Signature: `sha256 ${hmac(secret, body)}` }),
	},
	// workos.com/docs/events/data-syncing/webhooks
	{
		name: 'WorkOS',
		secret: SECRET,
		settings: custom({
			'Signature Header': 'Workos-Signature',
			'Signature Prefix': 'v1=',
			'Signature Separator': 'Comma',
			'Signed Content': '{timestamp}.{body}',
			'Timestamp Prefix': 't=',
		}),
		sign: (body, { seconds }, secret) => ({
			'WorkOS-Signature': `t=${seconds}000, v1=${hmac(secret, `${seconds}000.${body}`)}`,
		}),
	},
	// learn.microsoft.com, "Create Outgoing Webhooks" of Teams
	{
		name: 'Microsoft Teams',
		secret: BASE64_SECRET,
		settings: custom({
			'Signature Header': 'Authorization',
			Encoding: 'Base64',
			'Signature Prefix': 'HMAC ',
			'Key Encoding': 'Base64',
		}),
		sign: (body, _, secret) => ({
			Authorization: `HMAC ${hmac(Buffer.from(secret, 'base64'), body, 'base64')}`,
		}),
	},
	// docs.recurly.com, "Signed webhooks"
	{
		name: 'Recurly',
		secret: SECRET,
		settings: custom({
			'Signature Header': 'Recurly-Signature',
			'Signature Separator': 'Comma',
			'Signed Content': '{timestamp}.{body}',
			'Timestamp Header': 'Recurly-Signature',
		}),
		sign: (body, { seconds }, secret) => ({
			'recurly-signature': [
				`${seconds}000`,
				hmac(secret, `${seconds}000.${body}`),
				hmac('an older key', `${seconds}000.${body}`),
			].join(','),
		}),
	},
	// paystack.com/docs/payments/webhooks
	{
		name: 'Paystack',
		secret: `sk_test_${SECRET}`,
		settings: custom({ 'Signature Header': 'X-Paystack-Signature', Algorithm: 'SHA-512' }),
		sign: (body, _, secret) => ({
			'X-Paystack-Signature': hmac(secret, body, 'hex', 'sha512'),
		}),
	},
	// docs.cdp.coinbase.com signs requests so; in small what an own format may be
	{
		name: 'Time, method, path and body',
		isRare: true,
		secret: SECRET,
		settings: custom({
			'Signature Header': 'X-Access-Sign',
			'Signed Content': '{timestamp}{method}{path}{body}',
			'Timestamp Header': 'X-Access-Timestamp',
		}),
		sign: (body, { seconds, url }, secret) => ({
			'X-Access-Timestamp': String(seconds),
			'X-Access-Sign': hmac(
				secret,
				`${seconds}POST${new URL(url).pathname}${new URL(url).search}${body}`,
			),
		}),
	},
	{
		name: 'Lines, SHA-384, Base64url, a key in hex',
		isRare: true,
		secret: '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
		settings: custom({
			'Signature Header': 'X-Hmac',
			Algorithm: 'SHA-384',
			Encoding: 'Base64url',
			'Signed Content': '{method}{newline}{path}{newline}{timestamp}{newline}{body}',
			'Timestamp Header': 'X-Date',
			'Key Encoding': 'Hex',
		}),
		sign: (body, { seconds, url }, secret) => {
			const { pathname, search } = new URL(url);
			const time = new Date(seconds * 1000).toISOString();
			const lines = ['POST', pathname + search, time, body].join('\n');
			return {
				'X-Date': time,
				'X-Hmac': hmac(Buffer.from(secret, 'hex'), lines, 'base64url', 'sha384'),
			};
		},
	},
];

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const { privateKey: rsaKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** @param {string} secret @param {...string} parts */
const inBody = (secret, ...parts) => hmac(secret, parts.join(''));

/**
 * Senders whose deliveries no setting of the credential accepts, and what is found out about them.
 *
 * @type {(Omit<Vendor, 'settings' | 'bodyOf'> & { verdict: string, bodyOf?: (index: number, secret: string) => string })[]}
 */
export const UNSUPPORTED = [
	// documentation.mailgun.com, "Securing webhooks"
	{
		name: 'Mailgun (signature in the body)',
		verdict: 'signatureInBody',
		secret: SECRET,
		bodyOf: (index, secret) =>
			JSON.stringify({
				signature: {
					token: `e0b5477167110d68991efc6b9f89f0a11066af${index}`,
					timestamp: '1770920772',
					signature: inBody(secret, '1770920772', `e0b5477167110d68991efc6b9f89f0a11066af${index}`),
				},
				'event-data': { event: 'opened', index },
			}),
		sign: () => ({}),
	},
	// developers.hellosign.com/docs/events/walkthrough
	{
		name: 'Dropbox Sign (signature in the body)',
		verdict: 'signatureInBody',
		secret: SECRET,
		contentType: FORM,
		bodyOf: (index, secret) =>
			new URLSearchParams({
				json: JSON.stringify({
					event: {
						event_time: '1770920772',
						event_type: `signature_request_sent${index}`,
						event_hash: inBody(secret, '1770920772', `signature_request_sent${index}`),
					},
				}),
			}).toString(),
		sign: () => ({}),
	},
	// hire.lever.co/developer/documentation, "Securing webhooks"
	{
		name: 'Lever (signature in the body)',
		verdict: 'signatureInBody',
		secret: SECRET,
		bodyOf: (index, secret) =>
			JSON.stringify({
				event: 'candidateHired',
				triggeredAt: 1770920772000,
				token: `f2c1a9${index}`,
				signature: inBody(secret, `f2c1a9${index}`, '1770920772000'),
				data: {},
			}),
		sign: () => ({}),
	},
	// developers.hubspot.com, "Validating requests", version 1
	{
		name: 'HubSpot v1 (plain hash)',
		verdict: 'plainHash',
		secret: SECRET,
		sign: (body, _, secret) => ({
			'X-HubSpot-Signature': createHash('sha256')
				.update(secret + body)
				.digest('hex'),
		}),
	},
	// twilio.com/docs/sendgrid, "Event Webhook Security Features"
	{
		name: 'SendGrid (ECDSA, a public key)',
		verdict: 'publicKey',
		secret: SECRET,
		sign: (body, { seconds }) => ({
			'X-Twilio-Email-Event-Webhook-Timestamp': String(seconds),
			'X-Twilio-Email-Event-Webhook-Signature': createSign('sha256')
				.update(seconds + body)
				.sign(privateKey, 'base64'),
		}),
	},
	// developer.paypal.com/api/rest/webhooks/rest
	{
		name: 'PayPal (RSA, a public key)',
		verdict: 'publicKey',
		secret: SECRET,
		sign: (body, { seconds, id }) => ({
			'Paypal-Transmission-Id': id,
			'Paypal-Transmission-Time': new Date(seconds * 1000).toISOString(),
			'Paypal-Auth-Algo': 'SHA256withRSA',
			'Paypal-Transmission-Sig': createSign('sha256').update(body).sign(rsaKey, 'base64'),
		}),
	},
];

/** Headers that every request has, from a client and a proxy. */
export const ORDINARY_HEADERS = {
	host: 'n8n.example',
	accept: '*/*',
	'accept-encoding': 'gzip, deflate, br',
	'user-agent': 'Acme-Hooks/2.1 (+https://acme.example)',
	'x-forwarded-for': '203.0.113.7',
	'x-forwarded-proto': 'https',
	'x-request-id': '4bf92f3577b34da6a3ce929d0e0e4736',
	traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
	'cf-ray': '8f1e2d3c4b5a6978-CDG',
	'if-none-match': '"33a64df551425fcc55e4d42a148795d9f25f89d4"',
	connection: 'close',
};

const DEFAULT_TYPE = 'application/json';

/**
 * A delivery of a vendor, with the headers that every request has.
 *
 * @param {Pick<Vendor, 'sign' | 'secret' | 'contentType'> & { bodyOf?: (index: number, secret: string) => string }} vendor
 * @param {object} [options]
 * @param {number} [options.index] different deliveries have different ones
 * @param {number} [options.seconds] since 1970
 * @param {string} [options.url] that the sender calls
 * @param {string} [options.secret] that it signs with
 * @param {number} [options.bytes] of the body, if it is JSON
 */
export async function deliveryOf(
	vendor,
	{
		index = 1,
		seconds = Date.UTC(2026, 1, 3, 12, 43, 36) / 1000,
		url = 'https://n8n.example/webhook/1/jofi?source=a%20b',
		secret = vendor.secret,
		bytes = 300,
	} = {},
) {
	const json = () =>
		JSON.stringify({
			id: `evt_${index}`,
			name: 'Zoë Müller-漢字',
			path: 'a/b',
			text: 'x'.repeat(Math.max(0, bytes - 80)),
		});
	const body = vendor.bodyOf?.(index, secret) ?? json();
	const moment = { seconds, url, id: `msg_2KWPBgLlAfxdpx2AI54pPJ85f4W${index}` };
	const signed = await vendor.sign(body, moment, secret);
	return {
		method: 'POST',
		urls: [url],
		headers: /** @type {Record<string, string>} */ ({
			...ORDINARY_HEADERS,
			'content-type': vendor.contentType ?? DEFAULT_TYPE,
			'content-length': String(Buffer.byteLength(body)),
			...Object.fromEntries(
				Object.entries(signed).map(([name, value]) => [name.toLowerCase(), value]),
			),
		}),
		query: Object.fromEntries(new URL(url).searchParams),
		body: Buffer.from(body),
		isExact: true,
		address: '',
	};
}
