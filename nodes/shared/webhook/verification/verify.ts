import { timingSafeEqual } from 'node:crypto';

import { signingKey } from './signingKey';
import { hasId, hasTimestamp, type SignatureScheme } from './signatureScheme';
import { computeSignature, type SignedContent } from './sign';
import { toMillis } from './timestamp';

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
	/** What may be signed beside headers and body. */
	target?: Pick<SignedContent, 'method' | 'url'>;
}

/** What the headers of a delivery hold of its signature; empty where nothing was sent. */
export interface SignatureParts {
	/** Without their prefixes. */
	signatures: string[];
	timestamp: string;
	id: string;
}

/** Compares two texts in a time that does not depend on where they differ. */
export function timingSafeEqualText(left: string, right: string): boolean {
	const a = Buffer.from(left);
	const b = Buffer.from(right);
	return a.length === b.length && timingSafeEqual(a, b);
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

/** Reads the headers, and judges nothing. */
export function readSignature(header: ReadHeader, scheme: SignatureScheme): SignatureParts {
	const names = [scheme, ...(scheme.alternatives ?? [])].find((each) => header(each.signatureHeader) !== '') ?? scheme;
	const elements = elementsOf(header(names.signatureHeader), scheme);
	const inHeader = scheme.timestampPrefix === '' && names.timestampHeader !== '' ? header(names.timestampHeader) : '';
	return {
		signatures: after(scheme.prefix, elements).filter((signature) => signature !== ''),
		timestamp: scheme.timestampPrefix === '' ? inHeader : (after(scheme.timestampPrefix, elements)[0] ?? ''),
		id: names.idHeader === '' ? '' : header(names.idHeader),
	};
}

/** What the headers alone show to be wrong, so that no body need be read for it. */
export function signatureProblem(proof: SignatureParts, { scheme, toleranceSeconds, now }: Omit<Verification, 'secrets'>): string | undefined {
	if (proof.signatures.length === 0) return 'The signature is missing.';
	if (proof.id === '' && hasId(scheme)) return 'The message id is missing.';
	if (!hasTimestamp(scheme)) return undefined;
	const millis = toMillis(proof.timestamp);
	if (Number.isNaN(millis)) return 'The timestamp is missing or unreadable.';
	const isFar = toleranceSeconds > 0 && Math.abs(now - millis) > toleranceSeconds * 1000;
	return isFar ? 'The timestamp is too far from the present.' : undefined;
}

/**
 * Checks a signed delivery on its raw bytes.
 * @returns `undefined` when a signature is right, otherwise one sentence that says what is wrong
 * and repeats nothing the sender wrote.
 */
export function verifySignature(body: Buffer, header: ReadHeader, verification: Verification): string | undefined {
	const { scheme, secrets, target } = verification;
	const proof = readSignature(header, scheme);
	const fault = signatureProblem(proof, verification);
	if (fault !== undefined) return fault;

	for (const secret of secrets) {
		// Anybody can sign with a key of no bytes.
		if (signingKey(secret, scheme).length === 0) continue;
		const expected = canonical(computeSignature({ ...target, ...proof, body }, scheme, secret), scheme);
		if (proof.signatures.some((each) => timingSafeEqualText(canonical(each, scheme), expected))) return undefined;
	}
	return 'The signature does not match.';
}
