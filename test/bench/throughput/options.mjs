import { parseArgs } from 'node:util';

/** How n8n evaluates expressions, by the name of the choice. */
export const ENGINES = /** @type {const} */ ({
	default: {},
	lazy: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' },
	cache: {
		N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true',
		N8N_EXPRESSION_ENGINE_COMPILE_CACHE: 'true',
	},
	legacy: { N8N_EXPRESSION_ENGINE: 'legacy' },
	quickjs: { N8N_EXPRESSION_ENGINE: 'quickjs' },
});

/** @typedef {keyof typeof ENGINES} Engine */
/** @typedef {'A' | 'M' | 'B' | 'C' | 'D'} Side */

export const SIDES = /** @type {const} */ (['A', 'M', 'B', 'C', 'D']);

/**
 * How long everything takes. In a round each case is loaded once; times are in milliseconds.
 *
 * @typedef {object} Plan
 * @property {number} rounds
 * @property {number} largeRounds of those, how many repeat with bodies of 64 kB
 * @property {number} fifthRounds of those, how many measure at 20 % of the saturated load
 * @property {number} warmUpMs
 * @property {number} saturatedMs
 * @property {number} singleMs with one connection
 * @property {number} fifthMs
 * @property {number} warmUpDeliveries of each kind, before memory is measured
 * @property {number} deliveries whose memory is measured
 * @property {number} pauseMs before memory is read again
 */

/** @type {Record<'quick' | 'full', Plan>} */
const PLANS = {
	quick: {
		rounds: 3,
		largeRounds: 1,
		fifthRounds: 1,
		warmUpMs: 1_000,
		saturatedMs: 1_500,
		singleMs: 1_000,
		fifthMs: 2_000,
		warmUpDeliveries: 100,
		deliveries: 1_000,
		pauseMs: 3_000,
	},
	full: {
		rounds: 5,
		largeRounds: 2,
		fifthRounds: 4,
		warmUpMs: 3_000,
		saturatedMs: 2_500,
		singleMs: 1_500,
		fifthMs: 2_000,
		warmUpDeliveries: 300,
		deliveries: 10_000,
		pauseMs: 10_000,
	},
};

/**
 * @typedef {object} Options
 * @property {boolean} quick
 * @property {Plan} plan
 * @property {Engine[]} engines
 * @property {Side[]} sides
 * @property {boolean} queue
 * @property {boolean} write the table of the README
 * @property {string} [profile] a folder
 */

/**
 * @param {string[]} args
 * @returns {Options}
 * @throws {Error} in plain words when they make no sense
 */
export function optionsOf(args) {
	const { values } = parseArgs({
		args,
		options: {
			quick: { type: 'boolean', default: false },
			engines: { type: 'string' },
			sides: { type: 'string' },
			queue: { type: 'boolean' },
			'no-queue': { type: 'boolean', default: false },
			write: { type: 'boolean', default: false },
			profile: { type: 'string' },
		},
	});
	const { quick, profile } = values;
	const all = /** @type {Engine[]} */ (Object.keys(ENGINES));
	return {
		quick,
		plan: quick ? PLANS.quick : PLANS.full,
		engines:
			chosen('engine', values.engines, all) ?? (quick || profile ? ['default', 'lazy'] : all),
		sides: chosen('side', values.sides, [...SIDES]) ?? [...SIDES],
		queue: values.queue ?? (!quick && !values['no-queue']),
		write: values.write,
		profile,
	};
}

/**
 * @template {string} T
 * @param {string} what
 * @param {string | undefined} text names with commas between them
 * @param {T[]} offered
 * @returns {T[] | undefined} in the order offered
 */
function chosen(what, text, offered) {
	if (text === undefined) return undefined;
	const names = text.split(',');
	const unknown = names.find((name) => !offered.includes(/** @type {T} */ (name)));
	if (unknown !== undefined)
		throw new Error(`There is no ${what} "${unknown}", only ${offered.join(', ')}.`);
	return offered.filter((name) => names.includes(name));
}
