import { createHmac } from 'node:crypto';

import { credentialFrom } from '../providers/vendors/settings.mjs';
import { deliveryOf, VENDORS } from '../providers/vendors/signers.mjs';
import { loader, runNode } from './core.mjs';
import { errorTextOf } from './errorText.mjs';
import { expectShape } from './outputs.mjs';

const SECRET = 'agreed-with-the-representative';
const BODY = '{"type": "test_taker.created", "id": 7}';
const OPERATION = 'webhook:explainDelivery';

/** The nodes and their folders. */
const NODES = {
	jofi: 'Jofi',
	jobAffinity: 'JobAffinity',
	regpack: 'Regpack',
	innovativeEducators: 'InnovativeEducators',
};

let runs = 0;

/**
 * Explains with a credential of its own, as each has its own rate.
 *
 * @param {Record<string, unknown>} parameters
 * @param {object} [setting]
 * @param {Record<string, unknown> | null} [setting.credential]
 * @param {string} [setting.credentialId]
 * @param {import('n8n-workflow').INodeExecutionData[]} [setting.items]
 * @param {string} [setting.type] of the node
 * @param {import('n8n-workflow').OnError} [setting.onError]
 */
async function explain(
	parameters,
	{
		credential = { method: 'hmac', secret: SECRET },
		credentialId = `credential ${++runs}`,
		type = 'jofi',
		onError,
		items,
	} = {},
) {
	const [resource, operation] = OPERATION.split(':');
	const { output, ...run } = await runNode({
		credentials: credential ? { [`${type}WebhookApi`]: credential } : {},
		node: {
			type,
			parameters: /** @type {any} */ ({ resource, operation, ...parameters }),
			...(credential && {
				credentials: { [`${type}WebhookApi`]: { id: credentialId, name: 'Webhook' } },
			}),
			...(onError && { onError }),
		},
		...(items && { items }),
	});
	return { ...run, output, json: output.map(({ json }) => /** @type {any} */ (json)) };
}

const hmac = (/** @type {string} */ text) =>
	createHmac('sha256', SECRET).update(text).digest('base64');

/** An item of n8n's Webhook node. @param {{ headers: object, body: Buffer, urls: string[], query: object }} delivery */
const itemOf = ({ headers, body, urls, query }) => ({
	json: /** @type {any} */ ({
		headers,
		params: {},
		query,
		body: {},
		webhookUrl: urls[0].split('?')[0],
		executionMode: 'test',
	}),
	binary: { data: { data: body.toString('base64'), mimeType: 'application/json' } },
});

describe.each(Object.entries(NODES))('the node %s', (type, folder) => {
	it('offers it with the webhook credential, and needs no other', () => {
		const { credentials = [], properties } = /** @type {any} */ (
			loader.nodeTypes[type].type.description
		);
		expect(credentials.at(-1)).toMatchObject({
			name: `${type}WebhookApi`,
			required: false,
			displayOptions: {
				show: { resource: ['webhook'], operation: ['explainDelivery', 'sendTestEvent'] },
			},
		});
		for (const { displayOptions } of credentials.slice(0, -1))
			expect(Object.values(displayOptions.hide).flat()).toEqual(
				expect.arrayContaining([expect.stringMatching(/^(explainDelivery|webhook)$/)]),
			);
		expect(properties).toContainEqual(expect.objectContaining({ name: 'headersText' }));
	});

	it('names the signature of pasted text', async () => {
		const { json } = await explain(
			{
				deliveryFrom: 'text',
				headersText: `Host: n8n.example\r\nX-Own-Signature: ${hmac(BODY)}\nnot a header`,
				bodyText: BODY,
			},
			{ type },
		);
		expect(json).toHaveLength(1);
		expect(json[0]).toMatchObject({
			accepted: false,
			reason: expect.stringContaining(
				'signs the body with HMAC-SHA-256, in Base64, in X-Own-Signature',
			),
			// Regpack's credential offers no signatures.
			settings:
				type === 'regpack'
					? null
					: {
							'Signature Style': 'I Have Technical Details',
							'Signature Header': 'X-Own-Signature',
							Encoding: 'Base64',
							'Signed Content': '{body}',
						},
		});
		expectShape(folder, OPERATION, json);
		expect(JSON.stringify(json)).not.toContain(SECRET);
	});
});

