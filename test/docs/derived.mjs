/**
 * What the documents derive from the code: the providers, their events and operations, one sample
 * item, the signature styles, and what is answered behind a proxy; and what is pinned to the
 * triggers of the examples. `npm run docs` brings them up to date.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { jofiWebhooks } from '#dist/nodes/Jofi/provider.js';
import { jobaffinityWebhooks } from '#dist/nodes/JobAffinity/provider.js';
import { innovativeEducatorsWebhooks } from '#dist/nodes/InnovativeEducators/provider.js';
import { regpackWebhooks } from '#dist/nodes/Regpack/provider.js';
import { toItem } from '#dist/nodes/shared/events/item.js';
import { sampleItems } from '#dist/nodes/shared/events/samples.js';
import { DEFAULT_LIMITS } from '#dist/nodes/shared/webhook/limits.js';
import { presets } from '#dist/nodes/shared/webhook/verification/signatureScheme.js';
import { runAsProgram } from '../host/main.mjs';
import { REPOSITORY } from '../host/repository.mjs';
import { RESOURCES } from '../schemas/outputs.mjs';
import { addressTable } from './addresses.mjs';
import { commonFieldTable, ownFieldTable } from './items.mjs';
import { withPinnedSamples } from './pins.mjs';

/** @typedef {import('../../nodes/shared/webhook/source.js').WebhookSource} WebhookSource */
/** @typedef {import('../../nodes/shared/events/types.js').Event} Event */

const load = createRequire(join(REPOSITORY, 'package.json'));

/** @type {typeof import('../../credentials/JobAffinityWebhookApi.credentials.js')} */
const { JobAffinityWebhookApi } = load('./dist/credentials/JobAffinityWebhookApi.credentials.js');

/** When the sample items came, and where. */
const RECEPTION = { receivedAt: '2026-02-03T13:05:13.102Z', timezone: 'America/New_York' };

/** The longest line of a sample item, in characters. */
const WIDTH = 175;

/** @param {string} text */
const code = (text) => `\`${text}\``;

/**
 * @param {string[]} head
 * @param {string[][]} rows
 */
