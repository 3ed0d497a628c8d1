import { webhookStatus } from '#dist/nodes/Jofi/resources/webhook/status.js';

const url = 'https://n8n.example.com/webhook/abc/jofi';
const account = { mode: 'live', webhook_endpoint: url, webhooks_enabled: true };

describe('judging the webhook of an account', () => {
	it.each([
		['the same URL', account, url, 0],
		['no trigger', account, '', 0],
		['a trailing slash', account, `${url}/`, 0],
		['another URL', account, `${url}/other`, 1],
		['no live URL', { ...account, webhook_endpoint: null }, url, 1],
		['an empty live URL', { ...account, webhook_endpoint: '' }, '', 1],
		['a live URL that is none', { ...account, webhook_endpoint: 'nonsense' }, url, 1],
		['webhooks that are off', { ...account, webhooks_enabled: false }, url, 1],
		['nothing said of webhooks', { mode: 'live' }, url, 2],
		['all at once', { mode: 'live' }, 'http://n8n.example.com/webhook-test/abc', 4],
		['a test key', { ...account, mode: 'test' }, url, 1],
		['a test key and no URL', { ...account, mode: 'test' }, 'nonsense', 2],
	])('%s', (_, given, triggerUrl, count) => {
		const { delivers, obstacles, summary } = webhookStatus(given, triggerUrl);
		expect(obstacles).toHaveLength(count);
		expect(delivers).toBe(count === 0);
		const sentences = /** @type {string[]} */ (obstacles);
		if (count > 0) expect(summary).toBe(sentences.join(' '));
		for (const sentence of sentences) expect(sentence).toMatch(/: .+\.$/);
	});

	it('compares nothing with a URL that the trigger cannot have', () => {
		const { obstacles } = webhookStatus(account, 'https://n8n.example.com/webhook-test/abc/jofi');
		expect(obstacles).toEqual([expect.stringContaining('Test URL')]);
	});

	it('has a mode even when JOFI gives none', () => {
		expect(webhookStatus({ ...account, mode: undefined }, '')).toMatchObject({
			mode: null,
			delivers: true,
		});
	});
});
