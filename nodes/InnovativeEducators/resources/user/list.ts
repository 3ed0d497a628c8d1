import { textsIn } from '../../../shared/values/text';
import { userList } from '../../api/users';
import { listOf } from '../readOperations';
import { records } from '../records';

/** `GET /users` with `role` (documented, rest/users/list). */
export const list = listOf({
	objects: 'users',
	filters: [
		{
			displayName: 'Role',
			name: 'role',
			type: 'string',
			default: '',
			description: 'Only users with this role, as Thought Industries names it',
		},
	],
	record: records.user,
	listing(context, index) {
		const [role] = textsIn(context.getNodeParameter('role', index, ''));
		return userList(role === undefined ? {} : { role });
	},
});
