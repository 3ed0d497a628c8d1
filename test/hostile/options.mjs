import { parseArgs } from 'node:util';

/**
 * @typedef {object} Options
 * @property {number} deliveries in process
 * @property {number} requests to a real n8n
 * @property {number} flood how many requests with a bad signature come as fast as they go
 * @property {number} warmUp how many before memory is looked at
 * @property {boolean} checksMemory
 * @property {number} slow connections whose bodies are slow, and as many that stop
 * @property {number} seed
 */

/** @satisfies {Omit<Options, 'seed'>} */
const FULL = {
	deliveries: 100_000,
	requests: 5_000,
	flood: 10_000,
	warmUp: 3_000,
	checksMemory: true,
	slow: 40,
};
/** For CI. */
const SHORT = {
	deliveries: 5_000,
	requests: 300,
	flood: 500,
	warmUp: 100,
	checksMemory: false,
	slow: 40,
};

/**
 * @param {string[]} args
 * @returns {Options}
 * @throws {Error} in plain words when they make no sense
 */
export function optionsOf(args) {
	const { values } = parseArgs({
		args,
		options: {
			short: { type: 'boolean', default: false },
			seed: { type: 'string', default: '1' },
		},
	});
	if (!/^\d{1,9}$/.test(values.seed))
		throw new Error(`--seed takes a number of at most nine digits, not "${values.seed}".`);
	return { ...(values.short ? SHORT : FULL), seed: Number(values.seed) };
}
