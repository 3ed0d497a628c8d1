import type { IHttpRequestOptions } from 'n8n-workflow';
import omit from 'lodash/omit';
import omitBy from 'lodash/omitBy';

/** Where a credential may be sent. */
export interface AllowedHost {
	/** The credential as users call it, e.g. `The JOFI API key`. */
	credential: string;
	/** The provider's address as users know it. */
	address: string;
	/** Whether a host is the provider's own. */
	isOwn(hostname: string): boolean;
}

/** This machine, where the tests play the providers. */
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/** What axios takes for an absolute URL, to which it adds no base. */
const ABSOLUTE = /^([a-z][a-z\d+\-.]*:)?\/\//i;

const parseUrl = (url: string, base?: string): URL | undefined =>
	URL.canParse(url, base) ? new URL(url, base) : undefined;

/**
 * Whether a credential may go to an address: over HTTPS to one of the provider's own hosts; or to
 * this machine, but only to the exact origin of the credential's base URL, which those who merely
 * use the credential cannot set.
 */
function isAllowed(
	{ protocol, hostname, port, username, password, origin }: URL,
	{ isOwn }: AllowedHost,
	base?: URL,
): boolean {
	if (username !== '' || password !== '') return false;
	if (protocol === 'https:' && port === '' && isOwn(hostname)) return true;
	return base?.protocol === 'http:' && LOOPBACK.includes(base.hostname) && origin === base.origin;
}

/**
 * An address joined to its base as axios does it, and by the URL standard, with which n8n checks
 * it.
 */
function resolveUrl(path: string, base: string): (URL | undefined)[] {
	if (base === '') return [parseUrl(path)];
	const joined = path === '' ? base : `${base.replace(/\/?\/$/, '')}/${path.replace(/^\/+/, '')}`;
	return [parseUrl(ABSOLUTE.test(path) ? path : joined), parseUrl(path, base)];
}

/** Options of n8n's older request helper, which the HTTP Request node uses. */
interface LegacyOptions {
	uri?: string;
	followRedirect?: boolean;
	followAllRedirects?: boolean;
	rejectUnauthorized?: boolean;
}

/** For both helpers: follow no redirects, and check certificates whatever a node's options say. */
const SAFE_OPTIONS: IHttpRequestOptions & LegacyOptions = {
	url: '',
	disableFollowRedirect: true,
	maxRedirects: 0,
	skipSslCertificateValidation: false,
	followRedirect: false,
	followAllRedirects: false,
	rejectUnauthorized: true,
};

/**
 * The one address that a request goes to: n8n's helper takes it from `url`, the older one from
 * `url` or else `uri`.
 *
 * @throws Error if the credential may not go there, or the request has two addresses
 */
function targetOf(
	{ url, uri, baseURL }: IHttpRequestOptions & LegacyOptions,
	host: AllowedHost,
	base?: URL,
): URL {
	const addresses = [url, uri].filter((each) => each !== undefined && each !== null).map(String);
	const targets = addresses.flatMap((each) => resolveUrl(each, String(baseURL ?? '')));
	const forbidden = targets.find((target) => target && !isAllowed(target, host, base));
	const [target] = targets;
	if (!target || forbidden || targets.includes(undefined)) {
		const hasUser = Boolean(forbidden?.username || forbidden?.password);
		const where = hasUser
			? 'an address with a user in it'
			: (forbidden?.origin ?? 'an address without a host');
		throw new Error(`${host.credential} is for ${host.address} only, not for ${where}`);
	}
	if (new Set(addresses).size > 1)
		throw new Error(`${host.credential} is for one address, and the request has two`);
	return target;
}

/**
 * Makes sure that a credential goes only to its provider, whichever node sends the request.
 *
 * @param baseUrl the credential's own
 * @returns a request to the checked address, without any option that could lead elsewhere
 * @throws Error if the address is not the provider's or not HTTPS
 */
export function assertAllowedHost(
	request: IHttpRequestOptions,
	host: AllowedHost,
	baseUrl: unknown,
): IHttpRequestOptions {
	const target = targetOf(request, host, parseUrl(String(baseUrl)));
	// Over HTTPS a proxy sees only the host.
	if (target.protocol === 'http:' && request.proxy) {
		throw new Error(`${host.credential} may go through a proxy over HTTPS only`);
	}
	return {
		...omit(request, ['uri', 'baseURL', 'agentOptions']),
		...SAFE_OPTIONS,
		url: target.href,
		// Many hosts may share an address, as in content delivery networks; this header would then
		// choose another one.
		headers: omitBy(
			request.headers,
			(_, name) => name.toLowerCase() === 'host',
		) as IHttpRequestOptions['headers'],
	};
}
