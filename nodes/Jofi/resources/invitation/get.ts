import { invitationAnswer } from '../../api/responseSchemas';
import { locator } from '../../api/listSearch';
import { getOne } from '../read';

/** GET /invitations/:invitationId (documented, api/getting-started). */
export const get = getOne({
	object: 'invitation',
	objects: 'invitations',
	path: 'invitations',
	schema: invitationAnswer,
	field: locator('invitation', { required: true }),
});
