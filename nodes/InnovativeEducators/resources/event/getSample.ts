import { getSampleOf } from '../../../shared/actions/getSample';
import { COMPLETED } from '../../events/definitions';
import { anyPayload } from '../../events/schemas';
import { innovativeEducatorsWebhooks } from '../../provider';

export const getSample = getSampleOf({
	provider: innovativeEducatorsWebhooks.provider,
	first: COMPLETED,
	description: 'Get a made-up event, as the Innovative Educators Trigger outputs it',
	payload: anyPayload,
});
