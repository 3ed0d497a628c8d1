import type { Operation } from '../../../shared/actions/operation';
import { simplify } from '../../../shared/actions/fields';
import { user as userSchema } from '../../api/responseSchemas';
import { simplifyUser } from '../../api/simplify';
import { callOperation } from '../callOperation';
import { project } from '../fields';
import { aboutUser, user } from './fields';
import { selection } from './selection';

/**
 * `get_info` of users (documented, getinfo). An empty `doc` returns the metadata alone, says the
 * start of the page; a later part that was cut off may call all fields the default, so these are
 * requested explicitly.
 */
const getInfo = callOperation({
	value: 'get',
	name: 'Get',
	action: 'Get user',
	description: 'Retrieve one user by the ID',
	fields: { main: [user, ...selection(['_allfields']), simplify, project] },
	schema: userSchema,
	call: { ...aboutUser, action: 'get_info', isRead: true },
});

export const get: Operation = {
	...getInfo,
	async run(context, index) {
		const record = await getInfo.run(context, index);
		return context.getNodeParameter(simplify.name, index, true) ? simplifyUser(record) : record;
	},
};
