import type { SignatureScheme } from './signatureScheme';

type Encoding = Exclude<SignatureScheme['keyEncoding'], 'utf8'>;

/** How people call the encodings, and what a secret in each may hold, apart from padding. */
const alphabets: Record<Encoding, { name: string; pattern: RegExp; holds: string }> = {
	base64: { name: 'Base64', pattern: /^[A-Za-z0-9+/]*$/, holds: 'letters, digits, + and /' },
	base64url: { name: 'Base64url', pattern: /^[\w-]*$/, holds: 'letters, digits, - and _' },
	hex: { name: 'hex', pattern: /^[0-9a-f]*$/i, holds: '0 to 9 and a to f' },
};

/** The text of a secret without what is no part of the key. */
function bare(secret: string, { secretPrefix }: SignatureScheme): string {
	const text = secret.trim();
	return text.startsWith(secretPrefix) ? text.slice(secretPrefix.length) : text;
}

/** Whether Base64 has a length that exists, and the padding that belongs to it or none. */
const isPadded = (text: string, padding: string): boolean =>
	text.length % 4 !== 1 && (padding === '' || (text.length + padding.length) % 4 === 0);

/**
 * What is wrong with the text of a secret, in one sentence that repeats nothing of it. Node's own
 * decoder leaves out what it does not know, and makes one byte of `a0:b1:c2`.
 */
export function secretProblem(secret: string, scheme: SignatureScheme): string | undefined {
	const { keyEncoding } = scheme;
	if (keyEncoding === 'utf8') return undefined;
	const { name, pattern, holds } = alphabets[keyEncoding];
	const [, text, padding] = /^(.*?)(={0,2})$/s.exec(bare(secret, scheme)) as unknown as string[];
	if (text === '') return 'A secret holds nothing that could be its key.';
	if (!pattern.test(text) || (keyEncoding === 'hex' && padding !== '')) {
		return `A secret is not ${name}: apart from blanks at its ends it may hold only ${holds}.`;
	}
	if (keyEncoding === 'hex') {
		return text.length % 2 === 0 ? undefined : 'A secret is not hex: it has an odd number of digits.';
	}
	return isPadded(text, padding) ? undefined : `A secret is not ${name}: it is cut off, or has too many or too few = at its end.`;
}

/**
 * The HMAC key that a secret stands for in this scheme; empty when it is not encoded as the scheme
 * says. A secret that is text counts with all its characters: Stripe's begin with `whsec_`, too.
 */
export function signingKey(secret: string, scheme: SignatureScheme): Buffer {
	if (scheme.keyEncoding === 'utf8') return Buffer.from(secret);
	if (secretProblem(secret, scheme) !== undefined) return Buffer.alloc(0);
	return Buffer.from(bare(secret, scheme), scheme.keyEncoding);
}
