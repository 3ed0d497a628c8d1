import { invitationAnswer } from '../../api/responseSchemas';
import { getMany } from '../read';

/** GET /invitations: the route is documented (api/api-keys), its items and how many are not. */
export const getAll = getMany({
	object: 'invitation',
	objects: 'invitations',
	path: 'invitations',
	schema: invitationAnswer,
});
