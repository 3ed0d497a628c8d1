import { z } from 'zod';

import { getSampleOf } from '../../../shared/actions/getSample';
import { jofiWebhooks } from '../../provider';
import { withSampleScorecards } from '../../trigger/fetch';

const text = z.string().nullable();

/** What is certain of every payload. */
export const payload = z.object({ id: text, type: z.string(), created_at: text }).passthrough();

export const getSample = getSampleOf({
	provider: withSampleScorecards(jofiWebhooks.provider),
	first: 'test_taker.assessment_completed',
	description: 'Get a made-up event as the JOFI Trigger outputs it; no API key is needed',
	fields: [
		{
			displayName: 'Include Scorecard',
			name: 'includeScorecard',
			type: 'boolean',
			default: false,
			description:
				'Whether completed assessments have a scorecard, as if the trigger had fetched it',
		},
	],
	isDelivery: (context, index) =>
		context.getNodeParameter('includeScorecard', index, false) !== true,
	payload,
});
