import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OWNER } from './client.mjs';
import { plays } from './demo-scenes.mjs';
import { openMailboxPage } from './mailbox-page.mjs';
import { openMailbox } from './mailbox.mjs';
import { startN8n } from './n8n.mjs';
import { packPackage } from './pack.mjs';
import { REPOSITORY } from './repository.mjs';
import { withCredentials } from './workflow.mjs';

/** @typedef {import('./mailbox.mjs').Mail} Mail */

/**
 * @typedef {object} Run what came of a delivery
 * @property {Mail} mail
 * @property {number} tookMs from the delivery to the email
 * @property {string} execution the finished execution's address in n8n's editor
 */

/**
 * @typedef {object} Demo
 * @property {string} editor the workflow's address in n8n's editor
 * @property {import('./client.mjs').Account} account its login
 * @property {string} signedIn an address that opens the latest execution, or else the workflow,
 * with the account signed in
 * @property {string} mailbox the address of the mails, for the browser
 * @property {(options: { timeoutMs: number }) => Promise<Run>} deliver lets the provider's event
 * happen, which calls the production URL, and waits for the email; rejects with the reason when
 * none comes
 * @property {(listener: (mail: Mail) => void) => void} onMail calls it for each later mail
 * @property {() => Promise<void>} close
 */

/**
 * Starts n8n with the packed package, opens a mailbox, and publishes a provider's example workflow
 * with its credentials.
 *
 * @param {import('./progress.mjs').Progress} progress
 * @param {Pick<import('./n8n.mjs').StartOptions, 'showLog' | 'atEnd'> & { provider?: import('./demo-options.mjs').ProviderName }} [options]
 * @returns {Promise<Demo>}
 */
export async function openDemo(progress, { provider = 'jofi', ...options } = {}) {
	const { example, trigger, what, env, open } = plays[provider];
	/** @type {(mail: Mail) => void} */
	let listener = () => {};
	progress.say('packing the package');
	const tarball = await packPackage(progress);
	progress.say('starting n8n with it');
	const n8n = await startN8n({
		tarball,
		progress,
		env: { ...COUNTED_SOON, ...env },
		...options,
	});
	const mailbox = await openMailbox((mail) => listener(mail));
	const page = await openMailboxPage(mailbox.messages);
	const scene = await open();
	const { client } = n8n;
	progress.say('importing the example workflow, with its credentials, and publishing it');
	await client.signIn();
	const mail = { name: 'Mail', type: 'smtp', data: mailbox.credential };
	const credentials = await Promise.all(
		[...scene.credentials, mail].map((each) => client.createCredential(each)),
	);
	const file = join(REPOSITORY, 'examples', `${example}.json`);
	const workflow = await client.createWorkflow(
		withCredentials(JSON.parse(readFileSync(file, 'utf8')), credentials),
	);
	const url = (await client.publish(workflow))[trigger];
	const editor = `${n8n.base}/workflow/${workflow.id}`;
	/** What was run last. */
	let latest = editor;

	return {
		editor,
		account: OWNER,
		mailbox: `${page.base}/`,
		signedIn: page.addDoor('/n8n', async () => ({
			to: latest,
			cookie: await client.loginCookie(),
		})),
		async deliver({ timeoutMs }) {
			progress.say(`${what}: delivering it to ${url}`);
			const begin = Date.now();
			for (const { status, text } of await scene.deliver(url)) {
				if (status !== 200)
					throw new Error(`The delivery was answered ${status}: ${text.slice(0, 300)}`);
			}
			const wait = progress.wait('the email');
			try {
				const received = await mailbox.waitForMessage({ timeoutMs, onTick: wait.tick });
				const [{ id }] = await client.waitForExecutions(workflow.id, { status: 'success' });
				latest = `${editor}/executions/${id}`;
				return {
					mail: received,
					tookMs: received.receivedAt.getTime() - begin,
					execution: latest,
				};
			} catch (error) {
				throw new Error(
					`${error instanceof Error ? error.message : error} ${await whatHappened(client, workflow.id)}`,
				);
			}
		},
		onMail: (next) => (listener = next),
		async close() {
			await Promise.all([n8n.stop(), mailbox.close(), page.close(), scene.close()]);
		},
	};
}

/** n8n's overview counts runs after seconds, not after an hour. */
const COUNTED_SOON = {
	N8N_INSIGHTS_FLUSH_BATCH_SIZE: '1',
	N8N_INSIGHTS_COMPACTION_INTERVAL_MINUTES: '0.05',
};

/**
 * @param {import('./client.mjs').Client} client
 * @param {string} workflowId
 * @returns {Promise<string>} a sentence about the workflow's last execution
 */
async function whatHappened(client, workflowId) {
	const [last] = await client.executions(workflowId);
	if (!last) return 'The workflow has not run.';
	const { error } = (await client.execution(last.id)).data.resultData;
	return `The workflow's last run has the status ${last.status}${error ? `: ${error.message}` : '.'}`;
}
