import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openMailbox } from '../host/mailbox.mjs';
import { startN8n } from '../host/n8n.mjs';
import { packPackage } from '../host/pack.mjs';
import { withCredentials } from '../host/workflow.mjs';
import { deliver, sampleOf } from '../providers/jofi/deliver.mjs';

const EXAMPLE = new URL('../../examples/jofi-assessment-completed-email.json', import.meta.url);

const STICKY_NOTE = 'n8n-nodes-base.stickyNote';

/** Who completes an assessment, one delivery each. */
const PEOPLE = [
	['Amara', 'Okafor'],
	['Daniel', 'Reyes'],
	['Mei', 'Tanaka'],
	['Sofia', 'Lindgren'],
	['Marcus', 'Bell'],
	['Priya', 'Nair'],
];
/** In milliseconds, so that the list does not show one second for all. */
const BETWEEN_DELIVERIES = 4_000;

/** @typedef {import('../host/workflow.mjs').WorkflowNode} WorkflowNode */
/** @typedef {Awaited<ReturnType<typeof openSet>>} Set */

/**
 * A real n8n at a public address, with the first flow twice: as its user has it after the import,
 * with the credentials chosen; and at the end, its sample unpinned, its note deleted, published,
 * and run by signed deliveries.
 *
 * @param {import('../host/progress.mjs').Progress} progress
 */
export async function openSet(progress) {
	const mailbox = await openMailbox();
	const n8n = await startN8n({
		tarball: await packPackage(progress),
		webhookUrl: 'https://n8n.example.com/',
		progress,
	});
	const { client } = n8n;
	await client.signIn();
	const secret = randomBytes(24).toString('hex');
	const credentials = [
		await client.createCredential({
			name: 'JOFI webhook',
			type: 'jofiWebhookApi',
			data: { method: 'hmac', preset: 'github', secret },
		}),
		await client.createCredential({ name: 'Mail', type: 'smtp', data: mailbox.credential }),
	];
	const example = withCredentials(JSON.parse(readFileSync(EXAMPLE, 'utf8')), credentials);
	const imported = await client.createWorkflow(example);
	const published = await client.createWorkflow({
		...example,
		nodes: example.nodes.filter((/** @type {WorkflowNode} */ { type }) => type !== STICKY_NOTE),
		pinData: {},
	});
	const url = (await client.publish(published))['JOFI Trigger'];

	for (const [index, [firstName, lastName]] of PEOPLE.entries()) {
		if (index > 0) await sleep(BETWEEN_DELIVERIES);
		const event = /** @type {any} */ (sampleOf('test_taker.assessment_completed'));
		Object.assign(event.data.object, {
			id: event.data.object.id + index + 1,
			first_name: firstName,
			last_name: lastName,
			email: `${firstName}.${lastName}@example.com`.toLowerCase(),
		});
		const { status, text } = await deliver(url, event, { secret });
		if (status !== 200) throw new Error(`A delivery was answered ${status}: ${text}`);
	}
	await client.waitForExecutions(published.id, { count: PEOPLE.length, status: 'success' });

	return {
		base: n8n.base,
		importedId: imported.id,
		publishedId: published.id,
		async close() {
			await n8n.stop();
			await mailbox.close();
		},
	};
}
