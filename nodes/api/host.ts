import type { IHttpRequestOptions } from 'n8n-workflow';

/** Where a credential may be sent. */
export interface Home {
	/** The credential as people call it, e.g. `The JOFI API key`. */
	credential: string;
	/** The provider's address as people know it. */
	address: string;
	/** Whether a host is the provider's own. */
	isOwn(hostname: string): boolean;
}

/** This machine, where the tests play the providers. */
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

function isHome({ protocol, hostname }: URL, { isOwn }: Home): boolean {
	if (protocol === 'https:') return isOwn(hostname);
	return protocol === 'http:' && LOOPBACK.includes(hostname);
}

/**
 * Sees to it that a credential goes to its provider alone, whoever makes the request.
 *
 * @throws Error when the request goes to another host, or not by HTTPS
 */
export function keepAtHome({ url, baseURL }: IHttpRequestOptions, home: Home): void {
	const target = URL.canParse(url, baseURL) ? new URL(url, baseURL) : undefined;
	if (target && isHome(target, home)) return;
	const elsewhere = target?.origin ?? 'an address without a host';
	throw new Error(`${home.credential} is for ${home.address} only, not for ${elsewhere}`);
}
