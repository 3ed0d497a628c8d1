import { invitationAnswer } from '../../answers';
import { locator } from '../../locators';
import { getOne } from '../read';

/** GET /invitations/:invitationId (documented, api/getting-started). */
export const get = getOne({
	object: 'invitation',
	objects: 'invitations',
	path: 'invitations',
	schema: invitationAnswer,
	field: locator('invitation', { required: true }),
});
