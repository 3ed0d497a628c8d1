import { textsIn } from '../../../shared/values/text';
import { user } from '../../api/responseSchemas';
import { userList } from '../../api/users';
import { getMany } from '../readLists';

/** `GET /users` with `role` (documented, rest/users/list). */
export const getAll = getMany({
	objects: 'users',
	fields: [
		{
			displayName: 'Role',
			name: 'role',
			type: 'string',
			default: '',
			description: 'Only users with this role, as Thought Industries names it',
		},
	],
	schema: user,
	listing(context, index) {
		const [role] = textsIn(context.getNodeParameter('role', index, ''));
		return userList(role === undefined ? {} : { role });
	},
});
