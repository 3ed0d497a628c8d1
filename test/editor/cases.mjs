import { createHmac, randomUUID } from 'node:crypto';
import { JofiWebhookApi } from '#dist/credentials/JofiWebhookApi.credentials.js';
import { jofiWorkflow, newEvent } from '../e2e/jofi.mjs';
import { deliver } from '../providers/jofi/deliver.mjs';
import { startJobAffinity } from '../providers/jobaffinity/server.mjs';
import { startJofi } from '../providers/jofi/server.mjs';
import { startRegpack } from '../providers/regpack/server.mjs';
import { newSecret } from './providers.mjs';

/**
 * What a person sees when something is not as it should be. Each case leads the editor there and
 * waits for the words.
 *
 * @typedef {object} Case
 * @property {string} name
 * @property {(stage: import('./flows.mjs').Stage) => Promise<unknown>} run
 */

const TRIGGER = 'JOFI Trigger';

/**
 * @param {import('./flows.mjs').Stage} stage
 * @param {Record<string, unknown>} data of the credential
 * @param {Record<string, unknown>} [parameters]
 */
async function workflowWith({ n8n: { client } }, data, parameters) {
	const name = `JOFI ${newSecret().slice(0, 6)}`;
	const credential = await client.createCredential({ name, type: 'jofiWebhookApi', data });
	return await client.createWorkflow(
		jofiWorkflow(credential, { events: ['test_taker.created'], ...parameters }),
	);
}

/**
 * Listens for a delivery, in the open trigger, and sends one.
 *
 * @param {import('./flows.mjs').Stage} stage
 * @param {{ webhookId?: string }} trigger
 * @param {unknown} event
 * @param {(url: string, event: any) => Promise<{ status: number }>} send
 */
export async function listenAndSend({ n8n, editor: { page, byId }, hand }, trigger, event, send) {
	await hand.click(byId('node-execute-button').last());
	await page.getByText('Listening for test event').first().waitFor();
	const url = `${n8n.base}/webhook-test/${trigger.webhookId}/jofi`;
	// The editor says so before n8n does it.
	await hand.program(async () => {
		while ((await send(url, event)).status === 404) await page.waitForTimeout(50);
	});
}

/** @param {import('./flows.mjs').Stage} stage @param {unknown} event @param {string} [forged] */
async function deliverToTest(stage, event, forged) {
	const secret = newSecret();
	const workflow = await workflowWith(
		stage,
		{ method: 'hmac', preset: 'github', secret },
		{ whenTesting: 'delivery' },
	);
	await stage.editor.openNode(workflow.id, TRIGGER);
	await listenAndSend(stage, workflow.nodes[0], event, (url, body) =>
		deliver(url, body, { secret: forged ?? secret }),
	);
}

/** @param {import('./flows.mjs').Stage} stage @param {string} words */
const outputSays = ({ editor: { byId } }, words) =>
	byId('output-panel').getByText(words).first().waitFor();

/** Publishes, and waits for what n8n says about it. @param {import('./flows.mjs').Stage} stage @param {string} id @param {string} words */
async function publishSays({ n8n, editor: { page, byId } }, id, words) {
	await page.goto(`${n8n.base}/workflow/${id}`);
	await byId('workflow-open-publish-modal-button').click();
	await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).last().click();
	await page.getByText(words).first().waitFor();
}

