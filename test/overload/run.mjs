/**
 * What becomes of deliveries that come ten times as fast as n8n can run them:
 * `npm run test:overload`. A real n8n with a JOFI Trigger and a call to a server of this test, which
 * counts what ran. Each accepted delivery must run, all others be told to come again, and n8n must
 * keep its memory. `-- --short` for fifteen seconds instead of a minute; `--no-limit` and
 * `--no-lazy` to see what n8n does without these settings. The last line is JSON.
 */
import { createServer } from 'node:http';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Pool } from 'undici';
import { presets } from '#dist/nodes/shared/webhook/verification/signatureScheme.js';
import { signDelivery } from '#dist/nodes/shared/webhook/verification/sign.js';
import { percentile } from '../bench/measure.mjs';
import { memoryOf, demandLinux } from '../bench/throughput/processes.mjs';
import { jofiWorkflow, newEvent, SECRET, startWithPackage } from '../e2e/jofi.mjs';
import { runAsProgram } from '../host/main.mjs';

/** The settings that docs/self-hosting recommends for volume. */
const SETTINGS = {
	lazy: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' },
	limit: { N8N_CONCURRENCY_PRODUCTION_LIMIT: '20' },
};
const TIMES = 10;
const MOST_MEGABYTES = 2_000;
/** Of the sender; many more than n8n answers at once. */
const CONNECTIONS = 500;
const LOOK_MS = 250;
/** How long n8n may take to run what it has accepted. */
const CATCH_UP_MS = 300_000;

/** A server that counts the events that reached it. */
async function startCollector() {
	/** @type {Map<string, number>} */
	const runs = new Map();
	const server = createServer((request, response) => {
		const key = decodeURIComponent((request.url ?? '').slice(1));
		runs.set(key, (runs.get(key) ?? 0) + 1);
		response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	return { runs, url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

await runAsProgram(import.meta.url, async () => {
	const { values } = parseArgs({
		allowNegative: true,
		options: {
			short: { type: 'boolean', default: false },
			lazy: { type: 'boolean', default: true },
			limit: { type: 'boolean', default: true },
		},
	});
	const env = {
		EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'none',
		...(values.lazy && SETTINGS.lazy),
		...(values.limit && SETTINGS.limit),
	};
	const seconds = values.short ? 15 : 60;
	demandLinux();
	const collector = await startCollector();
	const { n8n, credential } = await startWithPackage({ editor: false, env });
	try {
		const workflow = jofiWorkflow(credential, { events: ['*'] }, [
			{
				name: 'Effect',
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.2,
				parameters: { url: `=${collector.url}{{ $json.person.id }}` },
			},
		]);
		const { 'JOFI Trigger': url } = await n8n.client.publish(
			await n8n.client.createWorkflow(workflow),
		);
		const { origin, pathname: path } = new URL(url);
		const pool = new Pool(origin, { connections: CONNECTIONS, pipelining: 1 });

		/** @type {Map<string, number>} */
		const answers = new Map();
		/** @type {string[]} */
		const accepted = [];
		/** @type {number[]} */
		const latencies = [];
		async function send() {
			const event = newEvent();
			const body = Buffer.from(JSON.stringify(event));
			const start = performance.now();
			const { statusCode, body: answer } = await pool.request({
				path,
				method: 'POST',
				body,
				headers: {
					'content-type': 'application/json',
					...signDelivery({ body, id: '', timestamp: '' }, presets.github, [SECRET]),
				},
			});
			const text = await answer.text();
			latencies.push(performance.now() - start);
			const name = `${statusCode} ${text.slice(0, 80)}`;
			answers.set(name, (answers.get(name) ?? 0) + 1);
			if (statusCode < 300) accepted.push(String(event.data.object.id));
		}
		const untilRun = async () => {
			const end = Date.now() + CATCH_UP_MS;
			while (accepted.some((id) => !collector.runs.has(id)) && Date.now() < end)
				await sleep(LOOK_MS);
		};

		// Ten connections, and what n8n still does after its answers, tell what it can carry.
		await Promise.all(Array.from({ length: 20 }, send));
		await untilRun();
		const [before, start] = [accepted.length, performance.now()];
		await Promise.all(
			Array.from({ length: 10 }, async () => {
				while (performance.now() - start < 10_000) await send();
			}),
		);
		await untilRun();
		const sustainable = ((accepted.length - before) * 1000) / (performance.now() - start);

		const [memoryBefore, count] = [memoryOf(n8n.pid), Math.ceil(sustainable * TIMES * seconds)];
		answers.clear();
		latencies.length = 0;
		let memory = memoryBefore;
		const watch = setInterval(() => (memory = Math.max(memory, memoryOf(n8n.pid))), LOOK_MS);
		const began = performance.now();
		const sent = [];
		for (let at = 0; at < count; at++) {
			const early = began + (at * 1000) / (sustainable * TIMES) - performance.now();
			if (early > 0) await sleep(early);
			sent.push(send());
		}
		const failures = (await Promise.allSettled(sent)).filter(({ status }) => status === 'rejected');
		const answeredAfter = performance.now() - began;
		await untilRun();
		clearInterval(watch);
		await pool.destroy();

		const lost = accepted.filter((id) => !collector.runs.has(id)).length;
		const twice = [...collector.runs.values()].filter((runs) => runs > 1).length;
		const others = [...answers].filter(([name]) => !/^(2\d\d|503) /.test(name));
		const figures = {
			env,
			seconds,
			sustainable: Math.round(sustainable * 10) / 10,
			delivered: count,
			answers: Object.fromEntries(answers),
			connectionsFailed: failures.length,
			lost,
			twice,
			p50: Math.round(percentile(latencies, 0.5)),
			p99: Math.round(percentile(latencies, 0.99)),
			secondsToAnswerAll: Math.round(answeredAfter / 1000),
			megabytesBefore: Math.round(memoryBefore),
			megabytes: Math.round(memory),
		};
		for (const [name, figure] of Object.entries(figures))
			console.log(`  ${name.padEnd(20)} ${JSON.stringify(figure)}`);
		const problems = [
			lost > 0 && `${lost} accepted deliveries did not run`,
			twice > 0 && `${twice} events ran twice`,
			others.length > 0 && `other answers than 2xx and 503: ${JSON.stringify(others)}`,
			failures.length > 0 && `${failures.length} deliveries got no answer`,
			memory > MOST_MEGABYTES && `n8n took ${Math.round(memory)} MB`,
		].filter(Boolean);
		for (const problem of problems) console.log(`MISSED: ${problem}`);
		console.log(JSON.stringify({ test: 'overload', ...figures, problems }));
		if (problems.length > 0) process.exitCode = 1;
	} finally {
		await n8n.stop();
		collector.close();
	}
});
