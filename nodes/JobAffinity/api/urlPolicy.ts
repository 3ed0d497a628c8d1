/**
 * JobAffinity's answers hold the links to follow (`_self`, `_next`, `latest_cv_url`), relative to its host
 * in all samples of the guide; that they may be absolute cannot be excluded. Whatever an answer or a
 * delivery holds, the login must not go anywhere else.
 */

/** Below it are all the API's resources (documented: `/restapi/v1/…`, `/restapi/schemav1/…`, `/restapi/changelog`). */
const API_PATH = '/restapi/';

/** Longer ones are no links. */
const LONGEST = 8000;

/** What nobody sees, and backslashes: readers of URLs disagree about them, and no link needs them. */
const DOUBTFUL = /[\p{C}\p{Zl}\p{Zp}\\]|(?! )\p{Zs}/u;

/** Letters that a server may take for one of these would leave the path that was checked, such as full-width dots. */
const isDisguise = (letter: string): boolean => /[\x21-\x2f:;<=>?@[\\\]^`{|}~]/.test(letter.normalize('NFKC'));

/** A host as ASCII has it, and a path; or a path; or a query, which belongs to the page that it stands in. */
const FORM = /^(https?:\/\/[\w.:[\]-]+(?=[/?#]|$)|\/(?!\/)|\?)/i;

/** Slashes and dots in disguise: a server that decodes them would leave the path that was checked. */
const DISGUISED = /%(2e|2f|5c|00)/i;

/** Whether a text can be a link: blanks and accents may stand in it as they are, but for blanks around a part of the path. */
function isLink(text: string): boolean {
	if (text.length > LONGEST || DOUBTFUL.test(text) || !FORM.test(text)) return false;
	const [path] = text.split(/[?#]/, 1);
	return !/(^|\/) | (\/|$)/.test(path) && !(text.match(/[^\x20-\x7e]/gu) ?? []).some(isDisguise);
}

/** Makes a link to a host by HTTP one by HTTPS, where that is how the API is called. */
function upgrade(url: URL, api: URL): void {
	const isPlain = url.protocol === 'http:' && url.port === '' && url.hostname === api.hostname;
	if (isPlain && api.protocol === 'https:') url.protocol = 'https:';
}

/**
 * The URL to request for a link of the API.
 *
 * @param baseUrl the API's root
 * @param page the URL of the page that the link stands in; without it, a query alone is no link
 * @returns `undefined` when it leads to another scheme, host or port, names a user, or leaves the API's path
 */
export function apiUrl(baseUrl: string, link: unknown, page?: string): URL | undefined {
	if (typeof link !== 'string' || !isLink(link) || (page === undefined && link.startsWith('?'))) return undefined;
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
		!DISGUISED.test(url.pathname);
	return isSafe ? url : undefined;
}

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/** What names a machine of the network that n8n runs in, or may; no public store of files has such a name. */
const isLocal = ({ hostname }: URL): boolean => /^[\d.]+$|^\[|(^|\.)localhost\.?$/.test(hostname);

/**
 * The URL to download a file from, on whichever host: JobAffinity may redirect (documented), presumably to a store
 * of files. It must be https with a public name, unless the API itself is on this machine, as in the tests.
 *
 * @param from what a relative link belongs to
 * @param api the API's root
 * @returns `undefined` for anything else, and when it names a user
 */
export function downloadUrl(link: unknown, from: URL, api: URL): URL | undefined {
	if (typeof link !== 'string' || link === '' || !URL.canParse(link, from.href)) return undefined;
	const url = new URL(link, from);
	url.hash = '';
	if (url.username !== '' || url.password !== '') return undefined;
	upgrade(url, api);
	const isHere = api.protocol === 'http:' && url.protocol === 'http:' && LOOPBACK.includes(url.hostname);
	return isHere || (url.protocol === 'https:' && !isLocal(url)) ? url : undefined;
}
