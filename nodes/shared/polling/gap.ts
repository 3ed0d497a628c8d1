import { createHash } from 'node:crypto';
import { NodeOperationError, type IDataObject, type IPollFunctions } from 'n8n-workflow';
import { z } from 'zod';

import { identify } from '../events/identify';
import { triggerIdOf } from '../events/recentKeys';
import type { Event, EventDefinition, Payload } from '../events/types';
import type { PollingSource, StreamRequest } from './stream';

/** The event of a polling trigger that reports that others were missed. */
export const GAP_EVENT = 'polling.gap';

/** The payload of a gap. Gaps with the same message at the same time are one. */
function gapPayload(message: string, at: number): Payload {
	const created_at = new Date(at).toISOString();
	const id = createHash('sha256').update(`${created_at} ${message}`).digest('hex').slice(0, 16);
	return {
		gapId: id,
		type: GAP_EVENT,
		object: 'event',
		created_at,
		data: { object: { object: 'gap', message } },
	};
}

/** Made by the trigger itself; no provider sends it. */
export const gapEvent: EventDefinition = {
	type: GAP_EVENT,
	label: 'Gap Found',
	description:
		'More is new than the API shows, so events were missed; without it, a gap makes the next poll fail',
	schema: z.object({ data: z.object({ object: z.object({ message: z.string() }) }) }).passthrough(),
	sample: gapPayload(
		'The API shows the newest 30 records only, and all of them were new: 12 more were missed.',
		Date.UTC(2026, 1, 3),
	),
	key: ({ gapId }) => String(gapId),
	title: ({ label }) => `Events of ${label} were missed`,
	/** What was missed is a message in the payload. */
	blocks: () => ({}),
};

/** A gap that no item reports. */
interface UnreportedGap extends IDataObject {
	message: string;
	/** When it was found, in milliseconds since 1970. */
	at: number;
}

/** What a trigger stores about gaps in n8n's static data. */
export interface GapState extends IDataObject {
	unreported?: UnreportedGap;
}

/**
 * For each trigger, the latest gap that this process has failed a poll for, by when it was found.
 */
const failedFor = new Map<string, number>();

/**
 * Reports gaps: as an event where that is selected, otherwise by failing the next poll, which shows
 * in the list of executions and starts the error workflow. The events of this poll come first.
 */
export function reportGaps(
	context: IPollFunctions,
	{ provider }: PollingSource,
	{ wants }: Pick<StreamRequest, 'wants'>,
	gaps: readonly string[],
	state: GapState,
): Event[] {
	if (gaps.length === 0) return [];
	const message = gaps.join(' ');
	const at = Date.now();
	context.logger.warn(message, {
		workflowId: context.getWorkflow().id,
		node: context.getNode().name,
	});
	if (wants(GAP_EVENT))
		return [identify(provider, { type: GAP_EVENT, payload: gapPayload(message, at) })];
	state.unreported = { message, at };
	return [];
}

/**
 * Fails once for a gap that was not reported. n8n stores no static data of a poll that throws, so
 * the gap may still be there afterwards. That it was reported is kept in memory; after a restart it
 * is reported again.
 */
export function failForUnreportedGap(context: IPollFunctions, state: GapState): void {
	const { unreported } = state;
	if (!unreported) return;
	delete state.unreported;
	if (failedFor.get(triggerIdOf(context)) === unreported.at) return;
	failedFor.set(triggerIdOf(context), unreported.at);
	throw new NodeOperationError(context.getNode(), unreported.message, {
		description:
			'Look up in their application what was missed, and poll more often. To get a gap as an item instead, add Gap Found to Trigger On.',
	});
}
