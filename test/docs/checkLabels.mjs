import { place } from './markdown.mjs';

/** @typedef {import('./markdown.mjs').Document} Document */

/**
 * Every bold term that is no label of the editor. What ends with a full stop is the beginning of a
 * paragraph or step, and no label.
 *
 * @param {Document} document
 * @param {ReadonlySet<string>} labels
 * @returns {string[]} a finding each
 */
export function checkLabels(document, labels) {
	const wrong = [...new Set(document.bold)].filter(
		(term) => !labels.has(term) && !term.endsWith('.'),
	);
	return wrong.map((term) => `${place(document, `**${term}**`)}: "${term}" is no label`);
}

/**
 * Every expected label that stands nowhere in bold.
 *
 * @param {readonly Document[]} documents
 * @param {readonly string[]} labels
 * @returns {string[]} a finding each
 */
export function checkCovered(documents, labels) {
	const bold = new Set(documents.flatMap((document) => document.bold));
	const pages = documents.map(({ path }) => path).join(', ');
	return [...new Set(labels)]
		.filter((label) => !bold.has(label))
		.map((label) => `"${label}" is not bold anywhere in ${pages}`);
}

/**
 * Every sentence that no document has.
 *
 * @param {readonly Document[]} documents
 * @param {readonly string[]} sentences with `${…}` for what is filled in
 * @returns {string[]} a finding each
 */
export function checkSentences(documents, sentences) {
	const told = documents.map(({ prose }) => prose).join('\n');
	const pages = documents.map(({ path }) => path).join(', ');
	return sentences
		.filter((sentence) => {
			const pattern = sentence
				.split(/\$\{.*?\}/)
				.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
				.join('\\S+');
			return !new RegExp(pattern).test(told);
		})
		.map((sentence) => `"${sentence}" is not in ${pages}`);
}
