import { z } from 'zod';

import { getSampleOf } from '../../../shared/actions/getSample';
import { jofi } from '../../provider';

const text = z.string().nullable();

/** Each event has fields of its own besides. */
export const getSample = getSampleOf({
	provider: jofi,
	first: 'test_taker.assessment_completed',
	description: 'Get a made-up event, shaped as the JOFI Trigger does it; no API key is needed',
	own: {
		eventId: text,
		apiVersion: text,
		webhookUrl: text,
		webhookVerificationMethod: text,
		payload: z.object({ id: text, type: z.string(), created_at: text }).passthrough(),
	},
});
