/**
 * What the README derives from the code: each provider's events, one sample item, and the
 * operations of its API. `node test/readme/derived.mjs --write` brings the README up to date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { runAsProgram } from '../host/main.mjs';
import { built } from '../unit/built.mjs';
import { addressTable } from './addresses.mjs';

/** @typedef {import('../../nodes/shared/webhook/source.js').WebhookSource} WebhookSource */
/** @typedef {import('../../nodes/shared/events/types.js').Event} Event */

export const README = new URL('../../README.md', import.meta.url);

/** @type {{ jofiWebhooks: WebhookSource }} */
const { jofiWebhooks } = built('./Jofi/provider.js');
/** @type {{ jobaffinityWebhooks: WebhookSource }} */
const { jobaffinityWebhooks } = built('./JobAffinity/provider.js');
/** @type {{ innovativeEducatorsWebhooks: WebhookSource }} */
const { innovativeEducatorsWebhooks } = built('./InnovativeEducators/provider.js');
/** @type {{ regpackWebhooks: WebhookSource }} */
const { regpackWebhooks } = built('./Regpack/provider.js');
/** @type {typeof import('../../nodes/Jofi/resources/index.js')} */
const { resources } = built('./Jofi/resources/index.js');
/** @type {typeof import('../../nodes/shared/events/item.js')} */
const { toItem } = built('./shared/events/item.js');
/** @type {typeof import('../../nodes/shared/webhook/limits.js')} */
const { DEFAULT_LIMITS } = built('./shared/webhook/limits.js');

/** The longest line of a sample item, in characters. */
const WIDTH = 175;

/** @param {string} text */
const code = (text) => `\`${text}\``;

/**
 * The event that a delivery of a sample is.
 *
 * @param {WebhookSource} source
 * @param {import('n8n-workflow').IDataObject} sample
 */
function eventOf(source, sample) {
	const delivery = {
		contentType: 'application/json',
		body: Buffer.from(JSON.stringify(sample)),
		limits: DEFAULT_LIMITS,
		hints: [],
	};
	return /** @type {Event[]} */ (source.decode(delivery, (_, fallback) => fallback))[0];
}

/**
 * A Markdown table of a provider's events.
 *
 * @param {WebhookSource} source
 */
export function eventTable(source) {
	const { provider, dedupe } = source;
	const isKeyed = dedupe.by === 'key';
	const rows = provider.events.map(({ type, label, description, sample, summary }) => [
		label,
		code(type),
		description,
		Object.keys(summary(sample)).map(code).join(', '),
		...(isKeyed ? [code(eventOf(source, sample).eventKey)] : []),
	]);
	const head = [
		'Event',
		`${provider.label}'s type`,
		'When',
		'Fields of its own',
		...(isKeyed ? ['`eventKey` of the sample'] : []),
	];
	return [head, head.map(() => '---'), ...rows]
		.map((cells) => `| ${cells.join(' | ')} |`)
		.join('\n');
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
	const item = toItem(provider, eventOf(source, sample));
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
	return [head, head.map(() => '---'), ...rows]
		.map((cells) => `| ${cells.join(' | ')} |`)
		.join('\n');
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
 * What stands in the README between `<!-- name -->` and `<!-- /name -->`.
 *
 * @type {Record<string, string>}
 */
const parts = {
	'events:jofi': eventTable(jofiWebhooks),
	'item:jofi': sampleItem(jofiWebhooks, 'test_taker.assessment_completed'),
	'operations:jofi': operationTable(resources),
	'events:jobaffinity': eventTable(jobaffinityWebhooks),
	'operations:jobaffinity': operationTable(built('./JobAffinity/resources/index.js').resources),
	'events:innovative-educators': eventTable(innovativeEducatorsWebhooks),
	'operations:innovative-educators': operationTable(
		built('./InnovativeEducators/resources/index.js').resources,
	),
	addresses: addressTable(),
	'events:regpack': eventTable(regpackWebhooks),
	'operations:regpack': operationTable(built('./Regpack/resources/index.js').resources),
};

/**
 * The README with its derived parts as the code has them now.
 *
 * @param {string} readme
 * @returns {string}
 * @throws {Error} when the markers of a part are missing
 */
export function withDerivedParts(readme) {
	return Object.entries(parts).reduce((text, [name, content]) => {
		const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
		const [from, to] = [text.indexOf(start), text.indexOf(end)];
		if (from < 0 || to < from) throw new Error(`README.md lacks ${start} … ${end}`);
		return `${text.slice(0, from + start.length)}\n\n${content}\n\n${text.slice(to)}`;
	}, readme);
}

await runAsProgram(import.meta.url, async () => {
	const written = readFileSync(README, 'utf8');
	const derived = withDerivedParts(written);
	if (process.argv.includes('--write')) writeFileSync(README, derived);
	else if (derived !== written)
		throw new Error('README.md is out of date: node test/readme/derived.mjs --write');
});
