import { z } from 'zod';

import { getSampleOf } from '../../../shared/actions/getSample';
import { jofi } from '../../provider';

const text = z.string().nullable();

/** Each event also has fields of its own. */
export const getSample = getSampleOf({
	provider: jofi,
	first: 'test_taker.assessment_completed',
	description: 'Get a made-up event as the JOFI Trigger outputs it; no API key is needed',
	own: {
		eventId: text,
		apiVersion: text,
		webhookUrl: text,
		webhookVerificationMethod: text,
		payload: z.object({ id: text, type: z.string(), created_at: text }).passthrough(),
	},
});
