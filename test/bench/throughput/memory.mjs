import { setTimeout as sleep } from 'node:timers/promises';
import { heldMemoryOf, MEASURED } from './heldMemory.mjs';
import { ENGINES } from './options.mjs';
import { memoryOf, untilIdle } from './processes.mjs';
import { casesOf } from './sides.mjs';
import { startStage } from './stage.mjs';

const CONNECTIONS = 10;
/** Deliveries after which n8n may finish its executions, which would pile up otherwise. */
const STEP = 50;
/** Of deliveries that start none. */
const LONG_STEP = 250;
/** n8n that grows by more than this, in megabytes, has shown that it leaks. */
const MOST_GROWTH = 2_500;
/** What n8n loses with each request whose promise never settles. */
const ISOLATE_MB = 9;

/**
 * Megabytes that n8n holds: before; after the load; after a pause; and after all garbage was
 * collected, as before.
 *
 * @typedef {object} Memory
 * @property {string} name of the case
 * @property {number} deliveries fewer than planned where n8n grew too much
 * @property {number} before
 * @property {number} loaded
 * @property {number} paused
 * @property {number} collected
 * @property {number} growth from `before` to `collected`
 * @property {number} isolates that would explain the growth
 */

/**
 * What accepted and refused deliveries leave in the memory of an n8n of their own.
 *
 * @param {object} options
 * @param {string[]} options.tarballs
 * @param {import('./options.mjs').Engine} options.engine
 * @param {import('./options.mjs').Plan} options.plan
 * @param {import('../../host/progress.mjs').Progress} options.progress
 * @returns {Promise<Memory[]>}
 */
export async function measureMemory({ tarballs, engine, plan, progress }) {
	const env = { ...ENGINES[engine], ...MEASURED };
	const stage = await startStage({ tarballs, sides: ['B'], env, progress });
	try {
		const { pid } = stage.main;
		const now = () => memoryOf(pid);
		const cases = casesOf(['B']).filter(({ name }) => name !== 'duplicate');
		/** @param {typeof cases[number]} each @param {number} count */
		const deliver = async (each, count) => {
			const { answered } = await stage.load(each, 'small', { connections: CONNECTIONS, count });
			await untilIdle([pid]);
			return answered;
		};
		for (const each of cases)
			for (let count = 0; count < plan.warmUpDeliveries; ) count += await deliver(each, STEP);
		/** @type {Memory[]} */
		const results = [];
		for (const each of cases) {
			const { name } = each;
			const before = await heldMemoryOf(pid);
			let deliveries = 0;
			const wait = progress.wait(`${plan.deliveries} deliveries (${name}, memory)`);
			const step = each.accepted ? STEP : LONG_STEP;
			while (deliveries < plan.deliveries && now() - before < MOST_GROWTH) {
				deliveries += await deliver(each, Math.min(step, plan.deliveries - deliveries));
				wait.tick(`${deliveries}, ${now().toFixed(0)} MB`);
			}
			wait.done();
			const loaded = now();
			await sleep(plan.pauseMs);
			const paused = now();
			const after = await heldMemoryOf(pid);
			const growth = after - before;
			const isolates = Math.max(0, Math.round(growth / ISOLATE_MB));
			results.push({
				name,
				deliveries,
				before,
				loaded,
				paused,
				collected: after,
				growth,
				isolates,
			});
		}
		return results;
	} finally {
		await stage.stop();
	}
}
