import type { IExecuteFunctions } from 'n8n-workflow';

import { asText } from '../../shared/values/text';
import type { Samples } from '../../shared/webhook/showSample';
import { withSampleDetails } from '../events/details';

/**
 * What a test run shows at once: the sample, because Regpack's API shows no event of the past. It
 * has the form and the details that the trigger would add.
 */
export function samplesOf(context: IExecuteFunctions): Samples {
	const fetchesDetails = context.getNodeParameter('fetchUserDetails', 0, false) === true;
	const formId = asText(context.getNodeParameter('formId', 0, ''));
	return {
		first: 'user_complete',
		addDetails(event) {
			const detailed = fetchesDetails ? withSampleDetails(event) : event;
			return event.event.endsWith('*')
				? { ...detailed, extra: { ...detailed.extra, formId } }
				: detailed;
		},
	};
}
