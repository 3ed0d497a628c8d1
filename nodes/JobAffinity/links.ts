/**
 * JobAffinity's answers hold the links to follow (`_self`, `_next`, `latest_cv_url`), relative to its host
 * in all samples of the guide; that they may be absolute cannot be excluded. Whatever an answer or a
 * delivery holds, the login must not go anywhere else.
 */

/** Below it are all the API's resources (documented: `/restapi/v1/…`, `/restapi/schemav1/…`, `/restapi/changelog`). */
const API_PATH = '/restapi/';

/** What is not visible ASCII, and backslashes: readers of URLs disagree about them, and no link needs them. */
const DOUBTFUL = /[^\x21-\x7e]|\\/;

/** Slashes and dots in disguise: a server that decodes them would leave the path that was checked. */
const DISGUISED = /%(2e|2f|5c|00)/i;

/**
 * The URL to request for a link of the API.
 *
 * @param baseUrl the API's root
 * @returns `undefined` when it leads to another scheme, host or port, names a user, or leaves the API's path
 */
export function pinned(baseUrl: string, link: unknown): URL | undefined {
	if (typeof link !== 'string' || DOUBTFUL.test(link) || !/^(\/(?!\/)|https?:\/\/)/i.test(link)) return undefined;
	if (!URL.canParse(link, baseUrl)) return undefined;
	const { origin } = new URL(baseUrl);
	const url = new URL(link, baseUrl);
	const isSafe =
		url.origin === origin &&
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
export function downloadable(link: unknown, from: URL, api: URL): URL | undefined {
	if (typeof link !== 'string' || link === '' || !URL.canParse(link, from.href)) return undefined;
	const url = new URL(link, from);
	url.hash = '';
	if (url.username !== '' || url.password !== '') return undefined;
	const isHere = api.protocol === 'http:' && url.protocol === 'http:' && LOOPBACK.includes(url.hostname);
	return isHere || (url.protocol === 'https:' && !isLocal(url)) ? url : undefined;
}
