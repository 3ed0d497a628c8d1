import type { IExecuteFunctions } from 'n8n-workflow';

import type { Observed, PollingSource, PollRequest } from '../../shared/polling/stream';
import { newestChanges } from '../api/stepChanges';
import { STEP_CHANGED } from '../events/definitions';
import { jobaffinity } from '../provider';
import { collect } from '../api/pagination';
import { apiPath } from '../api/transport';
import { hasFailed, newestFirst } from '../api/webhookCalls';
import { callPayloads } from './calls';
import { callFailed, versionExpiring } from './definitions';
import { pollStreams, stepChangeEvent, versionEvent } from './streams';

/** How many of the newest changes are tried for one that passes the filters. */
const TRIED = 10;
/** How much of the history is searched for a failed call. */
const SEARCHED = 100;

async function newestChange(context: IExecuteFunctions, accepts: (observed: Observed) => boolean): Promise<Observed[]> {
	for (const change of (await newestChanges(context)).slice(0, TRIED)) {
		const observed = await stepChangeEvent(context, change);
		if (accepts(observed)) return [observed];
	}
	return [];
}

async function newestFailure(context: IExecuteFunctions): Promise<Observed[]> {
	const { items } = await collect(context, { link: apiPath`/webhook/task` }, SEARCHED);
	const failed = newestFirst(items).find(hasFailed);
	return failed ? callPayloads([failed]).map((payload) => ({ payload, extra: {} })) : [];
}

async function recent(
	context: IExecuteFunctions,
	{ wants }: PollRequest,
	accepts: (observed: Observed) => boolean,
): Promise<Observed[]> {
	const version = wants(versionExpiring.type) ? await versionEvent(context) : null;
	return [
		...(wants(STEP_CHANGED) ? await newestChange(context, accepts) : []),
		...(wants(callFailed.type) ? await newestFailure(context) : []),
		...(version ? [version] : []),
	];
}

/** JobAffinity by looking: step changes, and what the API says of webhook calls and of itself. */
export const jobAffinityPoller: PollingSource = {
	provider: { ...jobaffinity, events: [...jobaffinity.events, callFailed, versionExpiring] },
	dedupe: { by: 'key' },
	typeOf: (payload) => String(payload.event),
	look: pollStreams,
	recent,
};
