import { timingSafeEqual } from 'node:crypto';

import { signingKey } from './signingKey';
import { hasId, hasTimestamp, isTimestampElement, type SignatureScheme } from './signatureScheme';
import { computeSignature, type SignedContent } from './sign';
import { toMillis } from './timestamp';

/**
 * Returns a header's value, or an empty string if it is absent. Repeated headers are joined as in
 * HTTP.
 */
export type ReadHeader = (name: string) => string;

/** What `verifySignature` needs besides the delivery. */
export interface Verification {
	scheme: SignatureScheme;
	/** All accepted ones, so that a secret can be rotated without losing a delivery. */
	secrets: readonly string[];
	/** How far the timestamp may be from now, in seconds; 0 accepts any age. */
	toleranceSeconds: number;
	/** Milliseconds since the epoch. */
	now: number;
	/** What may be signed besides headers and body. */
	target?: Pick<SignedContent, 'method' | 'url'>;
}

/** The signature in a delivery's headers; what is absent is empty. */
export interface SignatureParts {
	/** Without their prefixes. */
	signatures: string[];
	timestamp: string;
	id: string;
}

/** Compares two texts in a time that does not depend on their first difference. */
export function timingSafeEqualText(left: string, right: string): boolean {
	const a = Buffer.from(left);
	const b = Buffer.from(right);
	return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * Signatures are compared as text: hex in either case, and Base64 with or without padding, in either
 * alphabet, because most signatures do not show which one a sender uses.
 */
function normalize(signature: string, scheme: SignatureScheme): string {
	if (scheme.encoding === 'hex') return signature.toLowerCase();
	return signature
		.replace(/={1,2}$/, '')
		.replace(/-/g, '+')
		.replace(/_/g, '/');
}

function elementsOf(header: string, scheme: SignatureScheme): string[] {
	const elements = scheme.separator === '' ? [header] : header.split(scheme.separator);
	return elements.map((element) => element.trim());
}

function stripPrefix(prefix: string, elements: string[]): string[] {
	return elements
		.filter((each) => each.startsWith(prefix))
		.map((each) => each.slice(prefix.length));
}

function readTimestamp(header: ReadHeader, scheme: SignatureScheme, elements: string[]): string {
	const { timestampHeader, timestampPrefix } = scheme;
	if (timestampPrefix !== '') return stripPrefix(timestampPrefix, elements)[0] ?? '';
	if (isTimestampElement(scheme))
		return elements.find((each) => !Number.isNaN(toMillis(each))) ?? '';
	return timestampHeader === '' ? '' : header(timestampHeader);
}

/** Reads the headers without checking them. */
export function readSignature(header: ReadHeader, scheme: SignatureScheme): SignatureParts {
	const names =
		[scheme, ...(scheme.alternatives ?? [])].find((each) => header(each.signatureHeader) !== '') ??
		scheme;
	const elements = elementsOf(header(names.signatureHeader), scheme);
	return {
		signatures: stripPrefix(scheme.prefix, elements).filter((signature) => signature !== ''),
		timestamp: readTimestamp(header, { ...scheme, ...names }, elements),
		id: names.idHeader === '' ? '' : header(names.idHeader),
	};
}

/** What is wrong with the headers alone, so that the body need not be read first. */
export function signatureProblem(
	{ signatures, timestamp, id }: SignatureParts,
	{ scheme, toleranceSeconds, now }: Omit<Verification, 'secrets'>,
): string | undefined {
	if (signatures.length === 0) return 'The signature is missing.';
	if (id === '' && hasId(scheme)) return 'The message ID is missing.';
	if (!hasTimestamp(scheme)) return undefined;
	const millis = toMillis(timestamp);
	if (Number.isNaN(millis)) return 'The timestamp is missing or unreadable.';
	const isOutside = toleranceSeconds > 0 && Math.abs(now - millis) > toleranceSeconds * 1000;
	return isOutside ? 'The timestamp is outside the tolerance.' : undefined;
}

/**
 * Checks the signature of a delivery on its raw bytes.
 *
 * @returns `undefined` if a signature matches, otherwise a sentence that says what is wrong and
 * quotes nothing of the delivery
 */
export function verifySignature(
	body: Buffer,
	header: ReadHeader,
	verification: Verification,
): string | undefined {
	const { scheme, secrets, target } = verification;
	const parts = readSignature(header, scheme);
	const problem = signatureProblem(parts, verification);
	if (problem !== undefined) return problem;

	for (const secret of secrets) {
		// Anyone can sign with an empty key.
		if (signingKey(secret, scheme).length === 0) continue;
		const expected = normalize(
			computeSignature({ ...target, ...parts, body }, scheme, secret),
			scheme,
		);
		if (parts.signatures.some((each) => timingSafeEqualText(normalize(each, scheme), expected)))
			return undefined;
	}
	return 'The signature does not match.';
}
