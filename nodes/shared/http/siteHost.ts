/** Names that lead to this machine or the network around it. */
const LOCAL = ['localhost', 'local', 'internal', 'intranet', 'lan', 'home', 'arpa'];

const LABEL = /^[a-z\d]([a-z\d-]{0,61}[a-z\d])?$/;

/** A host, perhaps with a protocol before it and a path behind. */
const SITE = /^(?:https?:\/\/)?([^/\\@?#\s]+)(?:[/?#]|$)/i;

/**
 * The host of a customer's own site, for a provider whose customers each have one.
 *
 * @param site a host, or the address of a page there
 * @returns `undefined` if it names no host on the internet, or a port or a user
 */
export function siteHost(site: unknown): string | undefined {
	const text = String(site ?? '').trim();
	const [, authority] = SITE.exec(text) ?? [];
	if (authority === undefined || !URL.canParse(`https://${authority}`)) return undefined;
	const { hostname, port } = new URL(`https://${authority}`);
	if (port !== '' || hostname.length > 253) return undefined;
	const labels = hostname.split('.');
	const top = labels[labels.length - 1];
	// The last label of an IP address is a number.
	const isName = labels.length > 1 && labels.every((label) => LABEL.test(label)) && /\D/.test(top);
	return isName && !LOCAL.includes(top) ? hostname : undefined;
}
