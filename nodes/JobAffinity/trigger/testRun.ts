import type { IExecuteFunctions } from 'n8n-workflow';

import { newestOf } from '../../shared/polling/newest';
import type { Samples } from '../../shared/webhook/showSample';
import { JOBAFFINITY_CREDENTIAL } from '../api/transport';
import { STEP_CHANGED } from '../events/definitions';
import { jobAffinityPolling } from '../polling/streams';
import { guide } from './setupGuide';

/**
 * What a test run shows at once: with the details that the trigger fetches, because a delivery holds
 * only a link.
 */
export function samplesOf(context: IExecuteFunctions): Samples {
	const fetchesDetails = context.getNodeParameter('fetchDetails', 0, true) === true;
	const hasApi = context.getNode().credentials?.[JOBAFFINITY_CREDENTIAL] !== undefined;
	return {
		first: STEP_CHANGED,
		isDelivery: !fetchesDetails,
		message: guide.message,
		...(fetchesDetails && hasApi && { newest: newestOf(jobAffinityPolling) }),
	};
}
