import fc from 'fast-check';

import {
	redactQuery,
	redactText,
	redactUrl,
	redactWebhookUrls,
} from '#dist/nodes/shared/values/redact.js';
import { jofiWebhooks } from '#dist/nodes/Jofi/provider.js';
import { jobaffinityWebhooks } from '#dist/nodes/JobAffinity/provider.js';
import { innovativeEducatorsWebhooks } from '#dist/nodes/InnovativeEducators/provider.js';
import { itemOf } from '../../events.mjs';
import { deliver } from '../../webhookContext.mjs';

const url = 'https://n8n.example.com/webhook/abc/jofi';

describe('a URL', () => {
	it.each([
		[url, url],
		[`${url}?token=s3cret`, `${url}?hidden`],
		[`${url}?s3cret`, `${url}?hidden`],
		[`${url}#s3cret`, `${url}#hidden`],
		['https://s3cret@n8n.example.com/', 'https://hidden@n8n.example.com/'],
		['https://:s3cret@n8n.example.com/', 'https://:hidden@n8n.example.com/'],
		['HTTPS://jofi:s3cret@n8n.example.com/', 'https://hidden:hidden@n8n.example.com/'],
		['n8n.example.com/webhook?token=s3cret', 'n8n.example.com/webhook?hidden'],
		['n8n.example.com/webhook#s3cret', 'n8n.example.com/webhook?hidden'],
		[
			'jofi:s3cret@n8n.example.com/webhook?token=s3cret',
			'jofi:hidden@n8n.example.com/webhook?hidden',
		],
		['s3cret@n8n.example.com/webhook', 'hidden@n8n.example.com/webhook'],
		['//jofi:s3cret@n8n.example.com/webhook', '//hidden@n8n.example.com/webhook'],
		['https://jofi:s3cret@n8n .example.com/?s3cret', 'https://hidden@n8n .example.com/?hidden'],
		['', null],
		[null, null],
		[undefined, null],
		[{ url }, null],
	])('%s is shown without what may be secret', (given, shown) => {
		expect(redactUrl(given)).toBe(shown);
		expect(redactUrl(shown)).toBe(shown);
	});

	it('shows no user, password, query or fragment, whatever they are', () => {
		const secret = fc.stringMatching(/^[a-z]{12,20}$/).map((text) => `s3cret${text}`);
		fc.assert(
			fc.property(
				secret,
				secret,
				secret,
				secret,
				fc.constantFrom('https://', 'http://', '//', ''),
				(user, password, query, hash, scheme) => {
					expect(
						redactUrl(`${scheme}${user}:${password}@n8n.example.com/w?t=${query}#${hash}`),
					).not.toMatch(/s3cret/);
				},
			),
		);
	});
});

describe('a payload', () => {
	it('hides only the secret parts of webhook URLs, wherever they appear', () => {
		const secret = `https://a:b@n8n.example.com/w?token=s3cret`;
		const hidden = 'https://hidden:hidden@n8n.example.com/w?hidden';
		const withUrls = (/** @type {string} */ at) => ({
			webhook_url: at,
			data: {
				object: { webhookEndpoint: at, list: [{ 'webhook-url': at }, 'webhook_url', null, 1] },
			},
			10: 1,
			9: 2,
			scorecard_url: 'https://www.jofiscore.com/?keep=this',
			webhook_url_count: 'https://example.com/?keep=this',
		});
		expect(JSON.stringify(redactWebhookUrls(withUrls(secret)))).toBe(
			JSON.stringify(withUrls(hidden)),
		);
	});

	it('is the same object where there is nothing to hide', () => {
		fc.assert(fc.property(fc.jsonValue(), (value) => redactWebhookUrls(value) === value));
		const payload = { webhook_url: url, data: { webhook_url: null } };
		expect(redactWebhookUrls(payload)).toBe(payload);
	});

	it('of a megabyte takes less than 250 ms', () => {
		const payload = JSON.parse(
			`{"webhook_url":"${url}?token=s3cret","rows":[${Array(100_000).fill('{"a":[]}').join()}]}`,
		);
		const before = process.cpuUsage();
		redactWebhookUrls(payload);
		expect(process.cpuUsage(before).user / 1000).toBeLessThan(250);
	});
});

describe('what the trigger hands on of a delivery', () => {
	const delivered = {
		webhook_url: `https://jofi:s3cret@n8n.example.com/webhook/1?token=s3cret`,
		webhook_verification_method: 'basic',
	};
	const shown = 'https://hidden:hidden@n8n.example.com/webhook/1?hidden';

	it.each([
		['JOFI', jofiWebhooks, { type: 'test_taker.created' }],
		['an event of JOFI that nobody knows', jofiWebhooks, { type: 'test_taker.erased' }],
		[
			'JobAffinity',
			jobaffinityWebhooks,
			{ event: 'ProcessStepChange', application: { _self: '/restapi/v1/application/1' } },
		],
		['Innovative Educators', innovativeEducatorsWebhooks, { event: 'courseCompletion', id: '1' }],
	])(
		'of %s holds no secret of the webhook URL, in the payload neither',
		async (_, source, body) => {
			const { started } = await deliver({
				source,
				body: JSON.stringify({ ...body, ...delivered }),
				events: ['*'],
			});
			expect(started).toMatchObject({ payload: { ...body, ...delivered, webhook_url: shown } });
			const item = itemOf(source.provider, /** @type {any} */ (started));
			expect(JSON.stringify([started, item])).not.toContain('s3cret');
			if (source === jofiWebhooks) expect(item.payload.webhook_url).toBe(shown);
		},
	);
});

describe('the query of a GET request', () => {
	/** @param {string} query @param {string} name @param {string[]} secrets */
	const shown = (query, name, secrets) => redactQuery(query, name, secrets);

	it.each([
		['under the name of the credential', 'agreed=s3cret-123&a=1', 'agreed', ['other']],
		['under another name', 'old=s3cret-123&a=1', 'token', ['s3cret-123']],
		['after Bearer', 'old=Bearer%20s3cret-123&a=1', '', ['s3cret-123']],
		[
			'of an earlier set-up, by what it is called',
			'token=s3cret-123&Secret=s3cret-123&api_key=s3cret-123&a=1',
			'',
			[],
		],
	])('holds no secret %s', (_, query, name, secrets) => {
		expect(shown(query, name, secrets)).toBe('a=1');
	});

	it('keeps what only looks like a short secret', () => {
		expect(shown('a=1&b=test&tokens=2', 'token', ['1', 'test'])).toBe('a=1&b=test&tokens=2');
	});
});

it("hides in a text of anybody's what may be secret", () => {
	expect(
		redactText(
			'{"url":"https://a:s3cret@n8n.example.com/w?token=s3cret","authorization":"Basic s3cret=="} secret: s3cret',
		),
	).not.toContain('s3cret');
	expect(redactText('{"status":"received"}')).toBe('{"status":"received"}');
});
