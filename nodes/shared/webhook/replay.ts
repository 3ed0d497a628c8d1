import { createHash } from 'node:crypto';
import type { IWebhookFunctions } from 'n8n-workflow';

import { recentMessagesOf, triggerIdOf, type Claim, type Outcome } from '../events/recentKeys';
import { settleByResponse } from './onResponse';
import { headersOf, requestTarget, type Caller } from './request';
import { DEFAULT_TOLERANCE, type VerificationConfig } from './verification/config';
import { hasId, hasTimestamp } from './verification/signatureScheme';
import { signedParts } from './verification/sign';
import { readSignature } from './verification/verify';

/**
 * How many messages a process remembers per trigger: more than n8n can start within the usual
 * tolerance.
 */
const MAX_MESSAGES = 10_000;

/** What identifies a signed message among all that its sender signs. */
export interface SignedMessage {
	key: string;
	/** How long it is remembered, in milliseconds. */
	windowMs: number;
}

/**
 * How long a message is remembered: as long as its signature is accepted, which is twice the
 * tolerance for a sender whose clock is ahead. An ID that is not signed stops no attacker, only a
 * sender that soon repeats itself.
 */
function windowOf({ scheme, toleranceSeconds }: VerificationConfig): number {
	if (hasTimestamp(scheme) && toleranceSeconds > 0) return 2000 * toleranceSeconds;
	return hasTimestamp(scheme) || hasId(scheme) ? Infinity : 2000 * DEFAULT_TOLERANCE;
}

/**
 * The identity of a verified delivery: its message ID and what is signed besides the timestamp,
 * because a sender that repeats a message may sign it anew. Without an ID it is everything that is
 * signed. `undefined` when neither ID nor timestamp was sent: then two events may legitimately look
 * the same.
 */
export function signedMessageOf(
	request: Caller,
	body: Buffer,
	rules: VerificationConfig,
): SignedMessage | undefined {
	if (rules.method !== 'hmac') return undefined;
	const { scheme } = rules;
	const { timestamp, id } = readSignature(headersOf(request), scheme);
	if (id === '' && !hasTimestamp(scheme)) return undefined;
	const hash = createHash('sha256');
	if (!hasId(scheme) && !hasTimestamp(scheme)) hash.update(`${id}\n`);
	const signable = {
		...requestTarget(request),
		body,
		id,
		timestamp: hasId(scheme) ? '' : timestamp,
	};
	for (const piece of signedParts(signable, scheme)) hash.update(piece);
	return { key: hash.digest('base64'), windowMs: windowOf(rules) };
}

/**
 * Claims the message for this delivery, and releases it unless the delivery is answered with
 * success.
 *
 * @param success what an answer of 2xx means
 */
export function claimMessage(
	context: IWebhookFunctions,
	{ key, windowMs }: SignedMessage,
	success: Outcome,
): Claim {
	const claim = recentMessagesOf(triggerIdOf(context)).claim(key, MAX_MESSAGES, windowMs);
	if (claim.state === 'claimed') settleByResponse(context, [claim], success);
	return claim;
}
