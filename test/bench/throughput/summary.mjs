import { median } from '../measure.mjs';

/** @typedef {import('./rounds.mjs').Figures} Figures */
/** @typedef {import('./rounds.mjs').Saturated} Saturated */
/** @typedef {{ median: number, low: number, high: number }} Spread */
/** @typedef {{ p50: Spread, p95: number, p99: number, count: number }} Latency */
/** @typedef {{ atLeast: number } | { atMost: number }} Aim */

/**
 * What was measured in one n8n.
 *
 * @typedef {object} Run
 * @property {string} name the engine, or `queue`
 * @property {Record<string, Figures>} figures by the case's name
 */

/**
 * @typedef {Spread & { run: string, name: string, aim?: Aim, kept?: boolean }} Ratio
 */

/** @param {readonly number[]} values @returns {Spread} */
export const spreadOf = (values) => ({
	median: median(values),
	low: Math.min(...values),
	high: Math.max(...values),
});

/** @param {readonly number[]} sorted @param {number} share */
const percentile = (sorted, share) => sorted[Math.ceil(sorted.length * share) - 1];

/**
 * @param {readonly number[][]} rounds
 * @returns {Latency | undefined} percentiles of all rounds together; of the median, the spread over
 * the rounds
 */
export function latencyOf(rounds) {
	const all = rounds.flat().sort((a, b) => a - b);
	if (all.length === 0) return undefined;
	return {
		p50: { ...spreadOf(rounds.map(median)), median: median(all) },
		p95: percentile(all, 0.95),
		p99: percentile(all, 0.99),
		count: all.length,
	};
}

/** @param {readonly Saturated[]} rounds */
export const paceOf = (rounds) => spreadOf(rounds.map(({ perSecond }) => perSecond));
/** @param {readonly Saturated[]} rounds */
export const executedOf = (rounds) => spreadOf(rounds.map(({ executed }) => executed));
/** @param {readonly Saturated[]} rounds */
export const cpuPerDelivery = (rounds) => spreadOf(rounds.map(({ cpuMs }) => cpuMs));

/** @param {Figures} figures */
const rates = ({ saturated }) => saturated.map(({ perSecond }) => perSecond);
/** @param {Figures} figures */
const medians = ({ single }) => single.map(median);

/** Each ratio: what it is called, of which cases, of what. */
const RATIOS = /** @type {const} */ ([
	['B/M', 'B', 'M', rates],
	['B/A', 'B', 'A', rates],
	['B/C', 'B', 'C', rates],
	['B/D', 'B', 'D', rates],
	['refused/accepted', 'refused', 'B', rates],
	['duplicate/accepted', 'duplicate', 'B', rates],
	['p50 B/M', 'B', 'M', medians],
	['p50 B/A', 'B', 'A', medians],
]);

/** @type {Record<string, Aim>} */
const EVERYWHERE = {
	'B/D': { atLeast: 1 },
	'refused/accepted': { atLeast: 1.8 },
	'duplicate/accepted': { atLeast: 1.8 },
};

/** @type {Record<string, Record<string, Aim>>} */
const AIMS = {
	default: { 'B/M': { atLeast: 1 }, 'B/C': { atLeast: 0.85 }, 'p50 B/M': { atMost: 0.85 } },
	lazy: {
		'B/M': { atLeast: 3 },
		'B/A': { atLeast: 1 },
		'B/C': { atLeast: 3.5 },
		'p50 B/A': { atMost: 0.5 },
	},
	legacy: { 'B/A': { atLeast: 1 }, 'B/C': { atLeast: 1.2 } },
	queue: { 'B/M': { atLeast: 1 } },
};

/** Megabytes that refused deliveries may leave behind. */
const MOST_GROWTH = 20;

/** @param {number} value @param {Aim} aim */
const keeps = (value, aim) => ('atLeast' in aim ? value >= aim.atLeast : value <= aim.atMost);

/**
 * A ratio is the median of the rounds' own: what disturbed the machine in a round disturbed both.
 *
 * @param {Run} run
 * @returns {Ratio[]} of the sides that ran
 */
export function ratiosOf({ name: run, figures }) {
	return RATIOS.filter(([, over, under]) => figures[over] && figures[under]).map(
		([name, over, under, values]) => {
			const below = values(figures[under]);
			const ratio = spreadOf(values(figures[over]).map((value, round) => value / below[round]));
			const aim = AIMS[run]?.[name] ?? EVERYWHERE[name];
			return { run, name, ...ratio, ...(aim && { aim, kept: keeps(ratio.median, aim) }) };
		},
	);
}

/** @param {Aim} aim */
export const aimText = (aim) =>
	'atLeast' in aim ? `≥ ${aim.atLeast.toFixed(2)}` : `≤ ${aim.atMost.toFixed(2)}`;

/**
 * Whether a load left no more than it may; accepted deliveries have no limit of their own, because
 * n8n keeps what they bring.
 *
 * @param {import('./memory.mjs').Memory} memory
 * @returns {{ target: string, kept: boolean } | undefined}
 */
export const memoryAim = ({ name, growth }) =>
	name === 'refused' ? { target: `≤ ${MOST_GROWTH} MB`, kept: growth <= MOST_GROWTH } : undefined;
