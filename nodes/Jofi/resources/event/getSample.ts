import { z } from 'zod';

import { getSampleOf } from '../../../shared/actions/getSample';
import { jofiWebhooks } from '../../provider';

const text = z.string().nullable();

export const getSample = getSampleOf({
	provider: jofiWebhooks.provider,
	first: 'test_taker.assessment_completed',
	description: 'Get a made-up event as the JOFI Trigger outputs it; no API key is needed',
	payload: z.object({ id: text, type: z.string(), created_at: text }).passthrough(),
});
