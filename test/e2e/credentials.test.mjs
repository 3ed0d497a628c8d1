import { randomUUID } from 'node:crypto';
import { ensureChromium } from '../host/chromium.mjs';
import { outputOf } from '../host/executions.mjs';
import { createProgress } from '../host/progress.mjs';
import { startJofi } from '../providers/jofi/server.mjs';
import { openEditor } from './browser.mjs';
import { startWithPackage } from './jofi.mjs';

const executablePath = await ensureChromium(createProgress());

/** @type {import('./jofi.mjs').N8n} */
let n8n;
/** @type {import('../host/workflow.mjs').Credential} */
let credential;
/** @type {Awaited<ReturnType<typeof startJofi>>} */
let jofi;

beforeAll(async () => {
	({ n8n, credential } = await startWithPackage({ webhookUrl: 'https://n8n.example.org/' }));
	jofi = await startJofi();
});

afterAll(async () => {
	await jofi?.close();
	await n8n?.stop();
});

/**
 * Runs n8n's own HTTP Request node with a JOFI API credential.
 *
 * @param {Record<string, unknown>} parameters
 * @param {Record<string, unknown>} [data] of the credential beside the key
 */
async function requested(parameters, data = { baseUrl: jofi.base }) {
	const { client } = n8n;
	const credential = await client.createCredential({
		name: 'JOFI key',
		type: 'jofiApi',
		data: { apiKey: jofi.keys.live, ...data },
	});
	const start = {
		id: 'start',
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		parameters: {},
	};
	const call = {
		...{ id: 'call', name: 'Call', type: 'n8n-nodes-base.httpRequest', typeVersion: 4.4 },
		parameters: {
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'jofiApi',
			...parameters,
		},
		credentials: { jofiApi: { id: credential.id, name: credential.name } },
	};
	const nodes = [start, call].map((node, index) => ({
		...node,
		position: /** @type {[number, number]} */ ([index * 200, 0]),
	}));
	const workflow = await client.createWorkflow({
		name: 'HTTP',
		nodes,
		connections: { Start: { main: [[{ node: 'Call', type: 'main', index: 0 }]] } },
	});
	const { executionId } = await client.listen(workflow, 'Start');
	await client.waitForExecutions(workflow.id);
	return await client.execution(String(executionId));
}

it("n8n's HTTP Request node uses the key for JOFI's API", async () => {
	const execution = await requested({ url: `${jofi.base}/accounts` });
	expect(outputOf(execution, 'Call')).toMatchObject([{ object: 'account', mode: 'live' }]);
	expect(jofi.requests).toMatchObject([{ path: '/accounts', key: 'live', status: 200 }]);
	expect(JSON.stringify(execution)).not.toContain(jofi.keys.live);
});

it('does not let whoever uses the key read it with a workflow that calls this machine', async () => {
	const before = jofi.requests.length;
	const { status, data } = await requested({ url: `${jofi.base}/accounts` }, {});
	expect(status).toBe('error');
	expect(data.resultData.error?.message).toContain(
		'The JOFI API key is for https://www.jofiscore.com only, not for http://127.0.0.1',
	);
	expect(jofi.requests).toHaveLength(before);
	expect(JSON.stringify(data)).not.toContain(jofi.keys.live);
});

it('does not follow where JOFI redirects to, as the node would by default', async () => {
	const elsewhere = await startJofi();
	jofi.fail({ match: 'GET /teams', status: 302, headers: { location: `${elsewhere.base}/teams` } });
	const { status, data } = await requested({ url: `${jofi.base}/teams` });
	expect(status).toBe('error');
	expect(elsewhere.requests).toEqual([]);
	expect(JSON.stringify(data)).not.toContain(jofi.keys.live);
	await elsewhere.close();
});

