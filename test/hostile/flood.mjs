import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { percentile } from '../bench/measure.mjs';
import { heldMemoryOf } from '../bench/throughput/heldMemory.mjs';
import { memoryOf } from '../bench/throughput/processes.mjs';

const CONNECTIONS = 10;
const GOOD_EVERY_MS = 250;
/** @typedef {import('./signed.mjs').Signer} Signer */

/**
 * Requests with a bad signature as fast as they go, and a good delivery now and then. Memory is what
 * n8n holds before and after, without garbage.
 *
 * @param {object} options
 * @param {import('../host/n8n.mjs').N8n} options.n8n
 * @param {import('./workflows.mjs').Workflows} options.workflows
 * @param {Signer} options.signer
 * @param {number} options.requests
 * @param {number} options.warmUp
 * @param {(state: string) => void} options.tick
 */
export async function flood({ n8n, workflows, signer, requests, warmUp, tick }) {
	const bad = new Pool(n8n.base, { connections: CONNECTIONS });
	const good = new Pool(n8n.base);

	/** @param {Pool} pool @param {ReturnType<Signer['good']>} request */
	async function send(pool, request) {
		const start = performance.now();
		const { statusCode, body } = await pool.request(request);
		const text = await body.text();
		return { status: statusCode, text, ms: Math.round(performance.now() - start) };
	}

	/** @param {number} count */
	async function round(count) {
		/** @type {Record<string, number>} */
		const answers = {};
		/** @type {number[]} */
		const badMs = [];
		let sent = 0;
		let isOver = false;
		const sendBad = async () => {
			while (sent < count) {
				sent++;
				tick(`${sent} of ${count}`);
				const { status, ms } = await send(bad, signer.bad());
				answers[status] = (answers[status] ?? 0) + 1;
				badMs.push(ms);
			}
		};
		/** @type {Promise<Awaited<ReturnType<typeof send>>>[]} */
		const goods = [];
		const sendGood = async () => {
			while (!isOver) {
				goods.push(send(good, signer.good()));
				await sleep(GOOD_EVERY_MS);
			}
		};
		const start = performance.now();
		const sending = sendGood();
		await Promise.all(Array.from({ length: CONNECTIONS }, sendBad));
		const seconds = (performance.now() - start) / 1000;
		isOver = true;
		await sending;
		return { answers, badMs, seconds, answered: await Promise.all(goods) };
	}

	try {
		await round(warmUp);
		const before = await workflows.executions();
		const held = async () => Math.round(await heldMemoryOf(n8n.pid));
		const megabytesBefore = await held();
		const { answers, badMs, seconds, answered } = await round(requests);
		const megabytesLoaded = Math.round(memoryOf(n8n.pid));
		const executions = (await workflows.executions()) - before;
		const goodMs = answered.map(({ ms }) => ms);
		return {
			...{ requests, answers, megabytesBefore, megabytesLoaded },
			megabytesAfter: await held(),
			perSecond: Math.round(requests / seconds),
			good: answered.length,
			accepted: answered.filter(({ text }) => text === '{"message":"Accepted."}').length,
			executions,
			goodP50: percentile(goodMs, 0.5),
			goodP99: percentile(goodMs, 0.99),
			slowestMs: Math.max(...goodMs, ...badMs),
		};
	} finally {
		await Promise.all([bad.close(), good.close()]);
	}
}
