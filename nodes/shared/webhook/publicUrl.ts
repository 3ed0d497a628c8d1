import type { WebhookSource } from './source';
import { allows, parseAddress, parseAllowlist } from './verification/ipAllowlist';

const LOOPBACK = parseAllowlist('127.0.0.0/8 ::1');

/** Addresses that no provider can reach: RFC 1918, 6598, 3927, 4193 and 4291's link-local. */
const PRIVATE = parseAllowlist(
	'0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 169.254.0.0/16 172.16.0.0/12 192.168.0.0/16 :: fc00::/7 fe80::/10',
);

/**
 * Where a webhook URL leads: to this machine, a private network, or somewhere a provider can reach.
 */
export type UrlScope = 'loopback' | 'private' | 'public';

/** Judges a URL by its host alone; a name that resolves only inside a network looks public. */
export function urlScope(url: URL): UrlScope {
	const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
	if (host === 'localhost' || host.endsWith('.localhost') || allows(LOOPBACK, host))
		return 'loopback';
	if (parseAddress(host)) return allows(PRIVATE, host) ? 'private' : 'public';
	return !host.includes('.') || /\.(local|internal|lan|home|corp|intranet)$/.test(host)
		? 'private'
		: 'public';
}

/** n8n's setting for its public address; the old name still works in 2.41.1. */
export const URL_VARIABLE = 'N8N_WEBHOOK_URL (WEBHOOK_URL in older versions of n8n)';

/**
 * Why the provider cannot deliver to this URL, and what to do, for the person who publishes the
 * workflow; `undefined` when it can, as far as the URL shows.
 */
export function urlProblem(
	productionUrl: string,
	{ provider, requiresHttps }: Pick<WebhookSource, 'provider' | 'requiresHttps'>,
): string | undefined {
	if (!URL.canParse(productionUrl)) return undefined;
	const url = new URL(productionUrl);
	const scope = urlScope(url);
	const insecure = requiresHttps && url.protocol !== 'https:';
	if (scope === 'public' && !insecure) return undefined;
	const reasons = [
		...(scope === 'loopback' ? ['it leads to this machine only'] : []),
		...(scope === 'private' ? ['it leads to a private network'] : []),
		...(insecure ? ['it is not HTTPS'] : []),
	];
	return (
		`${provider.label} cannot deliver to ${url.origin}: ${reasons.join(' and ')}. ` +
		`Set ${URL_VARIABLE} to the public HTTPS address of this n8n, restart it and publish again.`
	);
}
