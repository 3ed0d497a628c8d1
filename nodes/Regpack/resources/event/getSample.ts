import { z } from 'zod';

import { getSampleOf } from '../../../shared/actions/getSample';
import { withSampleDetails } from '../../events/details';
import { regpackWebhooks } from '../../provider';

export const getSample = getSampleOf({
	provider: regpackWebhooks.provider,
	first: 'user_complete',
	description: 'Get a made-up event as the Regpack Trigger outputs it; no credential is needed',
	fields: [
		{
			displayName: 'With User Details',
			name: 'withUserDetails',
			type: 'boolean',
			default: false,
			description:
				'Whether to include what the trigger adds with Fetch User Details, such as the email address',
		},
	],
	payload: z.object({}).passthrough(),
	addDetails: (context, index) =>
		context.getNodeParameter('withUserDetails', index, false) === true
			? withSampleDetails
			: undefined,
});
