import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IDataObject,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { signingKey } from './signingKey';
import { missingSettings, verificationConfig, type VerificationConfig } from './config';
import { hasTimestamp } from './signatureScheme';

/** Bytes. Shorter secrets can be guessed; GitHub, Stripe and Standard Webhooks all give out longer ones. */
const SHORTEST_SECRET = 16;

/** What to do about secrets that are too short, judged by what they stand for: 32 digits of hex are 16 bytes. */
function shortness({ method, secrets, scheme }: VerificationConfig): string | undefined {
	const isEncoded = method === 'hmac' && scheme.keyEncoding !== 'utf8';
	const keys = secrets.map((secret) => (isEncoded ? signingKey(secret, scheme) : Buffer.from(secret)));
	if (method === 'address' || keys.every(({ length }) => length >= SHORTEST_SECRET)) return undefined;
	return isEncoded
		? `A secret is a key of fewer than ${SHORTEST_SECRET} bytes: take a longer, random one.`
		: `A secret has fewer than ${SHORTEST_SECRET} characters: take a longer, random one.`;
}

/** What works, but protects less than it could, as sentences that say what to do. */
export function weaknessesOf(rules: VerificationConfig): string[] {
	const weak: string[] = [];
	const { method, scheme, allowlist, toleranceSeconds } = rules;
	const short = shortness(rules);
	if (short) weak.push(short);
	if (method === 'hmac' && scheme.algorithm === 'sha1') {
		weak.push('SHA-1 is outdated: use SHA-256 if the sender can.');
	}
	if (method === 'hmac' && hasTimestamp(scheme) && toleranceSeconds === 0) {
		weak.push('Old deliveries can be sent again by others: set a tolerance, such as 300 seconds.');
	}
	if (method === 'address') {
		weak.push('Source addresses can be shared with others: add a secret if the sender supports one.');
	}
	if (allowlist && allowlist.unreadable.length > 0) {
		weak.push(`These source addresses cannot be read: ${allowlist.unreadable.join(', ')}.`);
	}
	return weak;
}

/**
 * Tests a webhook credential. There is nobody to ask, so it looks at the fields alone: it names
 * what is missing, without which nothing is accepted, or else what is weak.
 */
export async function checkWebhookCredential(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const rules = verificationConfig((credential.data ?? {}) as IDataObject);
	const missing = missingSettings(rules);
	if (missing.length > 0) {
		return { status: 'Error', message: `No delivery can be accepted. ${missing.join(' ')}` };
	}
	const weak = weaknessesOf(rules);
	return weak.length > 0
		? { status: 'Error', message: `Saved and in use, but weak. ${weak.join(' ')}` }
		: { status: 'OK', message: 'The credential is complete.' };
}
