import type { IExecuteFunctions } from 'n8n-workflow';
import orderBy from 'lodash/orderBy';

import { textAt } from '../../shared/values/text';
import type { Observed, PollingSource, PollRequest } from '../../shared/polling/stream';
import { gapEvent } from '../../shared/polling/gap';
import { applicantOf } from '../events/applicant';
import { filters } from '../events/filters';
import { userPages } from '../api/pagination';
import { changes, userAdded } from './definitions';
import { userAddedEvent, pollStreams } from './streams';
import { listingOf, pollingOptionsOf } from './properties';

/**
 * Of the first users in the list the one with the highest ID, for it is not documented which is the newest.
 * What a user was before nobody tells, so the other events have samples.
 */
async function newestEvents(
	context: IExecuteFunctions,
	{ wants, settings }: PollRequest,
	accepts: (observed: Observed) => boolean,
): Promise<Observed[]> {
	if (!wants(userAdded.type)) return [];
	const { value: page } = await userPages(context, listingOf(pollingOptionsOf(settings))).next();
	const first = orderBy([...(page?.users ?? []), ...(page?.children ?? [])], (record) => Number(applicantOf(record).cloginId), 'desc');
	return first.map((record) => userAddedEvent(record, 'test')).filter(accepts).slice(0, 1);
}

/** Regpack by looking: what the list of users shows, and the gap that looking can leave. */
export const regpackPoller: PollingSource = {
	provider: {
		name: 'regpack',
		label: 'Regpack',
		events: [userAdded, ...changes, gapEvent],
		filters,
		/** A gap, which no provider sends, has its own place for it. */
		type: (payload) => textAt(payload, 'event') ?? textAt(payload, 'type') ?? undefined,
		/** No event has one, as Regpack knows none of them. */
		id: () => undefined,
		/** Regpack does not tell when a user was added or changed (documented list of its metadata). */
		occurredAt: () => null,
		common: applicantOf,
		needsHttps: false,
	},
	look: pollStreams,
	recent: newestEvents,
};
