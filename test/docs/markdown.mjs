import GithubSlugger from 'github-slugger';
import { lexer, walkTokens } from 'marked';

/**
 * A document as the checks see it.
 *
 * @typedef {object} Document
 * @property {string} path from the top of the repository, with slashes
 * @property {string} text
 * @property {string[]} anchors of its headings, as GitHub makes them
 * @property {string[]} links where they lead
 * @property {string[]} images where they are
 * @property {string[]} bold terms
 * @property {string[]} code inside of a line
 * @property {Block[]} blocks of code
 * @property {Table[]} tables
 * @property {string} prose what a reader reads, without blocks of code
 * @property {string} words the same without any code
 */

/** @typedef {{ lang: string, text: string }} Block */
/** @typedef {{ head: Cell[], rows: Cell[][] }} Table */
/** @typedef {{ text: string, code: string[] }} Cell */
/** @typedef {import('marked').Token} Token */

/** Attributes of HTML that lead somewhere. */
const ATTRIBUTE = /\b(?<name>href|src|srcset)="(?<value>[^"]+)"/g;

/**
 * @param {string} path
 * @param {string} text
 * @returns {Document}
 */
export function parse(path, text) {
	const slugger = new GithubSlugger();
	/** @type {Document} */
	const document = {
		path,
		text,
		anchors: [],
		links: [],
		images: [],
		bold: [],
		code: [],
		blocks: [],
		tables: [],
		prose: '',
		words: '',
	};
	const tokens = lexer(text);
	walkTokens(tokens, (token) => collect(token, document, slugger));
	document.prose = visible(tokens);
	document.words = visible(tokens, false);
	return document;
}

/**
 * @param {Token} token
 * @param {Document} document
 * @param {GithubSlugger} slugger
 */
function collect(token, document, slugger) {
	const { anchors, links, images, bold, code, blocks, tables } = document;
	if (token.type === 'heading') anchors.push(slugger.slug(visible(token.tokens)));
	else if (token.type === 'link') links.push(token.href);
	else if (token.type === 'image') images.push(token.href);
	else if (token.type === 'strong') bold.push(visible(token.tokens));
	else if (token.type === 'codespan') code.push(token.text);
	else if (token.type === 'code') blocks.push({ lang: token.lang ?? '', text: token.text });
	else if (token.type === 'table') tables.push(tableOf(token));
	else if (token.type === 'html') {
		for (const { groups } of token.text.replace(/<!--.*?-->/gs, '').matchAll(ATTRIBUTE))
			(groups?.name === 'href' ? links : images).push(groups?.value);
	}
}

/**
 * @param {import('marked').Tokens.Generic} table
 * @returns {Table}
 */
function tableOf({ header, rows }) {
	const cell = (/** @type {import('marked').Tokens.TableCell} */ { tokens }) => {
		/** @type {string[]} */
		const code = [];
		walkTokens(tokens, (token) => {
			if (token.type === 'codespan') code.push(token.text);
		});
		return { text: visible(tokens), code };
	};
	return {
		head: header.map(cell),
		rows: rows.map((/** @type {import('marked').Tokens.TableCell[]} */ row) => row.map(cell)),
	};
}

/**
 * What is read on the page: no markup, no comments, no blocks of code.
 *
 * @param {Token[] | undefined} tokens
 * @param {boolean} [withCode] whether code inside of a line counts
 * @returns {string}
 */
function visible(tokens = [], withCode = true) {
	return tokens.map((token) => visibleToken(token, withCode)).join('');
}

/**
 * @param {Token} token
 * @param {boolean} withCode
 * @returns {string}
 */
function visibleToken(token, withCode) {
	if (token.type === 'code' || token.type === 'html' || token.type === 'image') return '';
	if (token.type === 'codespan' && !withCode) return '…';
	if (token.type === 'table') {
		const rows = [token.header, ...token.rows].map((row) =>
			row.map((/** @type {import('marked').Tokens.TableCell} */ cell) =>
				visible(cell.tokens, withCode),
			),
		);
		return `${rows.map((cells) => cells.join(' | ')).join('\n')}\n`;
	}
	if (token.type === 'list') return `${visible(token.items, withCode)}\n`;
	if ('tokens' in token && token.tokens) {
		const isBlock = ['heading', 'paragraph', 'blockquote', 'list_item'].includes(token.type);
		return visible(token.tokens, withCode) + (isBlock ? '\n' : '');
	}
	return 'text' in token ? token.text : token.raw;
}

/**
 * @param {Document} document
 * @param {string} term
 * @returns {string} where the term stands first, for a finding
 */
export function place({ path, text }, term) {
	const at = text.indexOf(term);
	return at < 0 ? path : `${path}:${text.slice(0, at).split('\n').length}`;
}
