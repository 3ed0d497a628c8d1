import { createHmac } from 'node:crypto';

import { signingKey } from './signingKey';
import { hasTimestamp, type SignatureScheme } from './signatureScheme';

/** What a signature is made of beside the secret. */
export interface SignedContent {
	/** The bytes as they travel; never JSON that was parsed and written again. */
	body: Buffer;
	/** The text of the timestamp, as it stands in its header. */
	timestamp: string;
	id: string;
	/** In capitals. */
	method?: string;
	/** The address that the sender called, with the query as it was sent. */
	url?: string;
}

/** As HubSpot has it: of what is escaped in a URL, these characters are signed as they are. */
const decoded = (url: string): string =>
	url.replace(/%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi, decodeURIComponent);

const PLACEHOLDERS = /(\{(?:body|timestamp|id|method|url|decodedUrl)\})/;

/** What is signed, piece by piece. */
export function signedParts({ body, timestamp, id, method = '', url = '' }: SignedContent, { signed }: SignatureScheme): (string | Buffer)[] {
	const values = new Map<string, string | Buffer>([
		['{body}', body],
		['{timestamp}', timestamp],
		['{id}', id],
		['{method}', method],
		['{url}', url],
		['{decodedUrl}', decoded(url)],
	]);
	return signed.split(PLACEHOLDERS).map((piece) => values.get(piece) ?? piece);
}

/** One signature in the scheme's encoding, without its prefix. */
export function computeSignature(signable: SignedContent, scheme: SignatureScheme, secret: string): string {
	const hmac = createHmac(scheme.algorithm, signingKey(secret, scheme));
	for (const piece of signedParts(signable, scheme)) hmac.update(piece);
	return hmac.digest(scheme.encoding);
}

/**
 * Headers of a signed delivery, as a sender of this scheme makes them: what `verify` accepts.
 * Several secrets give several signatures, as senders do while a secret is being replaced.
 */
export function signDelivery(
	signable: SignedContent,
	scheme: SignatureScheme,
	secrets: readonly string[],
): Record<string, string> {
	const timed = hasTimestamp(scheme);
	const elements = secrets.map((secret) => scheme.prefix + computeSignature(signable, scheme, secret));
	if (timed && scheme.timestampPrefix !== '') {
		elements.unshift(scheme.timestampPrefix + signable.timestamp);
	}
	return {
		[scheme.signatureHeader]: elements.join(scheme.separator),
		...(timed && scheme.timestampHeader !== '' && { [scheme.timestampHeader]: signable.timestamp }),
		...(scheme.idHeader !== '' && { [scheme.idHeader]: signable.id }),
	};
}
