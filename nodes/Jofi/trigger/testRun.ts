import type { IExecuteFunctions } from 'n8n-workflow';

import { newestOf } from '../../shared/polling/newest';
import { textsIn } from '../../shared/values/text';
import type { Samples } from '../../shared/webhook/showSample';
import { JOFI_CREDENTIAL } from '../api/transport';
import { COMPLETED } from '../events/definitions';
import { jofiPolling } from '../polling/streams';
import { FETCH } from './fetchProperties';
import { guide } from './setupGuide';

/** The trigger has the credential of the API only while it fetches something. */
const hasApi = (context: IExecuteFunctions): boolean =>
	context.getNode().credentials?.[JOFI_CREDENTIAL] !== undefined &&
	textsIn(context.getNodeParameter(FETCH, 0, []) as string[]).length > 0;

/** What a test run shows at once. */
export const samplesOf = (context: IExecuteFunctions): Samples => ({
	first: COMPLETED,
	message: guide.message,
	...(hasApi(context) && { newest: newestOf(jofiPolling) }),
});