/** Where n8n has a public address. @type {Case[]} */
export const CASES = [
	{
		name: 'a delivery with another secret',
		async run(stage) {
			await deliverToTest(stage, newEvent(), newSecret());
			await outputSays(stage, 'JOFI sent an event, but the secret does not match.');
		},
	},
	{
		name: 'an event that is not selected',
		async run(stage) {
			await deliverToTest(stage, { ...newEvent(), type: 'invitation.created' });
			await outputSays(stage, 'which is not selected in Trigger On');
		},
	},
	{
		name: 'a delivery that comes twice',
		async run(stage) {
			const { client, base } = stage.n8n;
			const { page } = stage.editor;
			const secret = newSecret();
			const workflow = await workflowWith(stage, { method: 'hmac', preset: 'github', secret });
			const { [TRIGGER]: url } = await client.publish(workflow);
			const event = newEvent();
			for (const { status } of [await send(), await send()])
				if (status !== 200) throw new Error(`A delivery was answered ${status}.`);
			await client.waitForExecutions(workflow.id, { status: 'success' });
			await page.goto(`${base}/workflow/${workflow.id}/executions`);
			const list = stage.editor.byId('executions-sidebar');
			await list.getByText('Succeeded in').first().waitFor();
			const runs = await list.getByText('Succeeded in').count();
			if (runs > 1) throw new Error(`It ran ${runs} times.`);

			function send() {
				return deliver(base + new URL(url).pathname, event, { secret });
			}
		},
	},
	{
		name: 'publishing with a credential that has nothing yet',
		async run(stage) {
			const { id } = await workflowWith(stage, { method: 'notAgreed' });
			await publishSays(stage, id, 'Not published');
		},
	},
	{
		name: 'a signature in a format that nobody has told',
		run: findOutFormat,
	},
	{
		name: 'filters of JOFI from a list',
		async run(stage) {
			const jofi = await startJofi();
			const { base: baseUrl, keys } = jofi;
			await chooseFilters(stage, {
				provider: jofi,
				credential: { type: 'jofiApi', data: { apiKey: keys.live, baseUrl } },
				type: 'jofiPollingTrigger',
				choices: [
					['assessments', 'Assessments', 'JOFI Thinking Skills'],
					['teams', 'Teams', 'Campus Hiring'],
				],
			});
		},
	},
	{
		name: 'filters of JobAffinity from a list',
		async run(stage) {
			const ja = await startJobAffinity({ rateLimit: Infinity });
			ja.account.apply();
			await chooseFilters(stage, {
				provider: ja,
				credential: { type: 'jobAffinityApi', data: { ...ja.login, baseUrl: ja.base } },
				type: 'jobAffinityTrigger',
				choices: [
					['steps', 'Step Names', 'Interview'],
					['jobs', 'Jobs', 'Night Porter'],
					// A step of that job's process, in which no application has moved.
					['steps', 'Step Names', 'Trial day'],
					['stepStatuses', 'Step Statuses', 'End'],
				],
			});
		},
	},
	{
		name: 'filters of Regpack from a list',
		async run(stage) {
			const regpack = await startRegpack();
			const { account, credential, base: baseUrl } = regpack;
			const { cloginId, groupId } = account.register();
			const [status] = account.statuses.filter((each) => each.groupId === groupId);
			account.setStatus(cloginId, status.id);
			await chooseFilters(stage, {
				provider: regpack,
				credential: {
					type: 'regpackApi',
					data: {
						...credential,
						apiId: String(credential.apiId),
						groupId: String(groupId),
						baseUrl,
					},
				},
				type: 'regpackPollingTrigger',
				choices: [['statuses', 'Statuses', status.name]],
			});
		},
	},
];

/** Where n8n has none. @type {Case} */
export const LOCALHOST = {
	name: 'publishing at localhost',
	async run(stage) {
		const data = { method: 'hmac', preset: 'github', secret: newSecret() };
		const { id } = await workflowWith(stage, data, {
			settings: { allowNonPublicUrl: false },
		});
		await publishSays(stage, id, 'Not published');
	},
};

/**
 * Sets filters of a new trigger, each to an entry of its list.
 *
 * @param {import('./flows.mjs').Stage} stage
 * @param {object} options
 * @param {{ close(): unknown }} options.provider it is closed afterwards
 * @param {{ type: string, data: Record<string, unknown> }} options.credential
 * @param {string} options.type of the trigger
 * @param {[name: string, filter: string, entry: string][]} options.choices
 */