// Without a browser there is nothing to look at; on CI a missing one is an error before this line.
(executablePath ? describe : describe.skip)('a webhook credential in the editor', () => {
	/** @type {import('./browser.mjs').Editor} */
	let editor;
	/** @type {import('playwright-core').Page} */
	let page;

	beforeAll(async () => {
		// As for a new user, who has none.
		await n8n.client.rest('DELETE', `/credentials/${credential.id}`);
		editor = await openEditor(String(executablePath), n8n.base);
		({ page } = editor);
	});

	afterAll(() => editor?.close());

	/** @param {string} id */
	const byId = (id) => editor.byId(id);

	const dialog = () => byId('editCredential-modal');

	/**
	 * A workflow of one trigger without a credential, opened at it.
	 *
	 * @param {string} type
	 * @param {string} name
	 * @param {Record<string, unknown>} parameters
	 */
	async function openTrigger(type, name, parameters) {
		const workflow = await n8n.client.createWorkflow({
			name: `${name} ${randomUUID()}`,
			nodes: [
				{
					id: randomUUID(),
					name,
					type: `n8n-nodes-talent-events.${type}`,
					typeVersion: 2,
					position: [0, 0],
					webhookId: randomUUID(),
					parameters,
				},
			],
			connections: {},
		});
		await editor.openNode(workflow.id, name);
		return workflow;
	}

	/** @param {string} label of the button of a trigger without a credential */
	async function createCredential(label) {
		await page.getByText(`Connect to ${label}`).click();
		await dialog().waitFor();
	}

	/** @param {string} name @param {string} value */
	const fill = async (name, value) =>
		await dialog().locator(`[data-test-id="parameter-input-${name}"] input`).fill(value);

	/** @param {string} field @param {string} option */
	async function choose(field, option) {
		await dialog().locator(`[data-test-id="parameter-input-${field}"]`).click();
		await page.getByRole('option', { name: option }).click();
	}

	const save = () => byId('credential-save-button').click();

	const red = () => dialog().getByText('connect with these settings');
	const green = () => dialog().getByText('Connection tested successfully');

	it('the trigger can be tried and does not ask for one before it can exist', async () => {
		await openTrigger('jofiTrigger', 'JOFI Trigger', { events: ['*'] });
		const button = page.locator('button:has-text("Execute step")').last();
		expect(await button.isEnabled()).toBe(true);
		await editor.screenshot('credential-1-none');
	});

	it('is saved while nothing is agreed yet, neither red nor green', async () => {
		await createCredential('JOFI Webhook');
		await dialog().getByText('You can save this now.').waitFor();
		await editor.screenshot('credential-2-not-agreed');
		await save();
		await page.getByText('Credential successfully created').first().waitFor();
		expect([await red().isVisible(), await green().isVisible()]).toEqual([false, false]);
		await editor.screenshot('credential-3-saved');
	});

	it('asks for user and password before it saves', async () => {
		await choose('method', 'User and Password');
		await page
			.locator('[data-test-id=credential-save-button]:is(:disabled, :has(:disabled))')
			.waitFor();
		await editor.screenshot('credential-4-required');
		await fill('user', 'jofi');
		await fill('secret', 'short');
		await dialog().getByText('This secret could be guessed').waitFor();
		await editor.screenshot('credential-5-weak');
		await save();
		// n8n closes the dialog of a new credential whose test succeeds.
		await dialog().waitFor({ state: 'hidden' });
		await byId('credential-edit-button').click();
		await green().waitFor();
		expect(await red().isVisible()).toBe(false);
		await editor.screenshot('credential-6-weak-saved');
	});

	it('keeps the technical fields of a signature until somebody has them', async () => {
		await choose('method', 'Signature');
		await dialog().getByText('n8n finds out how it is signed').waitFor();
		expect(await dialog().getByText('Signature Header').isVisible()).toBe(false);
		await editor.screenshot('credential-7-signature');
		await choose('preset', 'I Have Technical Details');
		await dialog().getByText('Signature Header').first().waitFor();
		await editor.screenshot('credential-8-details');
	});

	it("Regpack's suggests a secret, and refuses one that a URL would change", async () => {
		await openTrigger('regpackTrigger', 'Regpack Trigger', { events: 'user_complete' });
		await createCredential('Regpack Webhook');
		await save();
		await dialog().getByText('More details').click();
		const suggestion = dialog().getByText('Copy this new one into Secret: ');
		const secret = (await suggestion.first().innerText()).split(': ').at(-1) ?? '';
		expect(secret).toMatch(/^[\w-]{32}$/);
		await editor.screenshot('credential-9-suggested');
		await fill('secret', 'enroll&me 2026 +secret');
		const warning = dialog().getByText('This secret would change when you add it to a URL');
		await warning.waitFor();
		await editor.screenshot('credential-10-url');
		await fill('secret', secret);
		// The editor takes over what is typed a moment later.
		await warning.waitFor({ state: 'hidden' });
		await save();
		await dialog().waitFor({ state: 'hidden' });
	});

	it("Innovative Educators' begins with the documented addresses", async () => {
		await openTrigger('innovativeEducatorsTrigger', 'Innovative Educators Trigger', {
			authentication: 'credential',
			events: ['*'],
		});
		await createCredential('Innovative Educators Webhook');
		expect(
			await dialog().locator('[data-test-id="parameter-input-ipAllowlist"] input').inputValue(),
		).toBe('54.243.7.71, 3.83.213.76');
		await editor.screenshot('credential-11-addresses');
	});
});
