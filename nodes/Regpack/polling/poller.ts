import type { IExecuteFunctions } from 'n8n-workflow';
import orderBy from 'lodash/orderBy';

import { singleEvent } from '../../shared/events/types';
import { textAt } from '../../shared/values/text';
import type { Observed, PollingSource, PollRequest } from '../../shared/polling/stream';
import { gapEvent } from '../../shared/polling/gap';
import { applicantOf } from '../events/applicant';
import { regpack } from '../provider';
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
		...regpack,
		events: [userAdded, ...changes, gapEvent],
		split: singleEvent,
	},
	dedupe: { by: 'key' },
	/** A gap, which no provider sends, has its own place for it. */
	typeOf: (payload) => textAt(payload, 'event') ?? String(payload.type),
	look: pollStreams,
	recent: newestEvents,
};
