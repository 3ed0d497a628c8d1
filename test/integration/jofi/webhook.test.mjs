import { startNode } from './node.mjs';

const production = 'https://n8n.example.com/webhook/b8a1f7a8/jofi';
const verification = { user: 'jofi', password: 'agreed' };

/** @type {import('./node.mjs').Started} */
let started;
beforeEach(async () => {
	started = await startNode();
});
afterEach(() => started.close());

/** @param {string} [triggerUrl] */
async function status(triggerUrl = '') {
	const { json } = await started.run('webhook:getStatus', { triggerUrl });
	expect(json).toHaveLength(1);
	return json[0];
}

describe('the status of the webhook', () => {
	it('is well when JOFI delivers to the trigger', async () => {
		started.jofi.webhooks.configure({ live: production, verification });
		expect(await status(production)).toEqual({
			mode: 'live',
			delivers: true,
			summary: 'JOFI delivers events to this trigger.',
			obstacles: [],
			webhooksEnabled: true,
			webhookEndpoint: production,
			triggerUrl: production,
		});
	});

	it('is well when the URLs differ in what does not matter', async () => {
		started.jofi.webhooks.configure({
			live: 'https://N8N.example.com:443/webhook/b8a1f7a8/jofi/',
			verification,
		});
		expect(await status(` ${production}?token=secret `)).toMatchObject({ delivers: true });
	});

	it('is well for an account with a live URL when no trigger is named', async () => {
		started.jofi.webhooks.configure({ live: production, verification });
		expect(await status()).toMatchObject({
			delivers: true,
			summary: 'JOFI delivers events to its live webhook URL.',
			triggerUrl: null,
		});
	});

	it.each([
		['another path', 'https://n8n.example.com/webhook/other/jofi'],
		['another host', 'https://n8n.example.org/webhook/b8a1f7a8/jofi'],
		['another port', 'https://n8n.example.com:8443/webhook/b8a1f7a8/jofi'],
	])('says that JOFI delivers elsewhere: %s', async (_, live) => {
		started.jofi.webhooks.configure({ live, verification });
		const { delivers, obstacles, summary } = await status(production);
		expect(delivers).toBe(false);
		expect(obstacles).toEqual([
			expect.stringMatching(
				/^JOFI delivers to a different URL .* ask your JOFI representative to change it\./,
			),
		]);
		expect(summary).toBe(obstacles[0]);
	});

	it('says that there is no live URL, and that webhooks are not enabled', async () => {
		const { delivers, obstacles, webhookEndpoint, webhooksEnabled } = await status(production);
		expect({ delivers, webhookEndpoint, webhooksEnabled }).toEqual({
			delivers: false,
			webhookEndpoint: null,
			webhooksEnabled: false,
		});
		expect(obstacles).toEqual([
			expect.stringContaining('ask your JOFI representative to enable them'),
			expect.stringContaining('no live webhook URL'),
		]);
	});

	it('says that JOFI has a live URL that is not valid', async () => {
		started.jofi.webhooks.configure({ live: 'n8n.example.com/webhook', verification });
		expect((await status(production)).obstacles).toEqual([
			expect.stringContaining('or one that is not valid'),
		]);
	});

	it('says that webhooks are not enabled', async () => {
		started.jofi.webhooks.configure({ live: production, enabled: false, verification });
		expect(await status(production)).toMatchObject({
			delivers: false,
			webhooksEnabled: false,
			obstacles: [expect.stringContaining('not enabled')],
		});
	});

	it('says that the Test URL was given, and not that JOFI has the wrong one', async () => {
		started.jofi.webhooks.configure({ live: production, verification });
		const { obstacles } = await status(production.replace('/webhook/', '/webhook-test/'));
		expect(obstacles).toEqual([
			'This is the Test URL of the trigger, which works in the editor only: copy the Production URL.',
		]);
	});

	it('says that the URL of the trigger is not HTTPS', async () => {
		started.jofi.webhooks.configure({ live: production, verification });
		expect((await status(production.replace('https', 'http'))).obstacles).toEqual([
			expect.stringContaining('is not HTTPS'),
		]);
	});

	it('says that the URL of the trigger is missing', async () => {
		started.jofi.webhooks.configure({ live: production, verification });
		expect((await status('webhook/b8a1f7a8')).obstacles).toEqual([
			expect.stringContaining('is not a URL'),
		]);
	});

	it('is not judged with a test key, whose account is made up', async () => {
		const { json } = await started.run(
			'webhook:getStatus',
			{ triggerUrl: 'https://n8n.example.net/webhook/made-up' },
			started.withKey(started.jofi.keys.test),
		);
		expect(json).toMatchObject([
			{ mode: 'test', delivers: false, obstacles: [expect.stringContaining('use a live key')] },
		]);
	});
});

describe('what may be secret in a webhook URL', () => {
	const live = 'https://jofi:agreed@n8n.example.com/webhook/b8a1f7a8/jofi?token=s3cret&s3cret';

	it('appears in neither the status nor the account', async () => {
		started.jofi.webhooks.configure({ live, verification });
		const { json } = await started.run('account:get', { output: 'raw' });
		expect(json[0].webhook_endpoint).toBe(
			'https://hidden:hidden@n8n.example.com/webhook/b8a1f7a8/jofi?hidden',
		);
		const verdict = await status(`${production}?token=s3cret`);
		expect(verdict).toMatchObject({
			delivers: true,
			webhookEndpoint: json[0].webhook_endpoint,
			triggerUrl: `${production}?hidden`,
		});
		expect(JSON.stringify([verdict, json])).not.toMatch(/s3cret|agreed/);
	});

	it('leaves the account without a webhook as it is', async () => {
		const { json } = await started.run('account:get', { output: 'raw' });
		expect(json).toMatchObject([
			{
				object: 'account',
				webhook_endpoint: null,
				webhooks_enabled: false,
				teams_count: 2,
				test_takers_seats_used_count: 2,
			},
		]);
	});
});
