/**
 * How long a form waits for its reply: `npm run bench:reply`. A real n8n, asked one
 * time after the other by turns, with n8n's default engine and with lazy acquisition: Regpack Trigger and Form Reply, against n8n's own Webhook and
 * Respond to Webhook; and what of it the package's own code takes.
 */
import { performance } from 'node:perf_hooks';
import { regpackWebhooks } from '#dist/nodes/Regpack/provider.js';
import { receiveDelivery } from '#dist/nodes/shared/webhook/receive.js';
import { processEvents } from '#dist/nodes/shared/events/process.js';
import { reply } from '#dist/nodes/Regpack/resources/form/reply.js';
import { startWithPackage } from '../e2e/jofi.mjs';
import { entered, formReply, secretInQuery, trigger, workflowOf } from '../e2e/regpack.mjs';
import { deliver } from '../providers/shared/deliver.mjs';
import { interleaved, median, percentile, report } from './measure.mjs';

const ROUNDS = 300;
const WARM_UP = 20;
/** What a person does not notice. */
const MOST_MS = 500;
/** n8n's settings, and how many times as long as n8n's own nodes the package may take at most. */
const ENGINES = [
	{ label: "n8n's default engine", env: {}, mostTimes: 1.6 },
	{
		label: 'N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true',
		env: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' },
		mostTimes: 1.2,
	},
];

const payload = {
	...regpackWebhooks.provider.events[0].sample,
	doc: Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`f_${at}`, `value ${at}`])),
};
const stopping = {
	reply: 'stop',
	message: 'Please give a guardian phone number',
	focusOn: 'guardian_phone',
};

/** @param {(typeof ENGINES)[number]} engine */
async function benchN8n({ label: engine, env, mostTimes }) {
	const { n8n } = await startWithPackage({
		editor: false,
		env: /** @type {Record<string, string>} */ (env),
	});
	try {
		const credential = await secretInQuery(n8n.client);
		const ours = await n8n.client.createWorkflow(
			workflowOf(credential, [
				[trigger({ events: 'form_preprocess_*', formId: '1' }), formReply(stopping)],
			]),
		);
		const webhook = {
			name: 'Webhook',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			parameters: { httpMethod: 'POST', path: 'bench', responseMode: 'responseNode' },
		};
		const respond = {
			name: 'Respond',
			type: 'n8n-nodes-base.respondToWebhook',
			typeVersion: 1.4,
			parameters: {
				respondWith: 'json',
				responseBody:
					'{"msg":"Please give a guardian phone number","focus_on":"guardian_phone","msg_type":"error"}',
			},
		};
		const core = await n8n.client.createWorkflow(workflowOf(credential, [[webhook, respond]]));
		await n8n.client.publish(core);
		const { 'Regpack Trigger': url } = await n8n.client.publish(ours);
		const cases = [
			{ label: 'Regpack Trigger and Form Reply', url: entered(url) },
			{ label: "n8n's Webhook and Respond to Webhook", url: `${n8n.base}/webhook/bench` },
		];
		const times = cases.map(() => /** @type {number[]} */ ([]));
		for (let round = -WARM_UP; round < ROUNDS; round++) {
			for (const [index, { url: target }] of cases.entries()) {
				const start = performance.now();
				const { status, text } = await deliver(target, payload, {});
				const took = performance.now() - start;
				if (status !== 200 || !text.includes('guardian_phone'))
					throw new Error(`${target.split('?')[0]} answered ${status}: ${text}`);
				if (round >= 0) times[index].push(took);
			}
		}
		console.log(`\n${ROUNDS} replies of each, by turns, with ${engine}`);
		for (const [index, { label }] of cases.entries()) {
			const p95 = percentile(times[index], 0.95);
			report(`${label}: median`, `${median(times[index]).toFixed(0)} ms`);
			report(
				`${label}: 95th percentile`,
				`${p95.toFixed(0)} ms`,
				index === 0 ? { target: `≤ ${MOST_MS} ms`, kept: p95 <= MOST_MS } : undefined,
			);
		}
		const [own, host] = times.map(median);
		report("against n8n's own nodes", `× ${(own / host).toFixed(2)}`, {
			target: `≤ ${mostTimes}`,
			kept: own <= mostTimes * host,
		});
	} finally {
		await n8n.stop();
	}
}

/** The package's code alone, from the request's bytes to the reply's JSON. */
async function benchOwn() {
	const rawBody = Buffer.from(JSON.stringify(payload));
	const silent = () => {};
	const node = { id: 'bench', name: 'Regpack Trigger', type: 'regpackTrigger' };
	/** @type {Record<string, unknown>} */
	const parameters = {
		authentication: 'credential',
		events: 'form_preprocess_*',
		formId: '1',
		responseMode: 'responseNode',
		moment: 'before',
		...stopping,
	};
	const shared = {
		getNode: () => node,
		getWorkflow: () => ({ id: 'bench' }),
		getMode: () => 'webhook',
		logger: { debug: silent, info: silent, warn: silent, error: silent },
	};
	const own = async () => {
		const response = { statusCode: 200, end: silent, once: silent };
		const request = {
			method: 'POST',
			url: '/?token=x',
			headers: { 'content-type': 'application/json' },
			query: { token: 'a secret of some length' },
			ip: '127.0.0.1',
			rawBody,
		};
		const hook = {
			...shared,
			getNodeParameter: (/** @type {string} */ name, /** @type {unknown} */ other) =>
				parameters[name] ?? other,
			getCredentials: async () => ({
				method: 'query',
				queryName: 'token',
				secret: 'a secret of some length',
			}),
			getRequestObject: () => request,
			getResponseObject: () => response,
		};
		const { workflowData } = await receiveDelivery(/** @type {any} */ (hook), regpackWebhooks);
		response.end();
		const execute = (/** @type {any} */ items) => ({
			...shared,
			getNodeParameter: (
				/** @type {string} */ name,
				/** @type {number} */ _index,
				/** @type {unknown} */ other,
			) => parameters[name] ?? other,
			getInputData: () => items,
			getParentNodes: () => [],
			getWorkflowDataProxy: () => ({}),
			sendResponse: silent,
		});
		const [items] = await processEvents(
			/** @type {any} */ (execute(workflowData?.[0])),
			regpackWebhooks,
		);
		await reply.run(
			/** @type {any} */ (execute(items)),
			0,
			Object.assign(silent, { partial: silent }),
		);
	};
	const COUNT = 500;
	const [milliseconds] = await interleaved([own], 15, async (work) => {
		const start = performance.now();
		for (let at = 0; at < COUNT; at++) await work();
		return (performance.now() - start) / COUNT;
	});
	console.log("\nThe package's own code of one reply, with a body of 40 fields");
	report('verify, read, shape, reply', `${milliseconds.toFixed(3)} ms`);
}

console.log(`Replies to a form that waits, Node ${process.version} (n8n has its own)`);
await benchOwn();
for (const engine of ENGINES) await benchN8n(engine);
