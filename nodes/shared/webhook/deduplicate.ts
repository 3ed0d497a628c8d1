import type { IWebhookFunctions } from 'n8n-workflow';

import { triggerOptionsOf } from '../events/options';
import { outcomeOfClaims, recentKeysOf, triggerIdOf, type Claim } from '../events/recentKeys';
import type { Event } from '../events/types';
import { modeOf, settingsOf } from './limits';
import { settleByResponse } from './onResponse';
import { notNow } from './reject';
import { claimMessage } from './replay';
import type { RawDelivery, WebhookSource } from './source';
import { hintAtDuplicate, isTestRun } from './testRun';

/** Waits for the outcome of the copy that came first, and shares it. */
async function shareOutcome(claims: readonly Claim[]): Promise<void> {
	const succeeded = await outcomeOfClaims(claims);
	if (succeeded === undefined)
		throw notNow('The same event is still being worked on. Please send it again later.');
	if (!succeeded)
		throw notNow('The same event was being worked on and did not succeed. Please send it again.');
}

/**
 * The fourth step of receiving: the events that this process has not seen. A copy that arrives
 * while all of them are being processed waits for the outcome, up to ten seconds, and shares it.
 *
 * @returns the new events; none when all of them were processed before
 * @throws Rejection when the copy that came first did not succeed, or takes too long
 */
export async function deduplicate(
	context: IWebhookFunctions,
	source: WebhookSource,
	delivery: RawDelivery,
	events: Event[],
): Promise<Event[]> {
	const { dedupe } = source;
	const { message } = delivery;
	if (isTestRun(context)) hintAtDuplicate(context, source, delivery, events);
	// Nothing is skipped in a test run, nor when the sender waits for a reply.
	const mode = modeOf(context);
	const isSkippable = !isTestRun(context) && mode !== 'responseNode';
	if (events.length === 0 || !isSkippable) return events;

	const { skipDuplicates, eventsToRemember, windowMs } = triggerOptionsOf(
		settingsOf(context),
		dedupe,
	);
	// Answered immediately, the execution still has to record the events, and may fail.
	const success = mode === 'onReceived' && skipDuplicates ? 'accepted' : 'done';
	const claimed = message && claimMessage(context, message, success);
	if (claimed && claimed.state !== 'claimed') {
		await shareOutcome([claimed]);
		return [];
	}

	// Events that only enriching distinguishes must not be skipped before.
	if (!skipDuplicates || dedupe.by === 'enrichedKey') return events;

	const recent = recentKeysOf(triggerIdOf(context));
	const claims = events.map(({ eventKey }) => recent.claim(eventKey, eventsToRemember, windowMs));
	const fresh = events.filter((_, index) => claims[index].state === 'claimed');
	if (fresh.length === 0) {
		await shareOutcome(claims);
		return [];
	}
	settleByResponse(
		context,
		claims.filter((claim) => claim.state === 'claimed'),
		success,
	);
	return fresh;
}
