import { createHmac } from 'node:crypto';

import { hasTimestamp, type SignatureScheme } from './scheme';

/** What a signature is made of beside the secret. */
export interface Signable {
	/** The bytes as they travel; never JSON that was parsed and written again. */
	body: Buffer;
	/** The text of the timestamp, as it stands in its header. */
	timestamp: string;
	id: string;
}

/** The HMAC key that a secret stands for in this scheme; empty when it is not encoded as the scheme says. */
export function keyOf(secret: string, scheme: SignatureScheme): Buffer {
	const bare = secret.startsWith(scheme.secretPrefix)
		? secret.slice(scheme.secretPrefix.length)
		: secret;
	return Buffer.from(bare, scheme.keyEncoding);
}

/** One signature in the scheme's encoding, without its prefix. */
export function computeSignature(
	{ body, timestamp, id }: Signable,
	scheme: SignatureScheme,
	secret: string,
): string {
	const hmac = createHmac(scheme.algorithm, keyOf(secret, scheme));
	for (const part of scheme.signed.split(/(\{body\}|\{timestamp\}|\{id\})/)) {
		if (part === '{body}') hmac.update(body);
		else if (part === '{timestamp}') hmac.update(timestamp);
		else if (part === '{id}') hmac.update(id);
		else if (part !== '') hmac.update(part);
	}
	return hmac.digest(scheme.encoding);
}

/**
 * Headers of a signed delivery, as a sender of this scheme makes them: what `verify` accepts.
 * Several secrets give several signatures, as senders do while a secret is being replaced.
 */
export function signDelivery(
	signable: Signable,
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
