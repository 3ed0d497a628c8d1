import { median } from '../measure.mjs';
import { cpuOf, untilIdle } from './processes.mjs';
import { casesOf } from './sides.mjs';

/** @typedef {import('./sides.mjs').Case} Case */
/** @typedef {import('./sides.mjs').Size} Size */
/** @typedef {import('./stage.mjs').Stage} Stage */

const CONNECTIONS = 10;
/** Deliveries at even intervals may overlap when n8n falls behind. */
const MOST_CONNECTIONS = 100;
const FIFTH = 0.2;
/** So many more deliveries are prepared than the last time took. */
const ROOM = 2;
const LEAST = 100;

/**
 * What one round measured of a case under as much load as it takes.
 *
 * @typedef {object} Saturated
 * @property {number} perSecond answers
 * @property {number} executed deliveries a second until n8n has no more work: it answers before it
 * executes
 * @property {number} cpuMs milliseconds of processor time of a delivery
 */

/**
 * What all rounds measured of a case; `single` and `fifth` hold milliseconds of each delivery, a
 * list for each round.
 *
 * @typedef {object} Figures
 * @property {Saturated[]} saturated
 * @property {number[][]} single
 * @property {number[][]} fifth
 * @property {Saturated[]} large with bodies of 64 kB
 * @property {number[][]} largeSingle
 */

/**
 * Loads every case once a round, beginning with another one each time, so that what disturbs the
 * machine disturbs all alike.
 *
 * @param {object} options
 * @param {Stage} options.stage
 * @param {readonly import('./options.mjs').Side[]} options.sides
 * @param {import('./options.mjs').Plan} options.plan
 * @param {import('../../host/progress.mjs').Progress} options.progress
 * @returns {Promise<Record<string, Figures>>} by the case's name
 */
export async function measureRounds({ stage, sides, plan, progress }) {
	const cases = casesOf(sides);
	/** @type {Record<string, Figures>} */
	const figures = {};
	const empty = () => ({ saturated: [], single: [], fifth: [], large: [], largeSingle: [] });
	for (const { name } of cases) figures[name] = empty();
	/** @type {Map<string, number>} deliveries a second, when last seen */
	const pace = new Map();

	/**
	 * How many deliveries a time can take, and more.
	 *
	 * @param {Case} each
	 * @param {Size} size
	 * @param {number} ms
	 */
	const enough = ({ name }, size, ms) => {
		const perSecond = pace.get(`${name} ${size}`) ?? pace.get(`${name} small`) ?? 0;
		return Math.max(LEAST, Math.ceil((perSecond * ROOM * ms) / 1000));
	};

	/**
	 * @param {Case} each
	 * @param {Size} size
	 * @param {number} ms
	 * @returns {Promise<Saturated>}
	 */
	const saturate = async (each, size, ms) => {
		const groups = stage.groups();
		const job = { connections: CONNECTIONS, count: enough(each, size, ms), ms };
		let before = 0;
		const outcome = await stage.load(each, size, job, async () => {
			// Of the events that are now repeated.
			if (each.events === 'repeated') await untilIdle(groups);
			before = cpuOf(groups);
		});
		const busyAfterMs = await untilIdle(groups);
		const perSecond = (outcome.answered * 1000) / outcome.ms;
		const executed = (outcome.answered * 1000) / (outcome.ms + busyAfterMs);
		pace.set(`${each.name} ${size}`, perSecond);
		const cpuMs = (cpuOf(groups) - before) / outcome.answered;
		return { perSecond, executed, cpuMs };
	};

	/** @param {Case} each @param {Size} size */
	const single = async (each, size) => {
		const job = { connections: 1, count: enough(each, size, plan.singleMs), ms: plan.singleMs };
		const { latencies } = await stage.load(each, size, job);
		await untilIdle(stage.groups());
		return latencies;
	};

	/** @param {Case} each */
	const fifth = async (each) => {
		const perSecond = FIFTH * median(figures[each.name].saturated.map((one) => one.perSecond));
		const count = Math.max(2, Math.round((perSecond * plan.fifthMs) / 1000));
		const job = { connections: MOST_CONNECTIONS, count, perSecond };
		const { latencies } = await stage.load(each, 'small', job);
		await untilIdle(stage.groups());
		return latencies;
	};

	for (const each of cases) {
		// Alone, because executions of n8n's Remove Duplicates fail when its first ones overlap.
		await stage.load(each, 'small', { connections: 1, count: 1 });
		await untilIdle(stage.groups());
		await saturate(each, 'small', plan.warmUpMs);
	}
	const wait = progress.wait('the rounds');
	for (let round = 0; round < plan.rounds; round++) {
		for (const at of cases.keys()) {
			const each = cases[(at + round) % cases.length];
			const of = figures[each.name];
			wait.tick(`${round + 1} of ${plan.rounds}, ${each.name}`);
			of.saturated.push(await saturate(each, 'small', plan.saturatedMs));
			if (!each.accepted) continue;
			of.single.push(await single(each, 'small'));
			if (round < plan.fifthRounds) of.fifth.push(await fifth(each));
			if (round >= plan.largeRounds) continue;
			of.large.push(await saturate(each, 'large', plan.saturatedMs));
			of.largeSingle.push(await single(each, 'large'));
		}
	}
	wait.done();
	await stage.demandSuccess();
	return figures;
}
