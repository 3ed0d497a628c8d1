import { place } from './markdown.mjs';

/** @typedef {import('./markdown.mjs').Document} Document */

/**
 * What no document may say, whatever it is about.
 *
 * @type {{ pattern: RegExp, why: string }[]}
 */
const BANNED = [
	{ pattern: /(?<![\w.:/])\/(?:work|root)\/[\w./-]*/, why: 'a path of one machine' },
	{
		pattern: /(?<![\d,.])\d+,(?:\d{1,2}|\d{4,})(?![\d,])/,
		why: 'no number in American English',
	},
	{ pattern: /(?<![\w-])(?:TODO|TBD|FIXME|XXX)(?![\w-])/, why: 'unfinished' },
];

/**
 * @param {Document} document
 * @returns {string[]} a finding each
 */
export function checkText(document) {
	const texts = [document.words, ...document.code, ...document.blocks.map(({ text }) => text)];
	return BANNED.flatMap(({ pattern, why }, index) => {
		// Numbers in code are written as a program or a provider writes them.
		const [found] = pattern.exec(index === 1 ? document.words : texts.join('\n')) ?? [];
		return found === undefined ? [] : [`${place(document, found)}: "${found}" is ${why}`];
	});
}

/** Numbers that are written as words. */
const WORDS = (
	'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen ' +
	'sixteen seventeen eighteen nineteen twenty'
).split(' ');

/**
 * Numbers of things that the package does not have so many of.
 *
 * @param {Document} document
 * @param {Record<string, number>} counts by the words that follow the number
 * @returns {string[]} a finding each
 */
export function checkCounts(document, counts) {
	return Object.entries(counts).flatMap(([things, count]) => {
		const found = document.words.matchAll(new RegExp(`\\b(\\w+) ${things}\\b`, 'gi'));
		return [...found]
			.filter(([, number]) => {
				const value = /^\d+$/.test(number) ? Number(number) : WORDS.indexOf(number.toLowerCase());
				return value >= 0 && value !== count;
			})
			.map(([text]) => `${place(document, text)}: "${text}" should be ${count}`);
	});
}

/**
 * Versions of n8n that are not the pinned one. A version without its last part, as in "since n8n
 * 2.35", is history and may be any.
 *
 * @param {Document} document
 * @param {string} pinned
 * @returns {string[]} a finding each
 */
export function checkVersion(document, pinned) {
	const versions = [...document.text.matchAll(/\bn8n(?:[ @:]|@v)(\d+\.\d+\.\d+)/g)];
	return versions
		.filter(([, version]) => version !== pinned)
		.map(([text]) => `${place(document, text)}: ${text} is not the tested n8n ${pinned}`);
}

/**
 * @param {Document} document
 * @param {number} limit
 * @returns {string[]} a finding if it has more words, as `wc -w` counts them
 */
export function checkLength({ path, text }, limit) {
	const words = text.trim().split(/\s+/).length;
	return words <= limit ? [] : [`${path} has ${words} words, more than ${limit}`];
}

/**
 * Examples that a page does not link to, or says nothing about.
 *
 * @param {Document} document
 * @param {readonly string[]} examples paths from the top of the repository
 * @param {(link: string) => string} resolve makes such a path of a link
 * @returns {string[]} a finding each
 */
export function checkExamples({ path, text, links }, examples, resolve) {
	return examples.flatMap((example) => {
		const link = links.find((each) => resolve(each) === example);
		if (link === undefined) return [`${path} does not link to ${example}`];
		const lines = text.split('\n');
		const at = lines.findIndex((line) => line.includes(`(${link}`));
		// Under a heading the next line with words describes it.
		const description = lines[at].startsWith('#')
			? (lines.slice(at + 1).find((line) => line !== '') ?? '')
			: lines[at].replaceAll(/\[[^\]]*\]\([^)]*\)/g, '');
		return description.split(/[^\p{L}\p{N}]+/u).filter(Boolean).length >= 4
			? []
			: [`${path} does not describe ${example}`];
	});
}
