import type { IHttpRequestOptions } from 'n8n-workflow';
import omit from 'lodash/omit';
import omitBy from 'lodash/omitBy';

/** Where a credential may be sent. */
export interface AllowedHost {
	/** The credential as people call it, e.g. `The JOFI API key`. */
	credential: string;
	/** The provider's address as people know it. */
	address: string;
	/** Whether a host is the provider's own. */
	isOwn(hostname: string): boolean;
}

/** This machine, where the tests play the providers. */
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/** What axios takes for an address that needs no base. */
const ABSOLUTE = /^([a-z][a-z\d+\-.]*:)?\/\//i;

const parsed = (url: string, base?: string): URL | undefined =>
	URL.canParse(url, base) ? new URL(url, base) : undefined;

/**
 * Whether a credential may go to an address: one of the provider's own hosts by HTTPS; or this machine, but only
 * the very origin that the credential's base URL names, for that is not up to those who merely use the credential.
 */
function isHome({ protocol, hostname, port, username, password, origin }: URL, { isOwn }: AllowedHost, base?: URL): boolean {
	if (username !== '' || password !== '') return false;
	if (protocol === 'https:' && port === '' && isOwn(hostname)) return true;
	return base?.protocol === 'http:' && LOOPBACK.includes(base.hostname) && origin === base.origin;
}

/** As axios joins an address to its base, and as the URL standard does, by which n8n checks it. */
function readingsOf(path: string, base: string): (URL | undefined)[] {
	if (base === '') return [parsed(path)];
	const joined = path === '' ? base : `${base.replace(/\/?\/$/, '')}/${path.replace(/^\/+/, '')}`;
	return [parsed(ABSOLUTE.test(path) ? path : joined), parsed(path, base)];
}

/** Options of n8n's older way to make a request, which the HTTP Request node uses. */
interface OlderOptions {
	uri?: string;
	followRedirect?: boolean;
	followAllRedirects?: boolean;
	rejectUnauthorized?: boolean;
}

/** For both ways: redirects are not followed, and certificates are checked whatever a node's options say. */
const SAFELY: IHttpRequestOptions & OlderOptions = {
	url: '',
	disableFollowRedirect: true,
	maxRedirects: 0,
	skipSslCertificateValidation: false,
	followRedirect: false,
	followAllRedirects: false,
	rejectUnauthorized: true,
};

/**
 * The one address that a request goes to: n8n's helpers take it from `url`, the older ones from `url` or else `uri`.
 *
 * @throws Error when it is not the credential's home, or the request names two
 */
function targetOf({ url, uri, baseURL }: IHttpRequestOptions & OlderOptions, home: AllowedHost, base?: URL): URL {
	const given = [url, uri].filter((each) => each !== undefined && each !== null).map(String);
	const targets = given.flatMap((each) => readingsOf(each, String(baseURL ?? '')));
	const elsewhere = targets.find((target) => target && !isHome(target, home, base));
	const [target] = targets;
	if (!target || elsewhere || targets.includes(undefined)) {
		const hasUser = Boolean(elsewhere?.username || elsewhere?.password);
		const where = hasUser ? 'an address with a user in it' : (elsewhere?.origin ?? 'an address without a host');
		throw new Error(`${home.credential} is for ${home.address} only, not for ${where}`);
	}
	if (new Set(given).size > 1) throw new Error(`${home.credential} is for one address, and the request names two`);
	return target;
}

/**
 * Sees to it that a credential goes to its provider alone, whoever makes the request.
 *
 * @param baseUrl the credential's own
 * @returns the request to the address that was checked, in which nothing leads elsewhere
 * @throws Error when it goes elsewhere or not by HTTPS
 */
export function assertAllowedHost(request: IHttpRequestOptions, home: AllowedHost, baseUrl: unknown): IHttpRequestOptions {
	const target = targetOf(request, home, parsed(String(baseUrl)));
	// By HTTPS a proxy sees the host alone.
	if (target.protocol === 'http:' && request.proxy) {
		throw new Error(`${home.credential} goes through a proxy by HTTPS only`);
	}
	return {
		...omit(request, ['uri', 'baseURL', 'agentOptions']),
		...SAFELY,
		url: target.href,
		// Where many hosts share an address, as with content delivery networks, this header decides who is meant.
		headers: omitBy(request.headers, (_, name) => name.toLowerCase() === 'host') as IHttpRequestOptions['headers'],
	};
}
