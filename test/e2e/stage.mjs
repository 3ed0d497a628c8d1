import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openMailbox } from '../host/mailbox.mjs';
import { withCredentials } from '../host/workflow.mjs';
import { SECRET, startWithPackage } from './jofi.mjs';
import { secretInQuery } from './regpack.mjs';

/** @typedef {import('../host/workflow.mjs').Credential} Credential */
/** @typedef {Awaited<ReturnType<typeof openStage>>} Stage */

/**
 * A real n8n with the package and a mailbox, where the examples are played: import, publish, mails.
 * The webhook credentials have the secret of `./jofi.mjs`; others are added as each test needs them.
 *
 * @param {import('../host/n8n.mjs').StartOptions} [options]
 */
export async function openStage(options) {
	/** @type {import('../host/mailbox.mjs').Mail[]} */
	let mails = [];
	const mailbox = await openMailbox((mail) => mails.push(mail));
	const { n8n, credential } = await startWithPackage(options);
	const { client } = n8n;
	const own = [
		credential,
		await client.createCredential({
			name: 'JobAffinity webhook',
			type: 'jobAffinityWebhookApi',
			data: { method: 'hmac', preset: 'github', secret: SECRET },
		}),
		await secretInQuery(client),
		await client.createCredential({ name: 'Mail', type: 'smtp', data: mailbox.credential }),
	];
	/** @type {{ id: string }[]} */
	let created = [];

	return {
		n8n,
		get mails() {
			return mails;
		},

		/**
		 * An example as its user imports it, with the credentials chosen; pinned data is for the
		 * editor.
		 *
		 * @param {string} name
		 * @param {Credential[]} credentials
		 * @param {Record<string, Record<string, unknown>>} [changes] of parameters, by node
		 */
		async example(name, credentials, changes = {}) {
			const file = new URL(`../../examples/${name}.json`, import.meta.url);
			/** @type {import('../host/workflow.mjs').WorkflowDraft} */
			const example = JSON.parse(readFileSync(file, 'utf8'));
			const nodes = example.nodes.map((node) => ({
				...node,
				parameters: { ...node.parameters, ...changes[node.name] },
			}));
			return await this.add({ ...example, nodes, pinData: {} }, credentials);
		},

		/**
		 * A workflow with the credentials that its nodes name.
		 *
		 * @param {import('../host/workflow.mjs').WorkflowDraft} draft
		 * @param {Credential[]} credentials
		 */
		async add(draft, credentials) {
			const workflow = withCredentials(draft, [...credentials, ...own]);
			const added = await client.createWorkflow(workflow);
			created.push(added);
			return added;
		},

		/**
		 * Subjects of the mails, sorted, once there are so many.
		 *
		 * @param {number} count
		 * @param {number} [timeoutMs]
		 */
		async mailed(count, timeoutMs = 60_000) {
			const end = Date.now() + timeoutMs;
			while (mails.length < count && Date.now() < end) await sleep(50);
			return mails.map(({ subject }) => subject).sort();
		},

		/**
		 * n8n polls when a workflow is published, and then at its times: so this is a poll now.
		 *
		 * @param {{ id: string }} workflow
		 */
		async pollNow(workflow) {
			await client.unpublish(workflow);
			await client.publish(workflow);
		},

		/** Waits until nothing runs any more. @param {{ id: string }} workflow */
		async settled({ id }) {
			const isUnfinished = async () =>
				(await client.executions(id)).some(
					({ status }) => status === 'running' || status === 'new',
				);
			while (await isUnfinished()) await sleep(50);
		},

		/** Ends what the last test has begun. */
		async clear() {
			for (const workflow of created) await client.unpublish(workflow);
			created = [];
			mails = [];
		},

		async close() {
			await n8n.stop();
			await mailbox.close();
		},
	};
}
