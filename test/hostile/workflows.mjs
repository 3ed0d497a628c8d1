import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { untilSettled } from '../faults/executions.mjs';
import { triggerNamed, TRIGGERS } from './triggers.mjs';
import { offers } from './verifications.mjs';

/** How long n8n may take to run what it has accepted. */
const SETTLE_MS = 120_000;
/** An execution appears after its answer. */
const APPEAR_MS = 500;
const ALONE = 'JOFI, alone';

/** @typedef {import('./triggers.mjs').Trigger} Trigger */
/** @typedef {import('./verifications.mjs').Verification} Verification */
/** @typedef {Awaited<ReturnType<typeof openWorkflows>>} Workflows */

/** @param {Trigger} trigger @param {Verification} verification */
const nodeName = (trigger, verification) => `${trigger.name}: ${verification.name}`;

/**
 * A published workflow of each trigger, with a node for each way to verify deliveries; and one of a
 * JOFI Trigger that verifies GitHub's signatures, alone.
 *
 * @param {import('../host/client.mjs').Client} client
 * @param {readonly Verification[]} verifications
 */
export async function openWorkflows(client, verifications) {
	const github = verifications.filter(({ name }) => name === 'github');
	const plans = [
		...TRIGGERS.map((trigger) => ({
			trigger,
			name: trigger.name,
			verified: verifications.filter((verification) => offers(trigger, verification)),
		})),
		{ trigger: triggerNamed('JOFI'), name: ALONE, verified: github },
	];
	const opened = await Promise.all(
		plans.map(async ({ trigger, name, verified }) => {
			const type = trigger.source.credential.name;
			const credentials = await Promise.all(
				verified.map(
					async (verification) =>
						await client.createCredential({
							name: nodeName(trigger, verification),
							type,
							data: verification.credential,
						}),
				),
			);
			const nodes = verified.map((verification, at) => ({
				id: randomUUID(),
				name: nodeName(trigger, verification),
				type: trigger.type,
				typeVersion: 2,
				position: /** @type {[number, number]} */ ([0, at * 200]),
				parameters: trigger.parameters,
				webhookId: randomUUID(),
				credentials: { [type]: credentials[at] },
			}));
			const workflow = await client.createWorkflow({ name, nodes, connections: {} });
			return { name, workflow, urls: await client.publish(workflow) };
		}),
	);

	/** @param {string} name @param {Trigger} trigger @param {Verification} verification */
	function pathIn(name, trigger, verification) {
		const urls = opened.find((each) => each.name === name)?.urls ?? {};
		return new URL(urls[nodeName(trigger, verification)]).pathname;
	}

	return {
		/** The path of the JOFI Trigger that is alone in its workflow, and its secret. */
		alone: {
			path: pathIn(ALONE, triggerNamed('JOFI'), github[0]),
			secret: github[0].credential.secret,
		},

		/**
		 * The path of the trigger that verifies deliveries so.
		 *
		 * @param {Trigger} trigger
		 * @param {Verification} verification
		 */
		pathOf: (trigger, verification) => pathIn(trigger.name, trigger, verification),

		/**
		 * How many executions there are of all, once nothing runs any more.
		 *
		 * @returns {Promise<number>}
		 */
		async executions() {
			await sleep(APPEAR_MS);
			let sum = 0;
			for (const { workflow } of opened) {
				await untilSettled(client, workflow.id, SETTLE_MS);
				const filter = encodeURIComponent(JSON.stringify({ workflowId: workflow.id }));
				sum += (await client.rest('GET', `/executions?limit=1&filter=${filter}`)).count;
			}
			return sum;
		},
	};
}
