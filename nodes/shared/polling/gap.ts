import { createHash } from 'node:crypto';
import { NodeOperationError, type IDataObject, type IPollFunctions } from 'n8n-workflow';
import { z } from 'zod';

import { nobody, type EventDefinition, type Payload } from '../events/types';
import { triggerIdOf } from '../events/recentKeys';
import type { Observed, PollRequest } from './stream';

/** The event of a polling trigger that says that others were missed. */
export const GAP_EVENT = 'polling.gap';

/**
 * The payload of a gap. Gaps that are told by the same sentence at the same time are one.
 *
 * @param at when it was seen, in milliseconds since 1970
 */
export function gapPayload(sentence: string, at: number): Payload {
	const created_at = new Date(at).toISOString();
	const id = createHash('sha256').update(`${created_at} ${sentence}`).digest('hex').slice(0, 16);
	return { id, type: GAP_EVENT, object: 'event', created_at, data: { object: { object: 'gap', message: sentence } } };
}

/** Made by the trigger itself; no provider sends it. */
export const gapEvent: EventDefinition = {
	type: GAP_EVENT,
	label: 'Gap Found',
	description: 'More is new than the API shows, so events were missed; without it, a gap makes the next poll fail',
	schema: z.object({ data: z.object({ object: z.object({ message: z.string() }) }) }).passthrough(),
	sample: gapPayload(
		'The API shows the newest 30 records only, and all of them were new: 12 more were missed.',
		Date.UTC(2026, 1, 3),
	),
	key: ({ id }) => String(id),
	person: () => nobody,
	summary: ({ data }) => ({ message: (data as { object: { message: string } }).object.message }),
};

/** A gap that no item tells of. */
interface UnreportedGap extends IDataObject {
	sentence: string;
	/** When it was seen, in milliseconds since 1970. */
	at: number;
}

/** What a trigger keeps of gaps in n8n's static data. */
export interface GapState extends IDataObject {
	unreported?: UnreportedGap;
}

/** The latest gap that a trigger has failed for in this process, by when it was seen. */
const failedFor = new Map<string, number>();

/**
 * Tells of gaps: as items to whoever listens to them, otherwise by letting the next poll fail, which
 * shows in the list of executions and starts the error workflow. The items of this poll come first.
 */
export function reportGaps(context: IPollFunctions, gaps: readonly string[], wanted: PollRequest, state: GapState): Observed[] {
	if (gaps.length === 0) return [];
	const sentence = gaps.join(' ');
	const at = Date.now();
	context.logger.warn(sentence, { workflowId: context.getWorkflow().id, node: context.getNode().name });
	if (wanted.wants(GAP_EVENT)) return [{ payload: gapPayload(sentence, at), extra: {} }];
	state.unreported = { sentence, at };
	return [];
}

/**
 * Fails for a gap that was not told, once. n8n stores no static data of a poll that throws, so the gap
 * may still stand there afterwards; that it was told is kept in memory, and told again after a restart.
 */
export function failForUnreportedGap(context: IPollFunctions, state: GapState): void {
	const { unreported } = state;
	if (!unreported) return;
	delete state.unreported;
	if (failedFor.get(triggerIdOf(context)) === unreported.at) return;
	failedFor.set(triggerIdOf(context), unreported.at);
	throw new NodeOperationError(context.getNode(), unreported.sentence, {
		description:
			'Look up in their application what was missed, and poll more often. To get a gap as an item instead, add Gap Found to Trigger On.',
	});
}
