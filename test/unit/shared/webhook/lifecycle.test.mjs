import { checkPublicUrl } from '#dist/nodes/shared/webhook/lifecycle.js';
import { jofiWebhooks } from '#dist/nodes/Jofi/provider.js';

/**
 * Publishes a workflow whose production URL is `url`.
 *
 * @param {string} url
 * @param {{ mode?: string, settings?: object }} [circumstances]
 * @returns {string[]} what was logged
 */
function publish(url, { mode = 'trigger', settings = {} } = {}) {
	/** @type {string[]} */
	const log = [];
	const context = {
		getMode: () => mode,
		getNodeWebhookUrl: () => url,
		getNode: () => ({ name: 'JOFI Trigger' }),
		getNodeParameter: () => settings,
		logger: { warn: (/** @type {string} */ message) => log.push(message) },
	};
	checkPublicUrl(
		/** @type {import('n8n-workflow').IHookFunctions} */ (/** @type {unknown} */ (context)),
		jofiWebhooks,
	);
	return log;
}

test('a public HTTPS address is published without a word', () => {
	expect(publish('https://n8n.example.com/webhook/1/jofi')).toEqual([]);
});

test.each([
	'http://n8n.example.com/webhook/1/jofi',
	'https://192.168.1.5/webhook/1/jofi',
	'http://n8n:5678/webhook/1/jofi',
])('%s is refused with what to do, in the message that n8n shows', (url) => {
	expect(() => publish(url)).toThrow(
		/^JOFI cannot deliver to .* Set N8N_WEBHOOK_URL .* turn on the node's option Allow Non-Public URL\.$/,
	);
});

test.each(['http://localhost:5678/webhook/1/jofi', 'http://127.0.0.1:5678/webhook/1/jofi'])(
	'%s is published, so that everything can be tried out, and logged',
	(url) => {
		expect(publish(url)).toEqual([expect.stringMatching(/^JOFI cannot deliver to /)]);
	},
);

test('a private address is published when the user says that a gateway leads there', () => {
	const log = publish('http://10.0.0.5/webhook/1/jofi', { settings: { allowNonPublicUrl: true } });
	expect(log).toHaveLength(1);
});

test('a test run says nothing', () => {
	expect(publish('http://10.0.0.5/webhook-test/1/jofi', { mode: 'manual' })).toEqual([]);
});
