/**
 * What becomes of events when n8n is killed under load: `npm run test:faults`. A collector outside
 * n8n counts what the workflows did, and the sender repeats what is not answered 2xx. Options:
 *
 * - `--mode immediately,last-node,polling,retry,retry-polling`
 * - `--setup sqlite,queue`: one process with SQLite; or main, a webhook process and a worker with
 *   PostgreSQL and Redis, of which one is killed each time
 * - `--kills 50 --events 1000` of each mode, `--seed 1`
 * - `--short` for CI: few, and SQLite only
 * - `--no-behind-readiness` delivers also while n8n starts, as where no proxy waits for it
 */
import { existsSync } from 'node:fs';
import sortBy from 'lodash/sortBy.js';
import { SECRET } from '../e2e/jofi.mjs';
import { startCluster } from '../host/cluster.mjs';
import { N8N_VERSION } from '../host/install.mjs';
import { runAsProgram } from '../host/main.mjs';
import { startN8n } from '../host/n8n.mjs';
import { packPackage } from '../host/pack.mjs';
import { createProgress } from '../host/progress.mjs';
import { whyNoQueue } from '../host/queue.mjs';
import { killUnderLoad } from './kill.mjs';
import { optionsOf } from './options.mjs';
import { exampleFile, openPlay } from './play.mjs';
import { printResults } from './report.mjs';
import { failuresOf } from './verdict.mjs';

/** What docs/self-hosting recommends: without it, n8n does not carry what the sender repeats. */
const SETTINGS = {
	N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true',
	N8N_EXECUTIONS_QUEUE_KEEP_LAST_COMPLETED: '1000',
};

/** @typedef {import('./modes.mjs').Mode} Mode */
/**
 * @typedef {import('./verdict.mjs').Verdict & { setup: string, mode: string, label: string, kills: number, stuck: number, failures: string[] }} Result
 */

/**
 * @param {import('./options.mjs').Setup} setup
 * @param {{ tarball: string, progress: import('../host/progress.mjs').Progress }} common
 */
async function startSetup(setup, common) {
	if (setup === 'sqlite') {
		const n8n = await startN8n({ ...common, editor: false, env: SETTINGS });
		await n8n.client.signIn();
		return {
			main: n8n,
			bases: [n8n.base],
			processes: [{ name: 'n8n', n8n, executes: true }],
			stop: n8n.stop,
		};
	}
	const { main, webhooks, workers, stop } = await startCluster({
		...common,
		webhooks: 1,
		workers: 1,
		env: SETTINGS,
	});
	const processes = [
		{ name: 'main', n8n: main, executes: false },
		{ name: 'webhook', n8n: webhooks[0], executes: false },
		{ name: 'worker', n8n: workers[0], executes: true },
	];
	return { main, bases: webhooks.map(({ base }) => base), processes, stop };
}

/**
 * Modes beside each other in one n8n.
 *
 * @param {object} options
 * @param {Mode[]} options.modes
 * @param {import('./options.mjs').Setup} options.setup
 * @param {import('./options.mjs').Options} options.plan
 * @param {{ tarball: string, progress: import('../host/progress.mjs').Progress }} options.common
 * @returns {Promise<Result[]>}
 */
async function runTogether({ modes, setup, plan, common }) {
	const { main, bases, processes, stop } = await startSetup(setup, common);
	/** @type {import('./play.mjs').Play[]} */
	const plays = [];
	try {
		const { client } = main;
		const credential = await client.createCredential({
			name: 'JOFI webhook',
			type: 'jofiWebhookApi',
			data: { method: 'hmac', preset: 'github', secret: SECRET },
		});
		// An example comes last, because it is told which workflows are not its own.
		const inOrder = sortBy(modes, ({ example }) => example !== undefined);
		const world = { modes: inOrder, client, credential, main: main.base, bases, plan };
		for (const mode of inOrder) plays.push(await openPlay({ ...world, mode, before: plays }));
		const kills = await killUnderLoad({ processes, plays, plan, progress: common.progress });
		common.progress.say('waiting until all is delivered');
		await Promise.all(plays.map(async (play) => await play.delivered()));
		// n8n polls when it starts.
		if (modes.some(({ polling }) => polling)) await main.restart();
		common.progress.say('waiting until all that was delivered has run, or will not');
		return await Promise.all(
			plays.map(async (play) => {
				const { name, label, allowed } = play.mode;
				const verdict = await play.end(kills);
				/** @type {import('./verdict.mjs').LostWhy[]} */
				const lost = plan.behindReadiness ? allowed.lost : [...allowed.lost, 'starting'];
				// With one process there is no other that could have gone on after the kill.
				const doubled = allowed.doubled.filter((why) => setup === 'queue' || why !== 'answerLost');
				const failures = failuresOf(verdict, { lost, doubled });
				return { setup, mode: name, label, kills: kills.length, ...verdict, failures };
			}),
		);
	} finally {
		for (const play of plays) await play.close();
		await stop();
	}
}

await runAsProgram(import.meta.url, async () => {
	const plan = optionsOf(process.argv.slice(2));
	const progress = createProgress();
	const common = { tarball: await packPackage(progress), progress };
	/** @type {Result[]} */
	const results = [];
	/** @type {string[]} */
	const left = [];
	const modes = plan.modes.filter(({ label, example }) => {
		const missing = example !== undefined && !existsSync(exampleFile(example.name));
		if (missing)
			left.push(`${label} is left out, because examples/${example.name}.json is missing.`);
		return !missing;
	});
	for (const setup of plan.setups) {
		const reason = setup === 'queue' ? whyNoQueue() : undefined;
		if (reason) left.push(reason);
		else results.push(...(await runTogether({ modes, setup, plan, common })));
	}
	printResults(results, left);
	const kept = results.length > 0 && results.every(({ failures }) => failures.length === 0);
	const { seed, behindReadiness } = plan;
	console.log(
		JSON.stringify({ faults: results, left, seed, behindReadiness, n8n: N8N_VERSION, kept }),
	);
	process.exitCode = kept ? 0 : 1;
});