async function chooseFilters({ n8n: { client }, editor, hand }, options) {
	const { provider, credential, type, choices } = options;
	const { page, byId } = editor;
	try {
		const { id, name } = await client.createCredential({
			name: `API ${newSecret().slice(0, 6)}`,
			...credential,
		});
		const trigger = {
			id: randomUUID(),
			name: 'Trigger',
			type: `n8n-nodes-talent-events.${type}`,
			typeVersion: type.includes('Polling') ? 1 : 2,
			position: /** @type {[number, number]} */ ([0, 0]),
			parameters: {},
			credentials: { [credential.type]: { id, name } },
		};
		const workflow = await client.createWorkflow({ name: type, nodes: [trigger], connections: {} });
		await editor.openNode(workflow.id, trigger.name);
		for (const [parameter, filter, entry] of choices) {
			const field = byId(`parameter-input-${parameter}`);
			if ((await field.count()) === 0) {
				await hand.click(byId('ndv').getByPlaceholder('Add Filter'));
				await hand.click(page.getByRole('option', { name: filter }));
			}
			// n8n shows the list once it has it.
			await field.locator('input:enabled').last().waitFor();
			await hand.click(field);
			await hand.click(page.getByRole('option', { name: entry }).first());
			await field.locator('.el-tag').getByText(entry).waitFor();
			await page.keyboard.press('Escape');
		}
	} finally {
		await provider.close();
	}
}

/** How this test's sender signs: as no preset does. @param {string} secret */
const signOddly = (secret) => async (/** @type {string} */ url, /** @type {unknown} */ event) => {
	const body = JSON.stringify(event);
	const time = String(Math.round(Date.now() / 1000));
	const signature = createHmac('sha512', secret).update(`${time}|${body}`).digest('base64');
	const headers = {
		'content-type': 'application/json',
		'x-jofi-time': time,
		'x-jofi-signature': `v1=${signature}`,
	};
	const { status } = await fetch(url, { method: 'POST', headers, body });
	return { status };
};

/**
 * A person with a secret and no idea of the format: one delivery, its explanation, the settings
 * copied into the credential, and the next delivery is accepted.
 *
 * @param {import('./flows.mjs').Stage} stage
 */
async function findOutFormat(stage) {
	const { n8n, editor, hand } = stage;
	const { page, byId } = editor;
	const secret = newSecret();
	const send = signOddly(secret);
	const workflow = await workflowWith(
		stage,
		{ method: 'hmac', preset: 'unknown', secret },
		{ whenTesting: 'delivery' },
	);
	const [trigger] = workflow.nodes;
	await editor.openNode(workflow.id, TRIGGER);
	hand.reset();
	await listenAndSend(stage, trigger, newEvent(), send);
	await outputSays(stage, 'JOFI signs the timestamp, "|" and the body with HMAC-SHA-512');
	await editor.screenshot('editor-format-explained');
	const execution = (await n8n.client.executions(workflow.id))[0];
	const { data } = await n8n.client.execution(execution.id);
	const run = /** @type {any} */ (data.resultData.runData[TRIGGER][0]);
	const { settings } = run.data.main[0][0].json;

	const dialog = byId('editCredential-modal');
	await hand.click(byId('credential-edit-button'));
	await dialog.waitFor();
	const { properties } = new JofiWebhookApi();
	for (const [label, value] of Object.entries(settings)) {
		const property = properties.find(({ displayName }) => displayName === label);
		if (!property) throw new Error(`The credential has no field ${label}.`);
		const field = dialog.locator(`[data-test-id="parameter-input-${property.name}"]`).first();
		if (property.type !== 'options') {
			await hand.type(field.locator('input'), String(value));
			continue;
		}
		await hand.click(field);
		await hand.click(page.getByRole('option', { name: String(value) }).first());
	}
	await editor.screenshot('editor-format-settings');
	await hand.click(byId('credential-save-button'));
	await dialog.getByText('Connection tested successfully').waitFor();
	await hand.click(page.locator('.el-dialog__headerbtn:visible').last());
	await dialog.waitFor({ state: 'hidden' });
	await listenAndSend(stage, trigger, newEvent(), send);
	await byId('output-panel').getByText('eventKey').first().waitFor();
}
