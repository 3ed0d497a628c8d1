import { parseArgs } from 'node:util';

/** @typedef {'jofi' | 'jobaffinity' | 'regpack' | 'innovative-educators'} ProviderName */
/**
 * @typedef {object} Options
 * @property {boolean} once whether it ends after the email
 * @property {ProviderName} provider whose event is played
 */

/** @type {readonly ProviderName[]} */
export const PROVIDERS = ['jofi', 'jobaffinity', 'regpack', 'innovative-educators'];

/** npm itself takes what stands before the two dashes. */
const USAGE =
	'after "npm start --" come --once, and --provider with jofi, jobaffinity, regpack or innovative-educators.';

/**
 * @param {string[]} args
 * @returns {Options}
 * @throws {Error} in one plain sentence when they make no sense
 */
export function optionsOf(args) {
	const { values, tokens } = parseArgs({
		args,
		strict: false,
		tokens: true,
		options: { once: { type: 'boolean' }, provider: { type: 'string' } },
	});
	for (const token of tokens) {
		if (token.kind === 'positional') throw new Error(`"${token.value}" is not known: ${USAGE}`);
		if (token.kind !== 'option') continue;
		if (token.name !== 'once' && token.name !== 'provider')
			throw new Error(`${token.rawName} is not known: ${USAGE}`);
		if (token.name === 'once' && token.value !== undefined)
			throw new Error(`--once takes no value: ${USAGE}`);
	}
	const named = values.provider ?? PROVIDERS[0];
	const provider = PROVIDERS.find((name) => name === named);
	if (provider === undefined)
		throw new Error(
			typeof named === 'string' && named !== ''
				? `There is no provider "${named}": ${USAGE}`
				: `--provider lacks its name: ${USAGE}`,
		);
	return { once: values.once === true, provider };
}
