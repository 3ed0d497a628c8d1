import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { startCollector } from '../faults/collector.mjs';
import { endedExecutions, FAILED, untilSettled } from '../faults/executions.mjs';
import { createSender } from '../faults/sender.mjs';
import { verdictOf } from '../faults/verdict.mjs';

/** How long the sender goes on after the last event. */
const PATIENCE_MS = 60_000;
/** How long executions may go on, if nothing else is said: JobAffinity takes 45 requests a minute. */
const SETTLE_MS = 300_000;

/** @typedef {import('../faults/sender.mjs').Sent} Sent */
/** @typedef {Awaited<ReturnType<typeof openCounted>>} Counted */

/**
 * A published workflow whose runs are counted, and its sender.
 *
 * @param {object} options
 * @param {import('../host/cluster.mjs').Cluster} options.cluster
 * @param {string[]} [options.bases] where deliveries go; the webhook processes by default
 * @param {import('./triggers.mjs').Trigger} options.trigger
 * @param {string} [options.respond]
 * @param {Pick<import('../host/workflow.mjs').WorkflowNode, 'name' | 'type' | 'typeVersion' | 'parameters'>[]} [options.after]
 * nodes after what is counted
 * @param {number} [options.settleMs] how long executions may go on
 */
export async function openCounted({
	cluster,
	bases = cluster.webhooks.map(({ base }) => base),
	trigger,
	respond,
	after = [],
	settleMs = SETTLE_MS,
}) {
	const { client } = cluster.main;
	const collector = await startCollector(trigger.label);
	const sender = createSender({ behindReadiness: false });
	const nodes = [
		{
			name: 'Trigger',
			type: trigger.type,
			typeVersion: 2,
			parameters: {
				...trigger.parameters,
				// Of n8n's Webhook node, and of the triggers of the package.
				...(respond && {
					responseMode: respond,
					settings: { .../** @type {any} */ (trigger.parameters).settings, responseMode: respond },
				}),
			},
			webhookId: randomUUID(),
			credentials: Object.fromEntries(
				trigger.credentials.map(({ id, name, type }) => [type, { id, name }]),
			),
		},
		...collector.nodes(trigger.key),
		...after,
	].map((node, at) => ({
		...node,
		id: randomUUID(),
		position: /** @type {[number, number]} */ ([at * 220, 0]),
	}));
	const connections = Object.fromEntries(
		nodes
			.slice(1)
			.map(({ name }, at) => [
				nodes[at].name,
				{ main: [[{ node: name, type: 'main', index: 0 }]] },
			]),
	);
	const workflow = await client.createWorkflow({ name: trigger.label, nodes, connections });
	const { Trigger: url } = await client.publish(workflow);
	const path = new URL(url).pathname + trigger.query;

	return {
		workflowId: workflow.id,

		/**
		 * @param {{ key: string, event: unknown }} event
		 * @param {number} at the number of a base; more than there are begins anew
		 */
		send: async ({ key, event }, at) =>
			await sender.send({
				key,
				event,
				url: bases[at % bases.length] + path,
				verification: trigger.verification,
			}),

		/** Waits until there are executions no more. */
		settled: async () => await untilSettled(client, workflow.id, settleMs),

		/** What became of each event, however often it was sent. */
		async end() {
			await sender.finish(PATIENCE_MS);
			// An execution appears after its answer.
			await sleep(500);
			const stuck = await untilSettled(client, workflow.id, settleMs);
			const crashed = await endedExecutions(client, workflow.id, FAILED);
			const { effectsOf } = collector;
			return { stuck, ...verdictOf({ sent: byKey(sender.all), effectsOf, kills: [], crashed }) };
		},

		async close() {
			await sender.finish(0);
			await client.unpublish(workflow);
			await collector.close();
		},
	};
}

/**
 * @param {readonly Sent[]} all
 * @returns {Sent[]} one of each event, with the attempts of all its senders; delivered if all were
 */
function byKey(all) {
	/** @type {Map<string, Sent>} */
	const events = new Map();
	for (const { key, attempts, delivered } of all) {
		const known = events.get(key);
		events.set(key, {
			key,
			attempts: [...(known?.attempts ?? []), ...attempts],
			delivered: known ? known.delivered && delivered : delivered,
		});
	}
	return [...events.values()];
}
