import { execFileSync } from 'node:child_process';
import {
	cpSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { signDelivery } from '#dist/nodes/shared/webhook/verification/sign.js';
import { presets } from '#dist/nodes/shared/webhook/verification/signatureScheme.js';
import { webhookContext } from '../unit/webhookContext.mjs';
import { loadPackage, runNode } from './core.mjs';
import { credential as credentialSource, folder } from './newProvider/files.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const require = createRequire(import.meta.url);
const SECRET = 'not-a-real-secret';
const credential = { method: 'hmac', preset: 'github', secret: SECRET };
const body = JSON.stringify({
	event: 'form.sent',
	id: 'acme-7',
	sent_at: '2026-03-01T08:00:00Z',
	form: { name: 'Feedback', email: 'a@example.com' },
});

/**
 * A copy of the package with a fifth provider: one folder, its webhook credential, and their
 * registration in package.json.
 */
function packageWithAcme() {
	const copy = mkdtempSync(join(tmpdir(), 'talent-events-'));
	// The other providers' folders would only take time to compile.
	for (const name of ['nodes/shared', 'icons', 'tsconfig.json'])
		cpSync(join(root, name), join(copy, name), { recursive: true });
	symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
	for (const [path, source] of Object.entries(folder)) {
		const file = join(copy, 'nodes', 'Acme', path);
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, source);
	}
	mkdirSync(join(copy, 'credentials'));
	writeFileSync(join(copy, 'credentials', 'AcmeWebhookApi.credentials.ts'), credentialSource);
	const packageJson = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	packageJson.n8n.nodes = ['dist/nodes/Acme/AcmeTrigger.node.js'];
	packageJson.n8n.credentials = ['dist/credentials/AcmeWebhookApi.credentials.js'];
	writeFileSync(join(copy, 'package.json'), JSON.stringify(packageJson));
	execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', copy], {
		stdio: 'inherit',
	});
	cpSync(join(root, 'icons'), join(copy, 'dist', 'icons'), { recursive: true });
	return copy;
}

/** @type {string} */
let copy;
beforeAll(async () => {
	copy = packageWithAcme();
}, 120_000);
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/**
 * A delivery to the trigger as Acme signs it, through both phases.
 *
 * @param {string} secret
 * @param {Record<string, unknown>} [parameters]
 */
async function delivered(secret, parameters = {}) {
	const from = await loadPackage(copy);
	const { acmeWebhooks: source } = require(join(copy, 'dist/nodes/Acme/provider.js'));
	const headers = signDelivery({ body: Buffer.from(body), timestamp: '', id: '' }, presets.github, [
		secret,
	]);
	const lowerCase = Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
	);
	const { context, response } = webhookContext({
		source,
		body,
		headers: lowerCase,
		credential,
		events: ['form.sent'],
		parameters,
	});
	const { type } = from.nodeTypes.acmeTrigger;
	const { workflowData } = await /** @type {any} */ (type).webhook.call(context);
	if (!workflowData) return { status: response.statusCode, items: [] };
	const node = {
		type: 'acmeTrigger',
		parameters: { authentication: 'none', events: ['form.sent'] },
	};
	const { output } = await runNode({
		from,
		node,
		mode: 'webhook',
		workflowId: 'acme',
		items: workflowData[0],
	});
	return { status: response.statusCode, items: output.map(({ json }) => json) };
}

describe('a provider that is added by the steps of CONTRIBUTING.md', () => {
	it('is loaded by n8n, with its events in Trigger On', async () => {
		const { nodeTypes } = await loadPackage(copy);
		const { properties } = /** @type {any} */ (nodeTypes.acmeTrigger.type).description;
		const { options } = properties.find(
			(/** @type {{ name: string }} */ { name }) => name === 'events',
		);
		expect(options.map((/** @type {{ name: string }} */ { name }) => name)).toEqual([
			'Any Event',
			'Delivery Refused',
			'Form Sent',
		]);
	});

	it('refuses a delivery that is signed with another secret', async () => {
		expect(await delivered('another-secret')).toEqual({ status: 401, items: [] });
	});

	it('keeps away what does not pass its filter', async () => {
		expect((await delivered(SECRET, { filters: { forms: ['Order'] } })).items).toEqual([]);
	});

	it('makes an item of a delivery, and none of its repeat', async () => {
		expect((await delivered(SECRET)).items).toEqual([
			{
				title: 'a@example.com sent Feedback',
				person: {
					name: null,
					firstName: null,
					lastName: null,
					email: 'a@example.com',
					phone: null,
					id: null,
					externalId: null,
				},
				owner: { name: null, email: null },
				registration: expect.objectContaining({ form: 'Feedback', status: null }),
				links: { form: null },
				occurredOn: expect.stringContaining('Mar 1, 2026, '),
				occurredAt: '2026-03-01T08:00:00Z',
				receivedAt: expect.stringMatching(/Z$/),
				source: 'webhook',
				missedByWebhook: false,
				provider: 'acme',
				event: 'form.sent',
				eventKey: 'acme:form.sent:acme-7',
				deliveryId: 'acme-7',
				details: null,
				payload: JSON.parse(body),
			},
		]);
		expect((await delivered(SECRET)).items).toEqual([]);
	});
});
