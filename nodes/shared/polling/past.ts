import type { IExecuteFunctions } from 'n8n-workflow';

import type { PastEvents, PastRequest, TimeRange } from '../events/past';
import type { PollingSource } from './stream';

/** The types of events of which the provider's API shows past ones. */
export const pastTypes = ({ streams }: PollingSource): string[] =>
	streams.flatMap(({ events, past }) => (past ? events : []));

/**
 * Reads past events of the streams that have them and are selected, one stream after the other. It
 * needs no cursor, and moves none.
 */
export async function* readPast(
	{ streams }: PollingSource,
	context: IExecuteFunctions,
	request: PastRequest,
	range: TimeRange,
	deadline: number,
): PastEvents {
	const reasons: string[] = [];
	for (const { events, past } of streams) {
		if (past && events.some(request.wants))
			reasons.push(...(yield* past(context, request, range, deadline)));
	}
	return reasons;
}
