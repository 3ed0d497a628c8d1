/**
 * The benchmark of deliveries through a real n8n: `npm run bench`, or `npm run bench -- --quick`.
 * What it compares, how and with which options is in the README beside. A missed target is printed
 * and is no failure, because machines differ.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { fileURLToPath } from 'node:url';
import { installHost, N8N_VERSION } from '../../host/install.mjs';
import { runAsProgram } from '../../host/main.mjs';
import { createProgress } from '../../host/progress.mjs';
import { measureMemory } from './memory.mjs';
import { ENGINES, optionsOf } from './options.mjs';
import { demandLinux } from './processes.mjs';
import { printProfile, profile } from './profile.mjs';
import { whyNoQueue } from '../../host/queue.mjs';
import { benchReceive, printReceive } from './receive.mjs';
import { printResults, summaryOf, writeReadme } from './report.mjs';
import { measureRounds } from './rounds.mjs';
import { packBoth, startStage } from './stage.mjs';

/** @typedef {import('./options.mjs').Engine} Engine */

const RESULTS = fileURLToPath(new URL('../results.json', import.meta.url));
/**
 * @typedef {object} Results
 * @property {string} date ISO 8601
 * @property {string} n8n
 * @property {'quick' | 'full'} mode
 * @property {import('./options.mjs').Plan} plan
 * @property {{ cpu: string, cores: number, gigabytes: number, system: string, node: string, load: number[] }} machine
 * @property {import('./summary.mjs').Run[]} runs
 * @property {{ engine: Engine, memory: import('./memory.mjs').Memory[] }[]} memory
 * @property {Awaited<ReturnType<typeof benchReceive>>} receive
 * @property {string} [queue] why queue mode was not measured
 */

/** @param {string} node that n8n runs on */
const machine = (node) => ({
	cpu: cpus()[0].model,
	cores: cpus().length,
	gigabytes: Math.round(totalmem() / 1e9),
	system: `${type()} ${release()}`,
	node: execFileSync(node, ['--version'], { encoding: 'utf8' }).trim(),
	load: loadavg(),
});

await runAsProgram(import.meta.url, async () => {
	const progress = createProgress();
	const {
		quick,
		plan,
		engines,
		sides,
		queue,
		write,
		profile: folder,
	} = optionsOf(process.argv.slice(2));
	demandLinux();
	const host = await installHost(progress);
	const tarballs = await packBoth(progress);

	if (folder !== undefined) {
		/** @type {Record<string, import('./profile.mjs').Profile>} */
		const profiles = {};
		for (const engine of engines) {
			profiles[engine] = await profile({ tarballs, engine, folder, progress });
			printProfile(engine, profiles[engine]);
		}
		console.log(JSON.stringify({ n8n: N8N_VERSION, profiles }));
		return;
	}

	/** @type {Results} */
	const results = {
		date: new Date().toISOString(),
		n8n: N8N_VERSION,
		mode: quick ? 'quick' : 'full',
		plan,
		machine: machine(host.node),
		runs: [],
		memory: [],
		receive: [],
	};
	const shared = { tarballs, sides, progress };
	/**
	 * @param {string} name
	 * @param {Pick<Parameters<typeof startStage>[0], 'env' | 'queue'>} settings
	 * @param {import('./options.mjs').Plan} itsPlan
	 */
	const measure = async (name, settings, itsPlan) => {
		progress.say(`measuring ${name}`);
		const stage = await startStage({ ...shared, ...settings });
		try {
			const figures = await measureRounds({ stage, sides, plan: itsPlan, progress });
			results.runs.push({ name, figures });
		} finally {
			await stage.stop();
		}
	};

	for (const engine of engines) {
		// So slow that one round tells all.
		const once = { ...plan, rounds: 1, largeRounds: 0, fifthRounds: 0 };
		await measure(engine, { env: ENGINES[engine] }, engine === 'quickjs' ? once : plan);
	}
	if (queue) {
		results.queue = whyNoQueue();
		if (results.queue) progress.say(results.queue);
		else
			await measure('queue', { env: {}, queue: true }, { ...plan, largeRounds: 0, fifthRounds: 0 });
	}
	if (sides.includes('B') && engines[0] !== 'quickjs') {
		// Recommended for volume; 10,000 accepted deliveries would take the default too long.
		const engine = engines.includes('lazy') ? 'lazy' : engines[0];
		progress.say(`measuring memory with ${engine}`);
		const memory = await measureMemory({ tarballs, engine, plan, progress });
		results.memory.push({ engine, memory });
	}
	if (!quick) results.receive = await benchReceive();

	writeFileSync(RESULTS, JSON.stringify(results, null, '\t'));
	if (write) writeReadme(results);
	printResults(results);
	if (results.queue) console.log(`\n${results.queue}`);
	printReceive(results.receive);
	console.log(JSON.stringify(summaryOf(results)));
});