const table = (head, rows) =>
	[head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/**
 * The event of a type that a delivery of a sample is.
 *
 * @param {WebhookSource} source
 * @param {string} type
 * @param {import('n8n-workflow').IDataObject} sample
 */
function eventOf(source, type, sample) {
	const delivery = {
		contentType: 'application/json',
		body: Buffer.from(JSON.stringify(sample)),
		limits: DEFAULT_LIMITS,
		hints: [],
	};
	const events = /** @type {Event[]} */ (source.decode(delivery, (_, fallback) => fallback));
	return events.find(({ event }) => event === type) ?? events[0];
}

/**
 * A Markdown table of a provider's events.
 *
 * @param {WebhookSource} source
 */
export function eventTable(source) {
	const { provider, dedupe } = source;
	const isKeyed = dedupe.by === 'key';
	const rows = provider.events.map(({ type, label, description, sample, kind, derivedFrom }) => [
		label,
		derivedFrom ? `none; ${code(type)}` : code(type),
		description,
		String(sampleItems(provider, type, RECEPTION)[0].title),
		// What the trigger itself reports is no delivery, and no two reports are the same.
		...(isKeyed ? [kind === 'own' ? '–' : code(eventOf(source, type, sample).eventKey)] : []),
	]);
	const head = [
		'Event',
		`${provider.label}'s type`,
		'When',
		'`title` of the sample',
		...(isKeyed ? ['`eventKey` of the sample'] : []),
	];
	return table(head, rows);
}

/**
 * The item that an event's sample becomes, as n8n's output panel shows it, with most of the payload
 * left out.
 *
 * @param {WebhookSource} source
 * @param {string} type
 */
export function sampleItem(source, type) {
	const { provider } = source;
	const sample = provider.events.find((event) => event.type === type)?.sample;
	if (!sample) throw new Error(`${provider.label} has no event ${type}`);
	const item = toItem(provider, eventOf(source, type, sample), { ...RECEPTION, source: 'webhook' });
	const payload = {
		id: sample.id,
		type,
		'…': `everything else that ${provider.label} sent, unchanged`,
	};
	return `\`\`\`json\n${compact([{ ...item, payload }])}\n\`\`\``;
}

/**
 * A Markdown table of what an action node does.
 *
 * @param {readonly import('../../nodes/shared/actions/operation.js').Resource[]} resources
 */
export function operationTable(resources) {
	const rows = resources.flatMap(({ name, operations }) =>
		operations.map((operation, index) => [
			index === 0 ? name : '',
			operation.name,
			operation.description,
		]),
	);
	const head = ['Resource', 'Operation', 'What it does'];
	return table(head, rows);
}

/**
 * JSON in which whatever fits into a line stands on one.
 *
 * @param {unknown} value
 * @param {string} [indent]
 * @param {number} [taken] characters before it in its line
 * @returns {string}
 */
function compact(value, indent = '', taken = 0) {
	const inline = JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ');
	const nested = typeof value === 'object' && value !== null;
	if (!nested || (indent.length > 2 && taken + inline.length < WIDTH)) return inline;
	const deeper = `${indent}  `;
	const list = Array.isArray(value);
	const lines = Object.entries(value).map(([key, each]) => {
		const name = list ? '' : `${JSON.stringify(key)}: `;
		return deeper + name + compact(each, deeper, deeper.length + name.length);
	});
	const [open, close] = list ? '[]' : '{}';
	return `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}

/**
 * The providers: the folder of each, its page, and its webhooks.
 *
 * @type {{ folder: string, page: string, source: WebhookSource }[]}
 */
export const providers = [
	{ folder: 'Jofi', page: 'docs/jofi.md', source: jofiWebhooks },
	{ folder: 'JobAffinity', page: 'docs/jobaffinity.md', source: jobaffinityWebhooks },
	{ folder: 'Regpack', page: 'docs/regpack.md', source: regpackWebhooks },
	{
		folder: 'InnovativeEducators',
		page: 'docs/innovative-educators.md',
		source: innovativeEducatorsWebhooks,
	},
];

/**
 * The nodes of a provider, as n8n describes them.
 *
 * @param {string} folder
 * @returns {import('n8n-workflow').INodeTypeDescription[]}
 */
export function nodesOf(folder) {
	const files = load('./package.json').n8n.nodes.filter((/** @type {string} */ file) =>
		file.startsWith(`dist/nodes/${folder}/`),
	);
	return files.flatMap((/** @type {string} */ file) =>
		Object.values(load(`./${file}`)).map((Node) => new Node().description),
	);
}

/**
 * The operations of a provider.
 *
 * @param {string} folder
 * @returns {readonly import('../../nodes/shared/actions/operation.js').Resource[]}
 */
const resourcesOf = (folder) => RESOURCES[/** @type {keyof typeof RESOURCES} */ (folder)];

/**
 * How many events a polling trigger of a provider offers, besides what it reports of itself.
 *
 * @param {import('n8n-workflow').INodeTypeDescription[]} nodes
 */
function countPolled(nodes) {
	const options = nodes
		.filter(({ polling }) => polling)
		.flatMap(({ properties }) => properties.find(({ name }) => name === 'events')?.options ?? []);
	const special = ['*', 'polling.gap', 'webhook.missed', 'webhook.silent'];
	return options.filter((option) => 'value' in option && !special.includes(String(option.value)))
		.length;
}

/** Triggers come first. @param {import('n8n-workflow').INodeTypeDescription} node */
const rankOf = ({ group, polling }) => (group.includes('trigger') ? (polling ? 1 : 0) : 2);

/** A Markdown table of the providers. */
export function providerTable() {
	const rows = providers.map(({ folder, page, source }) => {
		const nodes = nodesOf(folder).sort((a, b) => rankOf(a) - rankOf(b));
		const webhooks = source.provider.events.filter(({ kind }) => kind === undefined).length;
		const operations = resourcesOf(folder).flatMap((resource) => resource.operations).length;
		return [
			`[${source.provider.label}](${page})`,
			nodes.map(({ displayName }) => `**${displayName}**`).join(', '),
			String(webhooks),
			String(countPolled(nodes) || '–'),
			String(operations),
		];
	});
	return table(['Provider', 'Nodes', 'Events by webhook', 'Events by polling', 'Actions'], rows);
}

/** A Markdown table of the signature styles. */
export function signatureStyleTable() {
	const styles = new JobAffinityWebhookApi().properties.find(({ name }) => name === 'preset');
	const labels = new Map(
		styles?.options?.map((option) => [
			'value' in option ? String(option.value) : '',
			'name' in option ? option.name : '',
		]),
	);
	const rows = Object.entries(presets)
		.filter(([name]) => name !== 'custom')
		.map(([name, scheme]) => {
			const { signatureHeader, separator, prefix, encoding, algorithm } = scheme;
			const timestamp = scheme.timestampPrefix && `${scheme.timestampPrefix}…${separator}`;
			const others = [scheme.timestampHeader, scheme.idHeader].filter((header) => header !== '');
			return [
				`**${labels.get(name)}**`,
				code(`${signatureHeader}: ${timestamp}${prefix}…`),
				others.map(code).join(', '),
				code(scheme.signed),
				`${algorithm.replace('sha', 'SHA-')}, ${encoding === 'hex' ? 'hex' : 'Base64'}`,
			];
		})
		.sort(([a], [b]) => a.localeCompare(b, 'en'));
	return table(['Style', 'Signature header', 'Other headers', 'Signed content', 'Signature'], rows);
}

/**
 * What stands in each document between `<!-- name -->` and `<!-- /name -->`.
 *
 * @type {Record<string, Record<string, string>>}
 */
const DOCUMENTS = {
	'README.md': { providers: providerTable() },
	...Object.fromEntries(
		providers.map(({ folder, page, source }) => [
			page,
			{
				[`events:${source.provider.name}`]: eventTable(source),
				[`operations:${source.provider.name}`]: operationTable(resourcesOf(folder)),
			},
		]),
	),
	'docs/verify-deliveries.md': { addresses: addressTable() },
	'docs/items.md': {
		'fields:all': commonFieldTable(),
		...Object.fromEntries(
			providers.map(({ source }) => [
				`fields:${source.provider.name}`,
				ownFieldTable(source.provider.name),
			]),
		),
	},
};
DOCUMENTS['docs/jofi.md']['item:jofi'] = sampleItem(
	jofiWebhooks,
	'test_taker.assessment_completed',
);

/**
 * Parts that a document may do without.
 *
 * @type {Record<string, Record<string, string>>}
 */
const OPTIONAL = {
	'docs/verify-deliveries.md': { 'signature-styles': signatureStyleTable() },
};

/** The documents with derived parts. */
export const derivedDocuments = Object.keys(DOCUMENTS);

/**
 * A document with its derived parts as the code has them now.
 *
 * @param {string} path
 * @param {string} text
 * @returns {string}
 * @throws {Error} when the markers of a part are missing, or belong to no part
 */
export function withDerivedParts(path, text) {
	const parts = { ...DOCUMENTS[path], ...OPTIONAL[path] };
	const markers = [...text.matchAll(/<!-- \/?([a-z:-]+) -->/g)].map(([, name]) => name);
	const unknown = markers.find((name) => !(name in parts));
	if (unknown !== undefined) throw new Error(`${path} has markers of no part: ${unknown}`);
	return Object.entries(parts).reduce((written, [name, content]) => {
		if (OPTIONAL[path]?.[name] !== undefined && !markers.includes(name)) return written;
		const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
		const [from, to] = [written.indexOf(start), written.indexOf(end)];
		if (from < 0 || to < from) throw new Error(`${path} lacks ${start} … ${end}`);
		return `${written.slice(0, from + start.length)}\n\n${content}\n\n${written.slice(to)}`;
	}, text);
}

/** The examples, whose pinned data is derived. */
export const examples = readdirSync(join(REPOSITORY, 'examples'))
	.filter((file) => file.endsWith('.json'))
	.map((file) => `examples/${file}`);

/**
 * A document or example as the code has it now.
 *
 * @param {string} path
 * @param {string} text
 */
function derive(path, text) {
	if (!examples.includes(path)) return withDerivedParts(path, text);
	const workflow = withPinnedSamples(basename(path, '.json'), JSON.parse(text));
	return `${JSON.stringify(workflow, null, '\t')}\n`;
}

await runAsProgram(import.meta.url, async () => {
	const isWriting = process.argv.includes('--write');
	const stale = [...derivedDocuments, ...examples].filter((path) => {
		const file = join(REPOSITORY, path);
		if (!existsSync(file)) throw new Error(`${path} does not exist`);
		const written = readFileSync(file, 'utf8');
		const derived = derive(path, written);
		if (isWriting && derived !== written) writeFileSync(file, derived);
		return derived !== written;
	});
	if (stale.length === 0) return;
	if (isWriting) console.log(`written: ${stale.join(', ')}`);
	else throw new Error(`Out of date: ${stale.join(', ')}. npm run docs`);
});
