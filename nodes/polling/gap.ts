import { createHash } from 'node:crypto';
import { z } from 'zod';

import { nobody, type EventDefinition, type Payload } from '../delivery/define';

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
