import { createRequire } from 'node:module';
import { join } from 'node:path';
import { GAP_EVENT } from '#dist/nodes/shared/polling/gap.js';
import { REPOSITORY } from '../host/repository.mjs';
import { nodesOf, providers } from './derived.mjs';
import { filesIn, read } from './documents.mjs';

/** What the documents must agree with: the package as it is built, and its sources. */

/** @typedef {import('n8n-workflow').INodeProperties} Property */
/** @typedef {NonNullable<Property['options']>[number]} Option */

const load = createRequire(join(REPOSITORY, 'package.json'));

export const packageJson = load('./package.json');

/**
 * Something in the editor with a label, with whatever it contains.
 *
 * @param {Option} field
 * @returns {string[]}
 */
export const labelsOf = (field) => [
	'displayName' in field ? field.displayName : field.name,
	...('options' in field ? (field.options ?? []) : []).flatMap(labelsOf),
	...('values' in field ? field.values : []).flatMap(labelsOf),
];

/** @returns {{ displayName: string, properties: Property[], documentationUrl?: string }[]} */
export function credentials() {
	return packageJson.n8n.credentials.flatMap((/** @type {string} */ file) =>
		Object.values(load(`./${file}`)).map((Credential) => new Credential()),
	);
}

const nodes = providers.flatMap(({ folder }) => nodesOf(folder));

/** Every label that the package's nodes and credentials show. */
export const ownLabels = [...nodes, ...credentials()].flatMap(({ displayName, properties }) => [
	displayName,
	...properties.flatMap(labelsOf),
]);

/** Whether a property is a field, and no mere text. @param {Property} property */
const isShown = ({ type }) => !['callout', 'notice', 'hidden'].includes(type);

/**
 * The labels that a user of a node or credential meets: its fields, what can be added to them, and
 * what can be chosen. Events are not among them: they are in the tables of events.
 *
 * @param {readonly Property[]} properties
 * @returns {{ fields: string[], choices: string[] }}
 */
export function shownLabels(properties) {
	const fields = properties
		.filter(isShown)
		.flatMap((property) => [
			property,
			.../** @type {Property[]} */ (property.type === 'collection' ? property.options : []),
		]);
	const choices = fields.filter(({ name, type }) => type === 'options' && name !== 'events');
	return {
		fields: fields.map(({ displayName }) => displayName),
		choices: choices.flatMap(({ options }) => (options ?? []).flatMap(labelsOf)),
	};
}

/** The event types that the providers deliver. */
export const deliveredTypes = providers.flatMap(({ source }) =>
	source.provider.events
		.filter(({ derivedFrom }) => derivedFrom === undefined)
		.map(({ type }) => type),
);

/** The event types of the package, the polling triggers' own included. */
export const eventTypes = [
	...new Set([
		GAP_EVENT,
		...deliveredTypes,
		...nodes.flatMap(({ properties }) =>
			(properties.find(({ name }) => name === 'events')?.options ?? []).flatMap((option) =>
				'value' in option && option.value !== '*' ? [String(option.value)] : [],
			),
		),
	]),
];

/**
 * Names that look like an event's: documented ones that the package takes for another, values that
 * are near to one, and a file.
 */
export const EVENT_ALIASES = ['courseComplete', 'derived.mjs'];

/** The files of `nodes/shared/webhook` whose sentences a sender gets. */
const ANSWERING = [
	'deduplicate.ts',
	'decode.ts',
	'reject.ts',
	'request.ts',
	'respond.ts',
	'verification/checks.ts',
	'verification/verify.ts',
];
/**
 * The files whose sentences the test of the webhook credential shows and that need an explanation;
 * the others name the field that is missing, or what is better.
 */
const TESTING = ['verification/signingKey.ts'];
/** What stands before a sentence in these files that is a hint or a description. */
const OTHERS = /(?:\bdescription:|\bconst RELAXED =)\s*$/;

/**
 * @param {string[]} files
 * @returns {string[]} their sentences; `${…}` is what they fill in
 */
function sentencesIn(files) {
	return files.flatMap((file) => {
		const code = read(`nodes/shared/webhook/${file}`);
		const found = [...code.matchAll(/(['`])([A-Z](?:(?!\1)[^\n])*\.)\1/g)]
			.filter(({ index }) => !OTHERS.test(code.slice(0, index)))
			.map(([, , sentence]) => sentence);
		if (found.length === 0) throw new Error(`${file} has no sentences`);
		return found;
	});
}

/** The sentences that a delivery can be answered with. */
export const answers = () => sentencesIn(ANSWERING);

/** The sentences that the test of the webhook credential can show. */
export const credentialMessages = () => sentencesIn(TESTING);

/** The links to the documents that the editor shows. */
export function linksFromEditor() {
	const sources = [...filesIn('nodes'), ...filesIn('credentials'), 'package.json'];
	return sources
		.filter((file) => /\.(ts|json)$/.test(file))
		.flatMap((file) =>
			[...read(file).matchAll(/https:\/\/github\.com\/talent-events\/[^\s"'`)\]<>]*/g)].map(
				([link]) => ({ file, link }),
			),
		);
}
