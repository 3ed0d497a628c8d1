import { parseArgs } from 'node:util';
import { MODES } from './modes.mjs';

/** Where n8n stores its data, and in how many processes it runs. */
export const SETUPS = /** @type {const} */ (['sqlite', 'queue']);
/** @typedef {typeof SETUPS[number]} Setup */

/**
 * @typedef {object} Options
 * @property {import('./modes.mjs').Mode[]} modes
 * @property {Setup[]} setups
 * @property {number} kills of each n8n
 * @property {number} events of each mode
 * @property {string} seed
 * @property {boolean} behindReadiness whether deliveries wait until n8n says that it is ready
 */

const FULL = { kills: 50, events: 1_000, setups: SETUPS };
/** For CI. */
const SHORT = { kills: 3, events: 45, setups: /** @type {const} */ (['sqlite']) };

/**
 * @param {string[]} args
 * @returns {Options}
 * @throws {Error} in plain words when they make no sense
 */
export function optionsOf(args) {
	const { values } = parseArgs({
		args,
		allowNegative: true,
		options: {
			mode: { type: 'string' },
			setup: { type: 'string' },
			kills: { type: 'string' },
			events: { type: 'string' },
			seed: { type: 'string', default: '1' },
			short: { type: 'boolean', default: false },
			'behind-readiness': { type: 'boolean', default: true },
		},
	});
	const defaults = values.short ? SHORT : FULL;
	const names = chosen(
		'mode',
		values.mode,
		MODES.map(({ name }) => name),
	);
	return {
		modes: MODES.filter(({ name }) => names.includes(name)),
		setups: values.setup ? chosen('setup', values.setup, [...SETUPS]) : [...defaults.setups],
		kills: numberOf('kills', values.kills) ?? defaults.kills,
		events: numberOf('events', values.events) ?? defaults.events,
		seed: values.seed,
		behindReadiness: values['behind-readiness'],
	};
}

/**
 * @param {string} what
 * @param {string | undefined} text
 */
function numberOf(what, text) {
	if (text === undefined) return undefined;
	if (!/^\d+$/.test(text)) throw new Error(`--${what} takes a number, not "${text}".`);
	return Number(text);
}

/**
 * @template {string} T
 * @param {string} what
 * @param {string | undefined} text names with commas between them; default: all
 * @param {T[]} offered
 * @returns {T[]} in the order offered
 */
function chosen(what, text, offered) {
	const names = text?.split(',') ?? offered;
	const unknown = names.find((name) => !offered.includes(/** @type {T} */ (name)));
	if (unknown !== undefined)
		throw new Error(`There is no ${what} "${unknown}", only ${offered.join(', ')}.`);
	return offered.filter((name) => names.includes(name));
}
