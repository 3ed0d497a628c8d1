import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { jofiWorkflow, SECRET } from '../e2e/jofi.mjs';
import { nodeOf, withCredentials } from '../host/workflow.mjs';
import { startJofi } from '../providers/jofi/server.mjs';
import { startCollector } from './collector.mjs';
import { endedExecutions, FAILED, untilSettled } from './executions.mjs';
import { createSender } from './sender.mjs';
import { verdictOf } from './verdict.mjs';

const TYPE = 'test_taker.created';
/**
 * How long the sender goes on after the last event: if n8n never says how an execution ended, the
 * trigger answers its repeats 503 for five minutes.
 */
const PATIENCE_MS = 360_000;
/** How long executions may go on after the last answer. */
const SETTLE_MS = 120_000;
const SCHEDULE = 'n8n-nodes-base.scheduleTrigger';
/** How often an example that runs on schedule does. */
const EXAMPLE_SECONDS = 10;

/** @typedef {import('./modes.mjs').Mode} Mode */
/** @typedef {Awaited<ReturnType<typeof openPlay>>} Play */

/**
 * A mode in a running n8n: its workflow, a JOFI account where things happen, the sender that tells
 * of them and the collector that counts what came of it.
 *
 * @param {object} options
 * @param {Mode} options.mode
 * @param {import('../host/client.mjs').Client} options.client
 * @param {import('../host/workflow.mjs').Credential} options.credential
 * @param {string} options.main n8n's address
 * @param {Mode[]} options.modes all that run beside each other; those with the same example come
 * last, and the last of them publishes it for all
 * @param {readonly Play[]} options.before those that were opened before
 * @param {string[]} [options.others] the IDs of further workflows, which an example leaves alone
 * @param {string[]} options.bases where deliveries go, in turn
 * @param {Pick<import('./options.mjs').Options, 'events' | 'seed' | 'behindReadiness'>} options.plan
 */
export async function openPlay({
	mode,
	modes,
	before,
	others = [],
	client,
	credential,
	main,
	bases,
	plan,
}) {
	const collector = await startCollector(plan.seed);
	// It shows all, so that no event is missed for JOFI's own reasons.
	const jofi = await startJofi({ caps: { testTakers: plan.events + 1 } });
	const sender = createSender(plan);
	const workflow = await client.createWorkflow(
		await workflowOf({ mode, client, credential, jofi, collector }),
	);
	const { 'JOFI Trigger': url } = await client.publish(workflow);
	const isLast = modes.findLast(({ example }) => example === mode.example) === mode;
	const withoutExample = before.filter((play) => play.mode.example !== mode.example);
	const example =
		mode.example &&
		isLast &&
		(await publishExample(mode.example.name, client, {
			main,
			settings: mode.example.settings({
				main,
				others: [...others, ...withoutExample.map(({ workflowId }) => workflowId)],
			}),
		}));

	jofi.account.onEvent = (type, object) => {
		if (type !== TYPE) return;
		void sender.send({
			key: `jofi:${TYPE}:${object.id}`,
			url: bases[sender.all.length % bases.length] + new URL(url).pathname,
			event: {
				id: `evt_${object.id}`,
				type,
				object: 'event',
				created_at: new Date().toISOString(),
				api_version: '2.3.0',
				data: { object },
			},
			verification: { secret: SECRET },
		});
	};

	const ranAll = () =>
		sender.all.every(({ key, delivered }) => !delivered || collector.effectsOf(key).length > 0);
	const effects = () =>
		sender.all.reduce((sum, { key }) => sum + collector.effectsOf(key).length, 0);

	return {
		mode,
		workflowId: workflow.id,

		/** Something happens at JOFI, and is delivered. */
		happen: () => void jofi.account.accept(jofi.account.invite().id),

		/** Waits until everything is delivered, or the sender gives up. */
		delivered: async () => await sender.finish(PATIENCE_MS),

		/**
		 * Waits until everything that was delivered has come to its end.
		 *
		 * @param {import('./verdict.mjs').Kill[]} kills
		 */
		async end(kills) {
			for (let [seen, at] = [effects(), Date.now()]; !ranAll(); await sleep(250)) {
				if (Date.now() - at > (mode.settleMs ?? 0)) break;
				if (effects() > seen) [seen, at] = [effects(), Date.now()];
			}
			const stuck = await untilSettled(client, workflow.id, SETTLE_MS);
			const crashed = await endedExecutions(client, workflow.id, FAILED);
			const { effectsOf } = collector;
			const seen = { sent: sender.all, effectsOf, kills, crashed };
			const verdict = verdictOf(seen);
			if (verdict.doubled.other === 0) return { stuck, ...verdict };
			const others = await endedExecutions(client, workflow.id, ['success']);
			return { stuck, ...verdictOf({ ...seen, others }) };
		},

		async close() {
			await sender.finish(0);
			await collector.close();
			await jofi.close();
			if (example) await client.unpublish(example);
		},
	};
}

