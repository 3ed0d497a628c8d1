import { getSampleOf } from '../../../api/sample';
import { COMPLETED } from '../../events';
import { innovativeEducators } from '../../provider';
import { sampledFields } from '../../schemas';

export const getSample = getSampleOf({
	provider: innovativeEducators,
	first: COMPLETED,
	description: 'Get a made-up event, shaped as the Innovative Educators Trigger does it',
	own: sampledFields,
});
