import { createHmac } from 'node:crypto';

import { signingKey } from './signingKey';
import { hasTimestamp, type SignatureScheme } from './signatureScheme';

/** What a signature is computed from, apart from the secret. */
export interface SignedContent {
	/** The bytes as sent; never JSON that was parsed and serialized again. */
	body: Buffer;
	/** As in its header. */
	timestamp: string;
	id: string;
	/** In upper case. */
	method?: string;
	/** The URL that the sender called, with the query as sent. */
	url?: string;
}

/** The URL with the characters unescaped that HubSpot unescapes before it signs. */
const decodeUrl = (url: string): string =>
	url.replace(/%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi, decodeURIComponent);

/** The URL from the path on, with the query as sent. */
const pathOf = (url: string): string => /^[a-z][a-z\d+.-]*:\/\/[^/?#]*(.*)$/is.exec(url)?.[1] ?? '';

/** Bodies that are read as JSON, whatever their media type. */
const LIKE_JSON = /^(\xef\xbb\xbf)?\s*[[{]/;

/** Whoever sends a form with more fields would have n8n sort for long before it is verified. */
const MAX_SORTED = 5000;

/** Whether a body can be a form whose fields are sorted, and is not JSON or too large. */
export function isSortable(body: Buffer): boolean {
	if (LIKE_JSON.test(body.toString('latin1', 0, 100))) return false;
	let fields = 1;
	for (let at = body.indexOf('&'); at !== -1; at = body.indexOf('&', at + 1)) {
		if (++fields > MAX_SORTED) return false;
	}
	return true;
}

/**
 * A form as Twilio and Mandrill sign it: the fields in the order of their names, name and value in a
 * row, equal fields once. A body that is no form, or has too many fields, stays as it is.
 */
function sortedForm(body: Buffer): string | Buffer {
	if (!isSortable(body)) return body;
	const fields = [...new URLSearchParams(body.toString('utf8'))];
	fields.sort(([a, x], [b, y]) => compare(a, b) || compare(x, y));
	const distinct = fields.filter(
		([name, value], index) => name !== fields[index - 1]?.[0] || value !== fields[index - 1][1],
	);
	return distinct.map(([name, value]) => name + value).join('');
}

/** By UTF-16 code units, as JavaScript sorts, so that no locale matters. */
const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const PLACEHOLDERS = /(\{(?:body|timestamp|id|method|url|decodedUrl|path|sortedForm|newline)\})/;

/** The signed content in parts. */
export function signedParts(
	{ body, timestamp, id, method = '', url = '' }: SignedContent,
	{ signed }: SignatureScheme,
): (string | Buffer)[] {
	const values = new Map<string, () => string | Buffer>([
		['{body}', () => body],
		['{timestamp}', () => timestamp],
		['{id}', () => id],
		['{method}', () => method],
		['{url}', () => url],
		['{decodedUrl}', () => decodeUrl(url)],
		['{path}', () => pathOf(url)],
		['{sortedForm}', () => sortedForm(body)],
		['{newline}', () => '\n'],
	]);
	return signed.split(PLACEHOLDERS).map((part) => values.get(part)?.() ?? part);
}

/** One signature in the scheme's encoding, without its prefix. */
export function computeSignature(
	content: SignedContent,
	scheme: SignatureScheme,
	secret: string,
): string {
	const hmac = createHmac(scheme.algorithm, signingKey(secret, scheme));
	for (const part of signedParts(content, scheme)) hmac.update(part);
	return hmac.digest(scheme.encoding);
}

/**
 * The headers of a signed delivery, as a sender with this scheme makes them and `verifySignature`
 * accepts them. Several secrets give several signatures, as senders do while they rotate a secret.
 */
export function signDelivery(
	content: SignedContent,
	scheme: SignatureScheme,
	secrets: readonly string[],
): Record<string, string> {
	const isTimed = hasTimestamp(scheme);
	const elements = secrets.map(
		(secret) => scheme.prefix + computeSignature(content, scheme, secret),
	);
	if (isTimed && scheme.timestampPrefix !== '') {
		elements.unshift(scheme.timestampPrefix + content.timestamp);
	}
	return {
		[scheme.signatureHeader]: elements.join(scheme.separator),
		...(isTimed &&
			scheme.timestampHeader !== '' && { [scheme.timestampHeader]: content.timestamp }),
		...(scheme.idHeader !== '' && { [scheme.idHeader]: content.id }),
	};
}
