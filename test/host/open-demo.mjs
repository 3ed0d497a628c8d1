import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deliver, sampleOf } from '../providers/jofi/deliver.mjs';
import { OWNER } from './client.mjs';
import { openMailbox } from './mailbox.mjs';
import { startN8n } from './n8n.mjs';
import { packPackage } from './pack.mjs';
import { REPOSITORY } from './repository.mjs';
import { withCredentials } from './workflow.mjs';

const EXAMPLE = join(REPOSITORY, 'examples', 'jofi-assessment-completed-email.json');
const EVENT = 'test_taker.assessment_completed';
const TRIGGER = 'JOFI Trigger';

/** @typedef {import('./mailbox.mjs').Mail} Mail */

/**
 * @typedef {object} Demo
 * @property {string} editor the workflow's address in n8n's editor
 * @property {import('./client.mjs').Account} account its login
 * @property {(options: { timeoutMs: number }) => Promise<{ mail: Mail, tookMs: number }>} deliver
 * sends the sample delivery, signed, to the production URL and waits for the e-mail; rejects with
 * the reason when none comes
 * @property {(listener: (mail: Mail) => void) => void} onMail calls it for each later mail
 * @property {() => Promise<void>} close
 */

/**
 * Starts n8n with the packed package, opens a mailbox, and publishes the example workflow with its
 * credentials.
 *
 * @param {import('./progress.mjs').Progress} progress
 * @param {Pick<import('./n8n.mjs').StartOptions, 'showLog' | 'atEnd'>} [options]
 * @returns {Promise<Demo>}
 */
export async function openDemo(progress, options) {
	/** @type {(mail: Mail) => void} */
	let listener = () => {};
	const secret = randomBytes(24).toString('hex');
	progress.say('packing the package');
	const tarball = await packPackage(progress);
	progress.say('starting n8n with it');
	const n8n = await startN8n({ tarball, progress, ...options });
	const mailbox = await openMailbox((mail) => listener(mail));
	const { client } = n8n;
	progress.say('importing the example workflow, with its credentials, and publishing it');
	await client.signIn();
	const credentials = [
		await client.createCredential({
			name: 'JOFI webhook',
			type: 'talentEventsWebhookApi',
			data: { method: 'hmac', preset: 'github', secret },
		}),
		await client.createCredential({ name: 'Mail', type: 'smtp', data: mailbox.credential }),
	];
	const workflow = await client.createWorkflow(
		withCredentials(JSON.parse(readFileSync(EXAMPLE, 'utf8')), credentials),
	);
	const url = (await client.publish(workflow))[TRIGGER];

	return {
		editor: `${n8n.base}/workflow/${workflow.id}`,
		account: OWNER,
		async deliver({ timeoutMs }) {
			progress.say(`delivering ${EVENT}, signed, to ${url}`);
			const begin = Date.now();
			const { status, text } = await deliver(url, sampleOf(EVENT), { secret });
			if (status !== 200)
				throw new Error(`The delivery was answered ${status}: ${text.slice(0, 300)}`);
			const wait = progress.wait('the e-mail');
			try {
				const mail = await mailbox.waitForMessage({ timeoutMs, onTick: wait.tick });
				return { mail, tookMs: mail.receivedAt.getTime() - begin };
			} catch (error) {
				throw new Error(
					`${error instanceof Error ? error.message : error} ${await whatHappened(client, workflow.id)}`,
				);
			}
		},
		onMail: (next) => (listener = next),
		async close() {
			await Promise.all([n8n.stop(), mailbox.close()]);
		},
	};
}

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
