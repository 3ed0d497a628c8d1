import type { IExecuteFunctions } from 'n8n-workflow';
import get from 'lodash/get';

import type { Samples } from '../../shared/webhook/showSample';
import { COMPLETED } from '../events/definitions';
import { referenceNamesIn, withReferenceNames } from '../events/references';
import { guide } from './setupGuide';

/** What a test run shows at once: the sample, with the references as the trigger names them. */
export function samplesOf(context: IExecuteFunctions): Samples {
	const names = referenceNamesIn(
		get(context.getNodeParameter('settings', 0, {}), 'referenceNames'),
	);
	return {
		first: COMPLETED,
		message: guide.message,
		addDetails: (event) => withReferenceNames(event, names),
	};
}
