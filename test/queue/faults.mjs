import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { SECRET } from '../e2e/jofi.mjs';
import { MODES } from '../faults/modes.mjs';
import { openPlay } from '../faults/play.mjs';
import { failuresOf } from '../faults/verdict.mjs';
import { openCounted } from './counted.mjs';

/**
 * Between two events of a mode. Two cores carry this while a process is missing: n8n runs what
 * waits for the last node first, so that above it the repeats of what was not answered would keep
 * all else from running.
 */
const PAUSE_MS = 1_500;
const BEFORE_MS = 10_000;
const AWAY_MS = 10_000;
/** How long executions may go on: n8n never ends some of those that a fault has cut off. */
const SETTLE_MS = 60_000;
/** n8n may give up some time after what it needs has gone. */
const AFTER_MS = 10_000;

/** @typedef {import('../host/cluster.mjs').Cluster} Cluster */
/** @typedef {import('../host/n8n.mjs').N8n} N8n */
/** @typedef {{ name: string, label: string, process?: (cluster: Cluster) => N8n, store?: 'postgres' | 'redis' }} Fault */

/** @type {Fault[]} */
export const FAULTS = [
	{ name: 'worker', label: 'A worker killed', process: ({ workers }) => workers[0] },
	{ name: 'webhook', label: 'A webhook process killed', process: ({ webhooks }) => webhooks[0] },
	{ name: 'main', label: 'main killed', process: ({ main }) => main },
	{ name: 'postgres', label: 'PostgreSQL away for 10 s', store: 'postgres' },
	{ name: 'redis', label: 'Redis away for 10 s', store: 'redis' },
];

/**
 * n8n's own Webhook beside each mode: what it cannot answer under a fault, nobody can.
 *
 * @returns {import('./triggers.mjs').Trigger}
 */
const ownWebhook = () => ({
	label: "n8n's Webhook",
	type: 'n8n-nodes-base.webhook',
	parameters: { httpMethod: 'POST', path: randomUUID() },
	credentials: [],
	responds: [],
	query: '',
	verification: {},
	key: '={{ $json.body.key }}',
	next() {
		const key = randomUUID();
		return { key, event: { key } };
	},
});

/** @param {Pick<import('../faults/verdict.mjs').Verdict, 'undelivered' | 'unanswered' | 'hung'>} verdict */
const isSilent = ({ undelivered, unanswered, hung }) => undelivered + unanswered + hung > 0;

/** Without polling alone, which brings nothing that the record of events has. */
const modes = MODES.filter(({ polling, example }) => !polling || example);

/**
 * One thing fails under load, and comes back: in each mode, beside each other.
 *
 * @param {Cluster} cluster
 * @param {Fault} fault
 * @returns {Promise<import('./cases.mjs').Result[]>}
 */
export async function runFault(cluster, fault) {
	const { main, webhooks } = cluster;
	const { client } = main;
	const credential = await client.createCredential({
		name: 'JOFI webhook',
		type: 'jofiWebhookApi',
		data: { method: 'hmac', preset: 'github', secret: SECRET },
	});
	const bases = webhooks.map(({ base }) => base);
	// Far more than will happen; JOFI shows them all.
	const plan = { events: 1_000, seed: fault.name, behindReadiness: true };
	/** @type {import('../faults/play.mjs').Play[]} */
	const plays = [];
	/** @type {{ trigger: import('./triggers.mjs').Trigger, counted: import('./counted.mjs').Counted }[]} */
	const controls = [];
	try {
		for (const mode of modes) {
			const others = controls.map(({ counted }) => counted.workflowId);
			const world = { modes, before: plays, others, client, credential, main: main.base };
			plays.push(await openPlay({ mode, ...world, bases, plan }));
			const trigger = ownWebhook();
			const respond = String(/** @type {any} */ (mode.trigger.settings).responseMode);
			controls.push({
				trigger,
				counted: await openCounted({ cluster, trigger, respond, settleMs: SETTLE_MS }),
			});
		}
		let at = 0;
		const timer = setInterval(() => {
			at++;
			for (const play of plays) play.happen();
			for (const { trigger, counted } of controls) void counted.send(trigger.next(), at);
		}, PAUSE_MS);
		await sleep(BEFORE_MS);
		const began = Date.now();
		await carryOut(cluster, fault);
		const until = Date.now();
		await sleep(AFTER_MS);
		const gaveUp = await revive(cluster);
		clearInterval(timer);
		const base = fault.process?.(cluster).base ?? 'http';
		const executes = [fault.process?.(cluster), ...gaveUp].some((each) =>
			cluster.workers.some((worker) => worker === each),
		);
		const kills = [
			{
				at: began,
				until,
				process: fault.name,
				base,
				executes,
				isDatabase: fault.store === 'postgres',
			},
		];
		const results = await Promise.all(
			plays.map(async (play, index) => {
				const { trigger, counted } = controls[index];
				await play.delivered();
				const [verdict, own] = await Promise.all([play.end(kills), counted.end()]);
				const name = `${fault.label}, ${play.mode.label}`;
				const judged = isSilent(own)
					? { ...verdict, undelivered: 0, unanswered: 0, hung: 0 }
					: verdict;
				const failures = failuresOf(judged, play.mode.allowed);
				return [
					{ case: name, ...verdict, wrong: 0, failures },
					// It skips no duplicates, and n8n runs no crashed execution again: nothing is asked of it.
					{ case: `${name}, ${trigger.label}`, ...own, wrong: 0, failures: [] },
				];
			}),
		);
		return results.flat();
	} finally {
		for (const play of plays) await play.close();
		for (const { counted } of controls) await counted.close();
	}
}

/** @param {Cluster} cluster @param {Fault} fault */
async function carryOut(cluster, { process, store }) {
	const killed = process?.(cluster);
	await killed?.kill();
	await killed?.restart();
	if (!store) return;
	await cluster.queue[store].stop();
	await sleep(AWAY_MS);
	await cluster.queue[store].start();
}

/**
 * As whatever keeps services running would: what gave up by itself is started again, and returned.
 *
 * @param {Cluster} cluster
 */
async function revive({ main, webhooks, workers }) {
	const gaveUp = [main, ...webhooks, ...workers].filter((n8n) => !n8n.isRunning());
	for (const n8n of gaveUp) await n8n.restart();
	return gaveUp;
}
