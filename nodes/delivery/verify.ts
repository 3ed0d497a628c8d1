import { timingSafeEqual } from 'node:crypto';

import { hasTimestamp, type SignatureScheme } from './scheme';
import { computeSignature } from './sign';

/** The header's value, or an empty text when it is absent. Repeated headers are joined as HTTP does. */
export type ReadHeader = (name: string) => string;

/** What `verifySignature` needs beside the delivery. */
export interface Verification {
	scheme: SignatureScheme;
	/** All that are accepted, so that a secret can be replaced without losing a delivery. */
	secrets: readonly string[];
	/** How far the timestamp may be from now, in seconds; 0 accepts any age. */
	toleranceSeconds: number;
	/** Milliseconds since the epoch. */
	now: number;
}

/** Compares two texts in a time that does not depend on where they differ. */
export function equalText(left: string, right: string): boolean {
	const a = Buffer.from(left);
	const b = Buffer.from(right);
	return a.length === b.length && timingSafeEqual(a, b);
}

/** Milliseconds since the epoch of a timestamp in seconds, milliseconds or ISO 8601; NaN for anything else. */
function toMillis(timestamp: string): number {
	if (!/^\d{1,16}$/.test(timestamp)) return /^\d{4}-/.test(timestamp) ? Date.parse(timestamp) : NaN;
	const number = Number(timestamp);
	return number < 1e11 ? number * 1000 : number;
}

/** Signatures are compared as text: base64 with or without padding, hex in either case. */
function canonical(signature: string, scheme: SignatureScheme): string {
	return scheme.encoding === 'hex' ? signature.toLowerCase() : signature.replace(/={1,2}$/, '');
}

function elementsOf(header: string, scheme: SignatureScheme): string[] {
	const elements = scheme.separator === '' ? [header] : header.split(scheme.separator);
	return elements.map((element) => element.trim());
}

function after(prefix: string, elements: string[]): string[] {
	return elements.filter((each) => each.startsWith(prefix)).map((each) => each.slice(prefix.length));
}

/**
 * Checks a signed delivery on its raw bytes.
 * @returns `undefined` when a signature is right, otherwise one sentence that says what is wrong
 * and repeats nothing the sender wrote.
 */
export function verifySignature(
	body: Buffer,
	header: ReadHeader,
	{ scheme, secrets, toleranceSeconds, now }: Verification,
): string | undefined {
	const elements = elementsOf(header(scheme.signatureHeader), scheme);
	const signatures = after(scheme.prefix, elements).filter((signature) => signature !== '');
	if (signatures.length === 0) return 'The signature is missing.';

	const id = scheme.idHeader === '' ? '' : header(scheme.idHeader);
	if (id === '' && scheme.signed.includes('{id}')) return 'The message id is missing.';

	let timestamp = '';
	if (hasTimestamp(scheme)) {
		timestamp =
			scheme.timestampPrefix === ''
				? header(scheme.timestampHeader)
				: (after(scheme.timestampPrefix, elements)[0] ?? '');
		const millis = toMillis(timestamp);
		if (Number.isNaN(millis)) return 'The timestamp is missing or unreadable.';
		if (toleranceSeconds > 0 && Math.abs(now - millis) > toleranceSeconds * 1000) {
			return 'The timestamp is too far from the present.';
		}
	}

	for (const secret of secrets) {
		const expected = canonical(computeSignature({ body, timestamp, id }, scheme, secret), scheme);
		if (signatures.some((each) => equalText(canonical(each, scheme), expected))) return undefined;
	}
	return 'The signature does not match.';
}
