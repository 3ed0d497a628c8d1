import { createHash } from 'node:crypto';
import type { IWebhookFunctions } from 'n8n-workflow';

import { recentKeysOf, triggerIdOf, type Claim } from '../events/recentKeys';
import { onResponse } from './onResponse';
import { headersOf, requestTarget, type Caller } from './request';
import { DEFAULT_TOLERANCE, type VerificationConfig } from './verification/config';
import { hasId, hasTimestamp } from './verification/signatureScheme';
import { signedParts } from './verification/sign';
import { readSignature } from './verification/verify';

/** How many messages a process remembers of a trigger: more than n8n can start within the usual tolerance. */
const MAX_MESSAGES = 10_000;

/** A signed message, told from every other that its sender signs. */
export interface SignedMessage {
	key: string;
	/** How long it is remembered, in milliseconds. */
	windowMs: number;
}

/**
 * As long as the signature is accepted, which is twice the tolerance for a sender whose clock is ahead.
 * An id that nobody signed stops no attacker, only a sender that repeats itself, and that soon.
 */
function windowOf({ scheme, toleranceSeconds }: VerificationConfig): number {
	if (hasTimestamp(scheme) && toleranceSeconds > 0) return 2000 * toleranceSeconds;
	return hasTimestamp(scheme) || hasId(scheme) ? Infinity : 2000 * DEFAULT_TOLERANCE;
}

/**
 * What tells a delivery whose signature is right from all others: its message id and what is signed beside
 * the timestamp, as a sender that repeats a message may sign it anew. Without an id it is all that is
 * signed. `undefined` when neither id nor timestamp was sent: then two events may rightly look the same.
 */
export function signedMessageOf(request: Caller, body: Buffer, rules: VerificationConfig): SignedMessage | undefined {
	if (rules.method !== 'hmac') return undefined;
	const { scheme } = rules;
	const { timestamp, id } = readSignature(headersOf(request), scheme);
	if (id === '' && !hasTimestamp(scheme)) return undefined;
	const hash = createHash('sha256');
	if (!hasId(scheme) && !hasTimestamp(scheme)) hash.update(`${id}\n`);
	const signable = { ...requestTarget(request), body, id, timestamp: hasId(scheme) ? '' : timestamp };
	for (const piece of signedParts(signable, scheme)) hash.update(piece);
	return { key: hash.digest('base64'), windowMs: windowOf(rules) };
}

/** Claims the message for this delivery, and gives it back unless the delivery is answered with success. */
export function claimMessage(context: IWebhookFunctions, { key, windowMs }: SignedMessage): Claim {
	const claim = recentKeysOf(`${triggerIdOf(context)}:messages`).claim(key, MAX_MESSAGES, windowMs);
	if (claim.state === 'claimed') onResponse(context, (status) => claim.settle(status < 300));
	return claim;
}
