import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IDataObject,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { signingKey } from './signingKey';
import { missingSettings, problemsIn, verificationConfig, type VerificationConfig } from './config';
import { hasTimestamp } from './signatureScheme';

/**
 * In bytes. Shorter secrets can be guessed; GitHub, Stripe and Standard Webhooks all issue longer
 * ones.
 */
const MIN_SECRET_LENGTH = 16;

/** What makes deliveries less secure than they could be, as sentences that say what to do. */
function weaknessesOf({
	method,
	secrets,
	scheme,
	allowlist,
	toleranceSeconds,
}: VerificationConfig): string[] {
	const isHmac = method === 'hmac';
	// Encoded secrets are as long as their keys: 32 hex digits are 16 bytes.
	const isEncoded = isHmac && scheme.keyEncoding !== 'utf8';
	const keys = secrets.map((secret) =>
		isEncoded ? signingKey(secret, scheme) : Buffer.from(secret),
	);
	const size = isEncoded
		? `stands for fewer than ${MIN_SECRET_LENGTH} bytes`
		: `has fewer than ${MIN_SECRET_LENGTH} characters`;
	const invalid = allowlist?.invalid ?? [];
	return problemsIn([
		[
			method !== 'address' && keys.some(({ length }) => length < MIN_SECRET_LENGTH),
			`A secret ${size}: use a longer, random one.`,
		],
		[isHmac && scheme.algorithm === 'sha1', 'SHA-1 is outdated: use SHA-256 if the sender can.'],
		[
			isHmac && hasTimestamp(scheme) && toleranceSeconds === 0,
			'Others can send old deliveries again: set a timestamp tolerance, such as 300 seconds.',
		],
		[
			isHmac && !scheme.signed.includes('{body}'),
			'With {sortedForm}, neither the order of the fields nor where a name ends is signed: use {body} if the sender can.',
		],
		[
			method === 'address',
			'Others may share an IP address: add a secret if the sender supports one.',
		],
		[invalid.length > 0, `The IP allowlist has invalid entries: ${invalid.join(', ')}.`],
	]);
}

/**
 * Tests a webhook credential. There is no service to call, so it checks only the fields: it names
 * what is missing, without which every delivery is rejected, or else what is weak.
 */
export async function checkWebhookCredential(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const config = verificationConfig((credential.data ?? {}) as IDataObject);
	const missing = missingSettings(config);
	if (missing.length > 0) {
		return { status: 'Error', message: `No delivery can be accepted. ${missing.join(' ')}` };
	}
	const weaknesses = weaknessesOf(config);
	return weaknesses.length > 0
		? { status: 'Error', message: `Saved and in use, but weak. ${weaknesses.join(' ')}` }
		: { status: 'OK', message: 'The credential is complete.' };
}
