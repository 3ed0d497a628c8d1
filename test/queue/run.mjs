/**
 * Queue mode as a whole: `npm run test:queue`. It starts PostgreSQL, Redis, main, two webhook
 * processes and two workers on loopback; delivers to each trigger in each way to respond, and the
 * same events at once, through the proxy of deploy/ and without it; and lets one thing after the other fail, with n8n's own
 * Webhook beside. Options:
 * `--short` for CI, `--only worker,postgres` for some faults or `calm` for all that is none.
 */
import { parseArgs } from 'node:util';
import { tableOf, withReasons } from '../faults/report.mjs';
import { startCluster } from '../host/cluster.mjs';
import { N8N_VERSION } from '../host/install.mjs';
import { runAsProgram } from '../host/main.mjs';
import { packPackage } from '../host/pack.mjs';
import { createProgress } from '../host/progress.mjs';
import { startProxy, whyNoProxy } from '../host/proxy.mjs';
import { whyNoQueue } from '../host/queue.mjs';
import { calmCases } from './cases.mjs';
import { FAULTS, runFault } from './faults.mjs';
import { openTriggers } from './triggers.mjs';

/** @typedef {import('./cases.mjs').Result} Result */

/** So many events of each case, and which faults. */
const FULL = { events: 90, only: ['calm', ...FAULTS.map(({ name }) => name)] };
const SHORT = { events: 12, only: ['calm', 'webhook'] };
/** As docs/self-hosting recommends. */
const ENV = {
	N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true',
	// Otherwise Bull forgets a job that ends before n8n listens for its end.
	N8N_EXECUTIONS_QUEUE_KEEP_LAST_COMPLETED: '1000',
};

/** @type {[string, (result: Result) => string | number][]} */
const COLUMNS = [
	['case', (result) => result.case],
	['events', ({ events }) => events],
	['delivered', ({ delivered }) => delivered],
	['run', ({ run }) => run],
	['lost', ({ lost }) => withReasons(lost)],
	['run twice', ({ doubled }) => withReasons(doubled)],
	['unanswered', ({ unanswered }) => unanswered],
	['hung repeats', ({ hung }) => hung],
	['wrong answers', ({ wrong }) => wrong],
	['stuck', ({ stuck }) => stuck],
];

/** @param {import('../host/cluster.mjs').Cluster} cluster */
const portsOf = ({ main, webhooks }) => ({
	main: main.port,
	webhooks: webhooks.map(({ port }) => port),
});

await runAsProgram(import.meta.url, async () => {
	const { values } = parseArgs({
		options: { short: { type: 'boolean', default: false }, only: { type: 'string' } },
	});
	const plan = values.short ? SHORT : FULL;
	const only = values.only?.split(',') ?? plan.only;
	const unknown = only.find((name) => !FULL.only.includes(name));
	if (unknown) throw new Error(`There is no "${unknown}", only ${FULL.only.join(', ')}.`);
	const reason = whyNoQueue();
	if (reason) {
		console.log(reason);
		console.log(JSON.stringify({ queue: [], skipped: reason }));
		return;
	}
	const left = [whyNoProxy()].filter((why) => why !== undefined);
	const progress = createProgress();
	const tarball = await packPackage(progress);
	const cluster = await startCluster({ tarball, webhooks: 2, workers: 2, env: ENV, progress });
	/** @type {Result[]} */
	const results = [];
	const show = (/** @type {Result} */ result) => {
		results.push(result);
		progress.say(COLUMNS.map(([name, value]) => `${name}: ${value(result)}`).join(', '));
	};
	try {
		if (only.includes('calm')) {
			const { triggers, close } = await openTriggers(cluster.main.client);
			const proxy = left.length === 0 ? await startProxy(portsOf(cluster)) : undefined;
			const stage = { cluster, proxy: proxy?.base, triggers, events: plan.events };
			for (const { name, run } of calmCases(stage)) {
				progress.say(name);
				show(await run());
			}
			await proxy?.stop();
			await close();
		}
		for (const fault of FAULTS.filter(({ name }) => only.includes(name))) {
			progress.say(fault.label);
			for (const result of await runFault(cluster, fault)) show(result);
		}
	} finally {
		await cluster.stop();
	}
	for (const why of left) console.log(why);
	const rows = results.map((result) => COLUMNS.map(([, value]) => String(value(result))));
	console.log(`\n${tableOf([COLUMNS.map(([name]) => name), ...rows])}\n`);
	for (const { case: name, failures } of results)
		for (const failure of failures) console.log(`Not kept: ${name}: ${failure}.`);
	const kept = results.every(({ failures }) => failures.length === 0);
	console.log(JSON.stringify({ queue: results, n8n: N8N_VERSION, left, kept }));
	process.exitCode = kept ? 0 : 1;
});
