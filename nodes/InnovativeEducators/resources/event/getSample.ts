import { getSampleOf } from '../../../shared/actions/getSample';
import { COMPLETED } from '../../events/definitions';
import { innovativeEducators } from '../../provider';
import { sampledFields } from '../../events/schemas';

export const getSample = getSampleOf({
	provider: innovativeEducators,
	first: COMPLETED,
	description: 'Get a made-up event, shaped as the Innovative Educators Trigger does it',
	own: sampledFields,
});
