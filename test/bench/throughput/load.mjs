/**
 * The load generator, in a process of its own, so that it disturbs neither n8n nor what measures
 * it. The parent sends one {@link Job} at a time, is told when bodies and signatures are made, says
 * when to begin, and gets an {@link Outcome}; or `{ problem }` instead of either.
 */
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { presets } from '#dist/nodes/shared/webhook/verification/signatureScheme.js';
import { signDelivery } from '#dist/nodes/shared/webhook/verification/sign.js';

/**
 * @typedef {object} Target
 * @property {string} url
 * @property {import('../deliveries.mjs').Template} template
 * @property {Record<string, string>} headers
 * @property {string} secret signs each body
 * @property {'new' | 'repeated'} events whether each delivery is an event of its own
 * @property {{ status: number, text: string }} answer anything else is a failure
 */

/**
 * With `perSecond`, deliveries begin at even intervals, whether or not others are answered; without
 * it, each connection delivers as soon as it is answered.
 *
 * @typedef {object} Job
 * @property {Target} target
 * @property {number} connections
 * @property {number} count at most so many
 * @property {number} [ms] begins none later
 * @property {number} [perSecond]
 */

/**
 * @typedef {object} Outcome
 * @property {number} answered
 * @property {number} ms from the first request to the last answer
 * @property {number[]} latencies milliseconds; at even intervals, since the delivery was due
 */

/** Overwrites the number in a template. */
let id = 1_000_000_000;
/** So many events are delivered again and again. */
const REPEATED = 20;
/** @type {Map<string, number[]>} */
const delivered = new Map();

/**
 * @param {Target} target
 * @param {number} number
 */
function deliveryOf({ template, headers, secret }, number) {
	const body = Buffer.from(template.body);
	body.write(String(number), template.at);
	const signature = signDelivery({ body, id: '', timestamp: '' }, presets.github, [secret]);
	return { body, headers: { 'content-type': 'application/json', ...headers, ...signature } };
}

/**
 * @param {Pool} pool
 * @param {Target} target
 */
function sender(pool, { url, answer }) {
	const { pathname: path } = new URL(url);
	return async (/** @type {ReturnType<typeof deliveryOf>} */ delivery, accept = [answer]) => {
		const { statusCode, body } = await pool.request({ path, method: 'POST', ...delivery });
		const text = await body.text();
		if (!accept.some((one) => statusCode === one.status && text === one.text))
			throw new Error(
				`${path} answered ${statusCode} ${text.slice(0, 300)} instead of ${answer.status} ${answer.text}`,
			);
	};
}

/**
 * @param {Job} job
 * @returns {Promise<Outcome>}
 */
async function run({ target, connections, count, ms = Infinity, perSecond }) {
	const pool = new Pool(new URL(target.url).origin, { connections, pipelining: 1 });
	try {
		const send = sender(pool, target);
		const repeated = target.events === 'repeated' ? await deliverOnce(target, send) : undefined;
		const deliveries = Array.from({ length: count }, (_, at) =>
			deliveryOf(target, repeated ? repeated[at % REPEATED] : ++id),
		);
		process.send?.('ready');
		await once(process, 'message');
		/** @type {number[]} */
		const latencies = [];
		const start = performance.now();
		const measured = async (/** @type {number} */ at, since = performance.now()) => {
			await send(deliveries[at]);
			latencies.push(performance.now() - since);
		};
		if (perSecond === undefined) await closed({ connections, count, ms, start, measured });
		else await evenly({ count, perSecond, start, measured });
		return { answered: latencies.length, ms: performance.now() - start, latencies };
	} finally {
		await pool.destroy();
	}
}

/** @typedef {(at: number, since?: number) => Promise<void>} Measured */

/**
 * @param {{ connections: number, count: number, ms: number, start: number, measured: Measured }} options
 */
async function closed({ connections, count, ms, start, measured }) {
	let next = 0;
	const connection = async () => {
		while (next < count && performance.now() - start < ms) await measured(next++);
	};
	await Promise.all(Array.from({ length: connections }, connection));
}

/** @param {{ count: number, perSecond: number, start: number, measured: Measured }} options */
async function evenly({ count, perSecond, start, measured }) {
	const running = [];
	for (let at = 0; at < count; at++) {
		const due = start + (at * 1000) / perSecond;
		const early = due - performance.now();
		if (early > 0) await sleep(early);
		const delivery = measured(at, due);
		// It fails below, with all others.
		delivery.catch(() => {});
		running.push(delivery);
	}
	await Promise.all(running);
}

/**
 * Events that are repeated afterwards.
 *
 * @param {Target} target
 * @param {ReturnType<typeof sender>} send
 */
async function deliverOnce(target, send) {
	const numbers = delivered.get(target.url) ?? Array.from({ length: REPEATED }, () => ++id);
	delivered.set(target.url, numbers);
	const accepted = { status: 200, text: '{"message":"Accepted."}' };
	// What was delivered long ago may have been forgotten.
	for (const number of numbers) await send(deliveryOf(target, number), [accepted, target.answer]);
	return numbers;
}

for (;;) {
	const [job] = await once(process, 'message');
	try {
		process.send?.(await run(job));
	} catch (error) {
		process.send?.({ problem: error instanceof Error ? error.message : String(error) });
	}
}
