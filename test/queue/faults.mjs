import { setTimeout as sleep } from 'node:timers/promises';
import { SECRET } from '../e2e/jofi.mjs';
import { MODES } from '../faults/modes.mjs';
import { openPlay } from '../faults/play.mjs';
import { failuresOf } from '../faults/verdict.mjs';

/** Between two events of a mode. */
const PAUSE_MS = 300;
const BEFORE_MS = 3_000;
const AWAY_MS = 10_000;
/** n8n may give up some time after what it needs has gone. */
const AFTER_MS = 5_000;

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

/** The modes that need nothing beside. */
const modes = MODES.filter(({ polling, example, after }) => !polling && !example && !after);

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
		type: 'talentEventsWebhookApi',
		data: { method: 'hmac', preset: 'github', secret: SECRET },
	});
	const bases = webhooks.map(({ base }) => base);
	// Far more than will happen; JOFI shows them all.
	const plan = { events: 1_000, seed: fault.name, behindReadiness: true };
	/** @type {import('../faults/play.mjs').Play[]} */
	const plays = [];
	try {
		for (const mode of modes)
			plays.push(
				await openPlay({ mode, client, credential, main: main.base, others: [], bases, plan }),
			);
		const timer = setInterval(() => plays.forEach((play) => play.happen()), PAUSE_MS);
		await sleep(BEFORE_MS);
		const at = Date.now();
		await carryOut(cluster, fault);
		const until = Date.now();
		await sleep(AFTER_MS);
		await revive(cluster);
		clearInterval(timer);
		const base = fault.process?.(cluster).base ?? 'http';
		const kills = [{ at, until, process: fault.name, base, executes: fault.name === 'worker' }];
		return await Promise.all(
			plays.map(async (play) => {
				await play.delivered();
				const verdict = await play.end(kills);
				const failures = failuresOf(verdict, play.mode.allowed);
				return { case: `${fault.label}, ${play.mode.label}`, ...verdict, wrong: 0, failures };
			}),
		);
	} finally {
		for (const play of plays) await play.close();
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

/** As whatever keeps services running would: what gave up by itself is started again. @param {Cluster} cluster */
async function revive({ main, webhooks, workers }) {
	for (const n8n of [main, ...webhooks, ...workers]) if (!n8n.isRunning()) await n8n.restart();
}
