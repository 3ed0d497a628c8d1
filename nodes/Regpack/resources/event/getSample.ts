import { z } from 'zod';

import { getSampleOf } from '../../../shared/actions/getSample';
import { regpackWebhooks } from '../../provider';

export const getSample = getSampleOf({
	provider: regpackWebhooks.provider,
	first: 'user_complete',
	description: 'Get a made-up event as the Regpack Trigger outputs it; no credential is needed',
	payload: z.object({}).passthrough(),
});
