import { z } from 'zod';

import { getSampleOf } from '../../../shared/actions/getSample';
import { STEP_CHANGED } from '../../events/definitions';
import { jobaffinityWebhooks } from '../../provider';

export const getSample = getSampleOf({
	provider: jobaffinityWebhooks.provider,
	first: STEP_CHANGED,
	description: 'Get a made-up event as the trigger outputs it; no login is needed',
	fields: [
		{
			displayName: 'With Details',
			name: 'withDetails',
			type: 'boolean',
			default: true,
			description:
				'Whether to include application, candidate, job and step, as if the trigger had fetched them. A delivery itself contains only a link to the application.',
		},
	],
	payload: z
		.object({ event: z.string(), application: z.object({ _self: z.string() }).passthrough() })
		.passthrough(),
	isDelivery: (context, index) => context.getNodeParameter('withDetails', index, true) !== true,
});
