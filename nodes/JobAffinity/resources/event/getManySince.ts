import { z } from 'zod';

import { getManySinceOf } from '../../../shared/actions/getManySince';
import { pastTypes, readPast } from '../../../shared/polling/past';
import { pollingOptions } from '../../events/options';
import { jobAffinityPolling } from '../../polling/streams';

export const getManySince = getManySinceOf({
	provider: jobAffinityPolling.provider,
	types: pastTypes(jobAffinityPolling),
	triggers: ['jobAffinityTrigger', 'jobAffinityPollingTrigger'],
	webhook: jobAffinityPolling.webhook,
	description:
		"Retrieve the events of a time range from JobAffinity's API, as the triggers output them",
	notice:
		'Reads the history of step changes, and the calls of webhooks, with at most 45 requests a minute. JobAffinity writes days and times without a zone: events that may be in the range are taken, so some from just outside it as well.',
	options: pollingOptions,
	payload: z.object({ event: z.string() }).passthrough(),
	source: () => jobAffinityPolling,
	read: (...given) => readPast(jobAffinityPolling, ...given),
});
