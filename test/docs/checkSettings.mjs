import { place } from './markdown.mjs';

/** @typedef {import('./markdown.mjs').Document} Document */

/** A name of several words, as settings have; a star at its end stands for several settings. */
const NAME = /(?<![\w$-])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?:_?\*)?(?![\w-])/g;
/** A setting of one word is recognized by its value. */
const ASSIGNED = /(?<![\w$-])([A-Z][A-Z0-9]+)=/g;
/** What a reader replaces. */
const PLACEHOLDER = /^YOUR_/;
/** Of n8n, so that it is no variable of the commands around it. */
const OF_N8N = /^(N8N|EXECUTIONS|QUEUE|DB|WEBHOOK|NODE|GENERIC|CREDENTIALS)_/;

/**
 * Every environment variable that neither n8n nor the package reads.
 *
 * @param {Document} document
 * @param {ReadonlySet<string>} settings that exist
 * @returns {string[]} a finding each
 */
export function checkSettings(document, settings) {
	const texts = [...document.code, ...document.blocks.map(({ text }) => text), document.prose];
	const names = texts.flatMap((text) => [
		...[...text.matchAll(NAME)].map(([name]) => name),
		...(text === document.prose ? [] : [...text.matchAll(ASSIGNED)].map(([, name]) => name)),
	]);
	const shell = new Set(document.blocks.flatMap(variablesOf));
	return [...new Set(names)]
		.filter((name) => !shell.has(name) && !PLACEHOLDER.test(name) && !exists(name, settings))
		.map((name) => `${place(document, name)}: ${name} is no setting of n8n or of the package`);
}

/**
 * @param {string} name
 * @param {ReadonlySet<string>} settings
 */
function exists(name, settings) {
	if (!name.endsWith('*')) return settings.has(name) || settings.has(name.replace(/_FILE$/, ''));
	return [...settings].some((setting) => setting.startsWith(name.replace(/\*$/, '')));
}

/**
 * The shell variables that a block of commands sets for itself.
 *
 * @param {import('./markdown.mjs').Block} block
 */
function variablesOf({ lang, text }) {
	if (lang !== 'sh') return [];
	const names = [...text.matchAll(/^\s*(?:export )?([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name);
	return names.filter((name) => !OF_N8N.test(name));
}
