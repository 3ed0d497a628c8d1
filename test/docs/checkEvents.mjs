import { place } from './markdown.mjs';

/** @typedef {import('./markdown.mjs').Document} Document */

/**
 * @typedef {object} Known
 * @property {readonly string[]} types of events; one that ends in `*` stands for many
 * @property {readonly string[]} sent those of the types that providers deliver
 * @property {readonly string[]} aliases other names that stand for one, or look like one
 * @property {readonly string[]} providers as `eventKey` begins with them
 */

/**
 * Every event type in a document's code that does not exist. One is recognized by its place (a
 * column "… type", an `eventKey`, a JSON field `event`), by its first part (`invitation.…`), or
 * because it is nearly the name of one.
 *
 * @param {Document} document
 * @param {Known} known
 * @returns {string[]} a finding each
 */
export function checkEvents(document, { types, sent, aliases, providers }) {
	const known = [...types, ...aliases];
	const exists = (/** @type {string} */ name) =>
		known.some(
			(type) =>
				name === type ||
				(type.endsWith('_*') && name.length >= type.length && name.startsWith(type.slice(0, -1))),
		);
	const families = new Set(sent.flatMap((type) => type.match(/^\w+\./) ?? []));
	const inText = [...document.code, ...document.blocks.map(({ text }) => text)].join('\n');
	const keys = [...inText.matchAll(/(?<![\w.-])([a-z-]+):([\w.*-]+):/g)]
		.filter(([, provider]) => providers.includes(provider))
		.map(([, , type]) => type);
	const fields = [...inText.matchAll(/"event"\s*:\s*"([^"]+)"/g)].map(([, type]) => type);
	const columns = document.tables.flatMap(({ head, rows }) => {
		const column = head.findIndex(({ text }) => /\btype$/i.test(text));
		return column < 0 ? [] : rows.flatMap((row) => row[column].code);
	});
	const members = [...inText.matchAll(/(?<![\w.[\]])[a-z_]+\.[a-z_]+(?![\w.([])/g)]
		.map(([term]) => term)
		.filter((term) => families.has(term.replace(/\w+$/, '')));
	const nearly = document.code.filter((term) => types.some((type) => isNearly(term, type)));
	return [...new Set([...keys, ...fields, ...columns, ...members, ...nearly])]
		.filter((type) => !exists(type))
		.map((type) => `${place(document, type)}: there is no event ${type}`);
}

/**
 * Whether two names differ in one or two characters, or only in how their words are joined. Short
 * names are no near misses of each other.
 *
 * @param {string} term
 * @param {string} type
 */
function isNearly(term, type) {
	if (!/^[\w.*-]+$/.test(term) || type.length < 8) return false;
	const plain = (/** @type {string} */ name) => name.toLowerCase().replace(/[^a-z]/g, '');
	return term !== type && (plain(term) === plain(type) || distance(term, type) <= 2);
}

/** Edits between two texts. @param {string} a @param {string} b */
function distance(a, b) {
	if (Math.abs(a.length - b.length) > 2) return Infinity;
	let row = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++)
			next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
		row = next;
	}
	return row[b.length];
}
