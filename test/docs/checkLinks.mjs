import { posix } from 'node:path';
import { place } from './markdown.mjs';

/** @typedef {import('./markdown.mjs').Document} Document */

/**
 * What a link may lead to.
 *
 * @typedef {object} World
 * @property {(path: string) => boolean} exists whether the repository has a file or folder
 * @property {(path: string) => readonly string[] | undefined} anchors of a document; `undefined` if
 * the path is none
 * @property {string} home the address of the repository
 * @property {readonly string[]} hosts other hosts that links may name; nothing is fetched
 */

/** What is not in the repository, even if it is in the folder. */
const NOT_COMMITTED = /^(dist|node_modules|coverage)(\/|$)/;

/**
 * Every link and image of a document that leads nowhere.
 *
 * @param {Document} document
 * @param {World} world
 * @returns {string[]} a finding each
 */
export function checkLinks(document, world) {
	const links = [...document.links, ...document.images].flatMap((link) => {
		const problem = linkProblem(link, document.path, world);
		return problem === undefined ? [] : [`${place(document, link)}: ${link} ${problem}`];
	});
	// A reference without a definition is shown as it is written.
	const unresolved = document.prose.match(/\[[^\]\n]+\](\[[^\]\n]*\]|\([^)\n]*\))/g) ?? [];
	return [...links, ...unresolved.map((link) => `${document.path}: ${link} is not a link`)];
}

/**
 * @param {string} link
 * @param {string} from the path of the document with the link
 * @param {World} world
 * @returns {string | undefined} what is wrong with it
 */
export function linkProblem(link, from, world) {
	if (/^[a-z][a-z+.-]*:|^\/\//i.test(link)) return addressProblem(link, world);
	const [file, ...anchor] = link.split('#');
	if (file === '') return anchorProblem(from, anchor.join('#'), world);
	const path = posix.normalize(posix.join(posix.dirname(from), decodeURI(file)));
	return pathProblem(path, anchor.join('#'), world);
}

/**
 * @param {string} link
 * @param {World} world
 */
function addressProblem(link, world) {
	if (/^mailto:[^@\s]+@[^@\s]+\.[^@\s]+$/.test(link)) return undefined;
	if (!URL.canParse(link)) return 'is no address';
	const url = new URL(link);
	if (url.protocol !== 'https:') return 'is not HTTPS';
	const { home } = world;
	if (link === home || link.startsWith(`${home}/`) || link.startsWith(`${home}#`)) {
		const [address, anchor = ''] = link.slice(home.length).split('#');
		if (address === '' && anchor === 'readme') return undefined;
		const inBlob = /^\/(?:blob|raw)\/main\/(?<path>[^?]+)$/.exec(address)?.groups?.path;
		if (inBlob !== undefined) return pathProblem(inBlob, anchor, world);
		if (address === '') return pathProblem('README.md', anchor, world);
		return /^\/(issues|discussions|security|actions|releases|pulls)(\/|$)/.test(address)
			? undefined
			: 'is no page of the repository';
	}
	return world.hosts.includes(url.host) ? undefined : `names a host that is not in the list`;
}

/**
 * @param {string} path
 * @param {string} anchor
 * @param {World} world
 */
function pathProblem(path, anchor, world) {
	if (path.startsWith('..') || NOT_COMMITTED.test(path)) return 'is outside the repository';
	return world.exists(path) ? anchorProblem(path, anchor, world) : 'does not exist';
}

/**
 * @param {string} path
 * @param {string} anchor
 * @param {World} world
 */
function anchorProblem(path, anchor, world) {
	if (anchor === '') return undefined;
	const anchors = world.anchors(path);
	if (!anchors) return undefined;
	return anchors.includes(anchor) ? undefined : `is no heading of ${path}`;
}
