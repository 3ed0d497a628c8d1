import type { SignatureScheme } from './signatureScheme';

type Encoding = Exclude<SignatureScheme['keyEncoding'], 'utf8'>;

/** The encodings by name, and the characters that each allows, apart from padding. */
const encodings: Record<Encoding, { name: string; pattern: RegExp; characters: string }> = {
	base64: { name: 'Base64', pattern: /^[A-Za-z0-9+/]*$/, characters: 'letters, digits, + and /' },
	base64url: { name: 'Base64url', pattern: /^[\w-]*$/, characters: 'letters, digits, - and _' },
	hex: { name: 'hex', pattern: /^[0-9a-f]*$/i, characters: '0 to 9 and a to f' },
};

/** A secret without its prefix and the spaces around it. */
function withoutPrefix(secret: string, { secretPrefix }: SignatureScheme): string {
	const text = secret.trim();
	return text.startsWith(secretPrefix) ? text.slice(secretPrefix.length) : text;
}

/** Whether Base64 has a possible length, and either its padding or none. */
const isPadded = (text: string, padding: string): boolean =>
	text.length % 4 !== 1 && (padding === '' || (text.length + padding.length) % 4 === 0);

/**
 * What is wrong with an encoded secret, in one sentence that quotes none of it. Node's own decoder
 * stops at or skips invalid characters, and makes one byte of `a0:b1:c2`.
 */
export function secretProblem(secret: string, scheme: SignatureScheme): string | undefined {
	const { keyEncoding } = scheme;
	if (keyEncoding === 'utf8') return undefined;
	const { name, pattern, characters } = encodings[keyEncoding];
	const [, text, padding] = /^(.*?)(={0,2})$/s.exec(
		withoutPrefix(secret, scheme),
	) as unknown as string[];
	if (text === '') return 'A secret contains no key.';
	if (!pattern.test(text) || (keyEncoding === 'hex' && padding !== '')) {
		return `A secret is not ${name}: apart from spaces around it, it may contain only ${characters}.`;
	}
	if (keyEncoding === 'hex') {
		return text.length % 2 === 0
			? undefined
			: 'A secret is not hex: it has an odd number of digits.';
	}
	return isPadded(text, padding)
		? undefined
		: `A secret is not ${name}: it is cut off, or ends in the wrong number of =.`;
}

/**
 * The HMAC key of a secret in this scheme; empty if the secret is not encoded as the scheme says.
 * In a secret that is text, all characters count: Stripe's also start with `whsec_`.
 */
export function signingKey(secret: string, scheme: SignatureScheme): Buffer {
	if (scheme.keyEncoding === 'utf8') return Buffer.from(secret);
	if (secretProblem(secret, scheme) !== undefined) return Buffer.alloc(0);
	return Buffer.from(withoutPrefix(secret, scheme), scheme.keyEncoding);
}