describe("an item of n8n's Webhook node", () => {
	it.each(VENDORS.filter(({ isRare }) => !isRare))(
		'with a delivery of $name is named',
		async (vendor) => {
			const { json } = await explain(
				{},
				{
					credential: { method: 'hmac', secret: vendor.secret },
					items: [
						itemOf(await deliveryOf(vendor, { url: 'https://n8n.example/webhook/1?source=a' })),
					],
				},
			);
			expect(json[0].settings).toEqual(vendor.settings);
			const accepted = await explain(
				{},
				{
					credential: { ...credentialFrom(vendor.settings), secret: vendor.secret },
					items: [
						itemOf(await deliveryOf(vendor, { url: 'https://n8n.example/webhook/1?source=a' })),
					],
				},
			);
			expect(accepted.json[0].accepted).toBe(true);
		},
	);

	const parsed = (/** @type {string} */ body, /** @type {string} */ signature) => ({
		json: { headers: { 'x-own-signature': signature }, query: {}, body: JSON.parse(body) },
	});

	it('without Raw Body is explained as far as it goes', async () => {
		const compact = JSON.stringify(JSON.parse(BODY));
		const { json } = await explain({}, { items: [parsed(BODY, hmac(compact))] });
		expect(json[0].settings).toMatchObject({ 'Signature Header': 'X-Own-Signature' });
		const other = await explain({}, { items: [parsed(BODY, hmac(`${BODY} `))] });
		expect(other.json[0].howToFix).toContain('turn on Raw Body');
	});

	it('of a GET request is explained by its query', async () => {
		const items = [{ json: { headers: { host: 'x' }, query: { key: SECRET }, body: {} } }];
		const { json } = await explain({}, { items, type: 'regpack' });
		expect(json[0].settings).toEqual({ Method: 'Secret in the URL', 'URL Parameter': 'key' });
	});

	it('is explained by itself: one that is no delivery takes no other with it', async () => {
		const items = [{ json: { id: 1 } }, parsed('{}', hmac('{}'))];
		const { json } = await explain({}, { items, onError: 'continueRegularOutput' });
		expect(json[0]).toEqual({
			error: 'The item is not a delivery',
			message: "Connect n8n's Webhook node, or set Delivery From to Pasted Text.",
		});
		expect(json[1]).toMatchObject({ accepted: false });
	});
});

describe('pasted text', () => {
	it.each([
		['a JSON object', JSON.stringify({ 'X-Own-Signature': hmac(BODY) })],
		['an expression that gives an object', { 'X-Own-Signature': [hmac(BODY)] }],
		[
			'lines with a request line',
			`POST /webhook/1 HTTP/1.1\nHost: x\nx-own-signature:${hmac(BODY)}`,
		],
	])('may have its headers as %s', async (_, headersText) => {
		const { json } = await explain({ deliveryFrom: 'text', headersText, bodyText: BODY });
		expect(json[0].settings).toMatchObject({ 'Signature Header': 'X-Own-Signature' });
	});

	it('has a URL where that is signed', async () => {
		const url = 'https://n8n.example/webhook/1?a=%20b';
		const signature = hmac(url + BODY);
		const headersText = `X-Own-Signature: ${signature}`;
		const text = { deliveryFrom: 'text', bodyText: BODY };
		const named = await explain({ ...text, headersText, deliveryUrl: url });
		expect(named.json[0].settings).toMatchObject({ 'Signed Content': '{url}{body}' });
		const request = await explain({
			...text,
			headersText: `POST /webhook/1?a=%20b HTTP/1.1\nHost: n8n.example\n${headersText}`,
		});
		expect(request.json[0].settings).toMatchObject({ 'Signed Content': '{url}{body}' });
	});

	it.each([
		['{"a":', 'Headers is not JSON'],
		['x'.repeat(100_001), 'Headers is too long'],
	])('with headers that cannot be read says so', async (headersText, message) => {
		const run = await explain({ deliveryFrom: 'text', headersText });
		expect(errorTextOf(run, [SECRET]).message).toBe(message);
	});

	it('with nothing in it is answered', async () => {
		const { json } = await explain({ deliveryFrom: 'text' }, { credential: null });
		expect(json[0]).toMatchObject({ accepted: false, settings: null });
	});
});

describe('a provider that signs nothing', () => {
	const text = { deliveryFrom: 'text', bodyText: BODY };

	it('is told by what it uses: Regpack', async () => {
		const { json } = await explain(text, { type: 'regpack' });
		expect(json[0].howToFix).toMatch(
			/^Regpack signs nothing\. Add the credential's secret to the URL/,
		);
		const right = await explain(
			{ ...text, deliveryUrl: `https://n8n.example/webhook/1?token=${SECRET}` },
			{ type: 'regpack', credential: { method: 'query', queryName: 'token', secret: SECRET } },
		);
		expect(right.json[0]).toMatchObject({ accepted: true });
	});

	it('is told by what it uses: Innovative Educators', async () => {
		const from = (/** @type {string} */ address) =>
			explain(
				{ ...text, headersText: `X-Forwarded-For: 10.1.1.1, ${address}` },
				{ type: 'innovativeEducators', credential: null },
			);
		const [known] = (await from('54.243.7.71')).json;
		expect(known).toMatchObject({ accepted: true });
		const [other] = (await from('203.0.113.9')).json;
		expect(other.reason).toBe(
			'A delivery came from 203.0.113.9, which is not on the IP allowlist.',
		);
		const nowhere = await explain(text, { type: 'innovativeEducators', credential: null });
		expect(nowhere.json[0].howToFix).toMatch(/^Innovative Educators signs nothing\./);
	});
});

describe('whoever may use the credential', () => {
	it('cannot guess at its secret faster than at a trigger', async () => {
		const items = Array.from({ length: 70 }, (_, index) => ({
			json: { headers: { 'x-secret': `guess ${index}` }, query: {}, body: {} },
		}));
		const credentialId = 'guessed at';
		const { json } = await explain({}, { items, credentialId, onError: 'continueRegularOutput' });
		const refused = json.filter(({ error }) => error);
		expect(json).toHaveLength(70);
		expect(refused).toHaveLength(10);
		expect(refused[0].error).toBe('60 deliveries were explained within a minute');
		const again = await explain({}, { items: items.slice(0, 1), credentialId });
		expect(again.status).toBe('error');
	});
});
