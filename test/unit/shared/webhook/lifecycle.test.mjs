import { manualSetup } from '#dist/nodes/shared/webhook/lifecycle.js';
import { innovativeEducatorsWebhooks } from '#dist/nodes/InnovativeEducators/provider.js';
import { jofiWebhooks } from '#dist/nodes/Jofi/provider.js';

const PUBLIC = 'https://n8n.example.com/webhook/1/jofi';
const READY = { method: 'basic', user: 'jofi', secret: 'a-long-but-made-up-secret' };

/**
 * Publishes a workflow with one trigger.
 *
 * @param {object} trigger
 * @param {string} [trigger.url] its production URL
 * @param {string} [trigger.mode]
 * @param {object} [trigger.settings]
 * @param {object | null} [trigger.credential] what the chosen credential holds; `null` if none is
 * @param {string} [trigger.credentialId]
 * @param {string} [trigger.authentication]
 * @param {string} [trigger.ipAllowlist]
 * @param {import('../../../../nodes/shared/webhook/source.js').WebhookSource} [trigger.source]
 * @returns {Promise<string[]>} what was logged
 */
async function publish({
	url = PUBLIC,
	mode = 'trigger',
	settings = {},
	credential = READY,
	credentialId = '1',
	authentication = 'credential',
	ipAllowlist = '',
	source = jofiWebhooks,
}) {
	/** @type {string[]} */
	const log = [];
	const parameters = /** @type {Record<string, unknown>} */ ({
		settings,
		authentication,
		ipAllowlist,
	});
	const { name } = source.credential;
	const context = {
		getMode: () => mode,
		getNodeWebhookUrl: () => url,
		getNode: () => ({
			name: `${source.provider.label} Trigger`,
			credentials: credential ? { [name]: { id: credentialId, name: 'My webhook' } } : undefined,
		}),
		getNodeParameter: (/** @type {string} */ each) => parameters[each],
		getCredentials: async () => credential,
		logger: { warn: (/** @type {string} */ message) => log.push(message) },
	};
	const { create } = manualSetup(source).default;
	await create.call(/** @type {any} */ (context));
	return log;
}

describe('the address', () => {
	test('a public HTTPS address is published without a word', async () => {
		expect(await publish({})).toEqual([]);
	});

	test.each([
		'http://n8n.example.com/webhook/1/jofi',
		'https://192.168.1.5/webhook/1/jofi',
		'http://n8n:5678/webhook/1/jofi',
		'http://localhost:5678/webhook/1/jofi',
		'http://127.0.0.1:5678/webhook/1/jofi',
	])('%s is refused with what to do, in the message that n8n shows', async (url) => {
		await expect(publish({ url })).rejects.toThrow(
			/^Not published: JOFI cannot deliver to .* Set N8N_WEBHOOK_URL .* turn on Allow Non-Public URL in the Options of the trigger\.$/,
		);
	});

	test.each(['http://10.0.0.5/webhook/1/jofi', 'http://localhost:5678/webhook/1/jofi'])(
		'%s is published and logged when the user says that it will do',
		async (url) => {
			expect(await publish({ url, settings: { allowNonPublicUrl: true } })).toEqual([
				expect.stringMatching(/^JOFI cannot deliver to /),
			]);
		},
	);
});

describe('a trigger that could accept no delivery is refused', () => {
	test.each(
		/** @type {[string, object | null, string][]} */ ([
			[
				'without a credential',
				null,
				'JOFI Trigger has no credential yet. Choose or create one in the trigger.',
			],
			[
				'with one that is empty',
				{},
				"the credential 'My webhook' says Not Agreed Yet. Ask JOFI how it proves its deliveries, and enter that in the credential.",
			],
			[
				'while nothing is agreed yet',
				{ method: 'notAgreed' },
				"the credential 'My webhook' says Not Agreed Yet. Ask JOFI how it proves its deliveries, and enter that in the credential.",
			],
			[
				'without a secret',
				{ method: 'hmac', preset: 'github' },
				"the credential 'My webhook' has no secret yet. Enter it, and publish again.",
			],
			[
				'while nobody knows how deliveries are signed',
				{ method: 'hmac', preset: 'unknown', secret: READY.secret },
				"the credential 'My webhook' is not complete. It is not known yet how deliveries are signed.",
			],
		]),
	)('%s', async (_, credential, problem) => {
		await expect(publish({ credential })).rejects.toEqual(
			expect.objectContaining({
				message: `Not published: ${problem} To publish now and have every delivery refused until then, turn on Allow Incomplete Credential in the Options of the trigger.`,
			}),
		);
	});

	test('with the credential of another n8n, which an imported workflow names', async () => {
		await expect(publish({ credentialId: '' })).rejects.toThrow(
			'Not published: JOFI Trigger has no credential yet.',
		);
	});

	test('with an allowlist of the trigger that holds no address', async () => {
		await expect(
			publish({
				source: innovativeEducatorsWebhooks,
				credential: null,
				authentication: 'address',
				ipAllowlist: 'example.com',
			}),
		).rejects.toThrow(
			'Not published: Innovative Educators Trigger is not complete. The IP allowlist has no valid entry.',
		);
	});

	test.each([
		['when the user allows it', { settings: { allowIncompleteCredential: true } }],
		['when deliveries are not authenticated', { authentication: 'none' }],
	])('but not %s', async (_, changes) => {
		expect(await publish({ credential: null, ...changes })).toEqual([]);
	});
});

test('a test run says nothing', async () => {
	const url = 'http://localhost:5678/webhook-test/1/jofi';
	expect(await publish({ url, mode: 'manual', credential: null })).toEqual([]);
});