/**
 * @param {Pick<Parameters<typeof openPlay>[0], 'mode' | 'client' | 'credential'> & { jofi: import('../providers/jofi/server.mjs').Jofi, collector: import('./collector.mjs').Collector }} options
 */
async function workflowOf({ mode, client, credential, jofi, collector }) {
	const rest = [...collector.nodes(), ...(mode.after ?? [])];
	const workflow = jofiWorkflow(credential, { events: [TYPE], ...mode.trigger }, rest);
	if (!mode.polling) return workflow;
	const key = await client.createCredential({
		name: 'JOFI key',
		type: 'jofiApi',
		data: { apiKey: jofi.keys.live, baseUrl: jofi.base },
	});
	const polling = {
		id: randomUUID(),
		name: 'JOFI Polling Trigger',
		type: 'n8n-nodes-talent-events.jofiPollingTrigger',
		typeVersion: 1,
		position: /** @type {[number, number]} */ ([0, 160]),
		parameters: { events: [TYPE], pollTimes: { item: [{ mode: 'everyMinute' }] } },
		credentials: { jofiApi: { id: key.id, name: key.name } },
	};
	return {
		...workflow,
		nodes: [...workflow.nodes, polling],
		connections: {
			...workflow.connections,
			[polling.name]: workflow.connections['JOFI Trigger'],
		},
	};
}

/**
 * An example as its user imports it, but soon and often.
 *
 * @param {string} name
 * @param {import('../host/client.mjs').Client} client
 * @param {{ main: string, settings: Record<string, unknown> }} changes n8n's address, and values of
 * its node Settings
 */
async function publishExample(name, client, { main, settings }) {
	const { rawApiKey } = await client.rest('POST', '/api-keys', {
		// n8n takes each label once.
		label: `Faults ${randomUUID()}`,
		scopes: ['execution:list', 'execution:retry', 'workflow:read'],
		expiresAt: null,
	});
	const credential = await client.createCredential({
		name: 'n8n API key',
		type: 'n8nApi',
		data: { apiKey: rawApiKey, baseUrl: `${main}/api/v1` },
	});
	const text = readFileSync(exampleFile(name), 'utf8');
	const example = withCredentials(JSON.parse(text), [credential]);
	const { nodes } = /** @type {import('../host/workflow.mjs').WorkflowDraft} */ (example);
	for (const { parameters } of nodes.filter(({ type }) => type === SCHEDULE))
		parameters.rule = { interval: [{ field: 'seconds', secondsInterval: EXAMPLE_SECONDS }] };
	const { assignments } = nodeOf(example, 'Settings').parameters;
	for (const each of /** @type {any} */ (assignments).assignments)
		each.value = settings[each.name] ?? each.value;
	const workflow = await client.createWorkflow({ ...example, pinData: {} });
	await client.publish(workflow);
	return workflow;
}

/** @param {string} name */
export const exampleFile = (name) => new URL(`../../examples/${name}.json`, import.meta.url);
