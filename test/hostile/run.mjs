/**
 * What becomes of deliveries that somebody made to do harm: `npm run test:hostile`. 100,000 to the
 * webhook triggers in this process, made up by fast-check; 5,000 of the same kind over HTTP to a
 * real n8n; a flood of bad signatures, with good deliveries among them; and slow bodies through the
 * proxy of deploy/. `-- --short` for CI, `-- --seed 2` for others. The last line is JSON.
 */
import { MEASURED } from '../bench/throughput/heldMemory.mjs';
import { demandLinux } from '../bench/throughput/processes.mjs';
import { tableOf } from '../faults/report.mjs';
import { N8N_VERSION } from '../host/install.mjs';
import { runAsProgram } from '../host/main.mjs';
import { startN8n } from '../host/n8n.mjs';
import { packPackage } from '../host/pack.mjs';
import { createProgress } from '../host/progress.mjs';
import { startProxy, whyNoProxy } from '../host/proxy.mjs';
import { leaksIn } from '../host/secrets.mjs';
import { flood } from './flood.mjs';
import { deliverInProcess } from './inProcess.mjs';
import { optionsOf } from './options.mjs';
import { deliverOverHttp } from './overHttp.mjs';
import { signer } from './signed.mjs';
import { deliverSlowly } from './slow.mjs';
import { failuresOf } from './verdict.mjs';
import { verificationsOf } from './verifications.mjs';
import { openWorkflows } from './workflows.mjs';

const PUBLIC = 'https://n8n.example.org';
const ENV = {
	...MEASURED,
	// The sender's address is the last one that a proxy named.
	N8N_PROXY_HOPS: '1',
	// As docs/self-hosting recommends, and deploy/ has it.
	N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true',
};

/** @typedef {import('./options.mjs').Options} Options */
/** @typedef {import('../host/progress.mjs').Progress} Progress */

/**
 * @template T
 * @param {Progress} progress
 * @param {string} what
 * @param {(tick: (state: string) => void) => Promise<T>} task says how far it is
 * @returns {Promise<T>}
 */
async function watched(progress, what, task) {
	const wait = progress.wait(what);
	const result = await task((state) => wait.tick(state));
	wait.done();
	return result;
}

/**
 * All that needs a real n8n.
 *
 * @param {object} options
 * @param {Options} options.plan
 * @param {readonly import('./verifications.mjs').Verification[]} options.verifications
 * @param {boolean} options.hasProxy
 * @param {Progress} options.progress
 */
async function withN8n({ plan, verifications, hasProxy, progress }) {
	/** @type {string[]} */
	const leaks = [];
	const n8n = await startN8n({
		tarball: await packPackage(progress),
		editor: false,
		webhookUrl: `${PUBLIC}/`,
		env: ENV,
		progress,
		async atEnd(userFolder, secrets) {
			leaks.push(...(await leaksIn(userFolder, secrets)));
		},
	});
	try {
		await n8n.client.signIn();
		const workflows = await openWorkflows(n8n.client, verifications);
		const common = { n8n, workflows, verifications, signer: signer(workflows.alone) };
		const overHttp = await watched(progress, 'hostile requests to n8n', (tick) =>
			deliverOverHttp({
				...{ ...common, port: n8n.port, publicUrl: PUBLIC, tick },
				...{ requests: plan.requests, seed: plan.seed },
			}),
		);
		const flooded = await watched(progress, 'a flood of bad signatures', (tick) =>
			flood({ ...common, ...plan, requests: plan.flood, tick }),
		);
		const seen = { overHttp, flood: flooded, leaks };
		if (!hasProxy) return seen;
		const proxy = await startProxy({ main: n8n.port, webhooks: [n8n.port] });
		try {
			const { port } = proxy;
			const slow = await watched(progress, 'slow deliveries through HAProxy', () =>
				deliverSlowly({ ...common, port, connections: plan.slow }),
			);
			return { ...seen, slow };
		} finally {
			await proxy.stop();
		}
	} finally {
		await n8n.stop();
	}
}

await runAsProgram(import.meta.url, async () => {
	const plan = optionsOf(process.argv.slice(2));
	demandLinux();
	const progress = createProgress();
	const verifications = verificationsOf(plan.seed);
	const left = [whyNoProxy()].filter((reason) => reason !== undefined);
	const hasProxy = left.length === 0;
	const inProcess = await watched(progress, 'hostile deliveries in process', (tick) =>
		deliverInProcess({ ...plan, verifications, tick }),
	);
	const hostile = { inProcess, ...(await withN8n({ plan, verifications, hasProxy, progress })) };
	const failures = failuresOf(hostile, plan);

	const { leaks, ...parts } = hostile;
	const rows = Object.entries(parts).flatMap(([part, figures]) =>
		Object.entries(figures)
			.filter(([name]) => name !== 'problems')
			.map(([name, figure]) => [part, name, JSON.stringify(figure)]),
	);
	rows.push(['n8n', 'leaks', String(leaks.length)]);
	console.log(`\n${tableOf([['part', 'what', 'figure'], ...rows])}\n`);
	for (const failure of failures) console.log(`Not kept: ${failure}`);
	for (const sentence of left) console.log(sentence);
	const kept = failures.length === 0;
	console.log(JSON.stringify({ hostile, left, seed: plan.seed, n8n: N8N_VERSION, kept }));
	process.exitCode = kept ? 0 : 1;
});
