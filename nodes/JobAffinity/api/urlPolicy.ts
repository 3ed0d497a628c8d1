/**
 * JobAffinity's responses contain the links to follow (`_self`, `_next`, `latest_cv_url`), relative
 * to its host in all samples of the guide; absolute ones cannot be ruled out. Whatever a response
 * or a delivery contains, the login must not go anywhere else.
 */

/**
 * The path of all the API's resources (documented: `/restapi/v1/…`, `/restapi/schemav1/…`,
 * `/restapi/changelog`).
 */
const API_PATH = '/restapi/';

const MAX_LENGTH = 8000;

/**
 * Invisible characters and backslashes: URL parsers disagree about them, and no link needs them.
 */
const AMBIGUOUS = /[\p{C}\p{Zl}\p{Zp}\\]|(?! )\p{Zs}/u;

/**
 * Characters that a server may take for one of these, such as full-width dots, could leave the path
 * that was checked.
 */
const isLookalike = (letter: string): boolean =>
	/[\x21-\x2f:;<=>?@[\\\]^`{|}~]/.test(letter.normalize('NFKC'));

/** An ASCII host and a path; or a path; or a query, which belongs to the page that contains it. */
const LINK = /^(https?:\/\/[\w.:[\]-]+(?=[/?#]|$)|\/(?!\/)|\?)/i;

/**
 * Encoded dots, slashes, backslashes and NUL: a server that decodes them could leave the path that
 * was checked.
 */
const ENCODED = /%(2e|2f|5c|00)/i;

/**
 * Whether a text can be a link: spaces and accents may be unencoded, except for spaces around a
 * segment of the path.
 */
function isLink(text: string): boolean {
	if (text.length > MAX_LENGTH || AMBIGUOUS.test(text) || !LINK.test(text)) return false;
	const [path] = text.split(/[?#]/, 1);
	return !/(^|\/) | (\/|$)/.test(path) && !(text.match(/[^\x20-\x7e]/gu) ?? []).some(isLookalike);
}

/** Upgrades an HTTP link to the API's host to HTTPS if the API is called by HTTPS. */
function upgrade(url: URL, api: URL): void {
	const isHttp = url.protocol === 'http:' && url.port === '' && url.hostname === api.hostname;
	if (isHttp && api.protocol === 'https:') url.protocol = 'https:';
}

/**
 * The URL to request for a link of the API.
 *
 * @param baseUrl the API's root
 * @param page the URL of the page that contains the link; without it, a mere query is not a link
 * @returns `undefined` when it leads to another scheme, host or port, names a user, or leaves the
 * API's path
 */
export function apiUrl(baseUrl: string, link: unknown, page?: string): URL | undefined {
	if (typeof link !== 'string' || !isLink(link) || (page === undefined && link.startsWith('?')))
		return undefined;
	const base = page ?? baseUrl;
	if (!URL.canParse(link, base)) return undefined;
	const api = new URL(baseUrl);
	const url = new URL(link, base);
	upgrade(url, api);
	const isSafe =
		url.origin === api.origin &&
		url.username === '' &&
		url.password === '' &&
		url.pathname.startsWith(API_PATH) &&
		!ENCODED.test(url.pathname);
	return isSafe ? url : undefined;
}

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Whether a host is, or may be, in the network that n8n runs in; no public file storage has such a
 * name.
 */
const isLocal = ({ hostname }: URL): boolean => /^[\d.]+$|^\[|(^|\.)localhost\.?$/.test(hostname);

/**
 * The URL to download a file from, on any host: JobAffinity may redirect (documented), presumably
 * to a file storage. It must be HTTPS with a public name, unless the API itself is on this machine,
 * as in the tests.
 *
 * @param from the base of a relative link
 * @param api the API's root
 * @returns `undefined` for anything else, and for a URL with a user
 */
export function downloadUrl(link: unknown, from: URL, api: URL): URL | undefined {
	if (typeof link !== 'string' || link === '' || !URL.canParse(link, from.href)) return undefined;
	const url = new URL(link, from);
	url.hash = '';
	if (url.username !== '' || url.password !== '') return undefined;
	upgrade(url, api);
	const isLoopback =
		api.protocol === 'http:' && url.protocol === 'http:' && LOOPBACK.includes(url.hostname);
	return isLoopback || (url.protocol === 'https:' && !isLocal(url)) ? url : undefined;
}
