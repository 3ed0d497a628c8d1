import type { Operation } from '../../../shared/actions/operation';
import { simplify } from '../../../shared/actions/fields';
import { user as userSchema } from '../../api/responseSchemas';
import { idOf } from '../../api/ids';
import { locator } from '../../api/listSearch';
import { simplified } from '../../api/simplify';
import { call } from '../../api/transport';
import { project, projectIn } from '../fields';
import { CHECK_USER } from './fields';
import { selected, selection } from './selection';

const user = locator('user', { required: true });

/**
 * `get_info` of users (documented, getinfo). An empty `doc` gives the metadata alone, says the page's beginning; a
 * later part that was cut off may call all fields the default, so these are asked for by name.
 */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get user',
	description: 'Retrieve one user by the ID',
	fields: [user, ...selection(['_allfields']), simplify, project],
	schema: userSchema,
	async run(context, index) {
		const clogin_id = idOf(context, user, index);
		const record = await call(context, {
			endpoint: 'users',
			action: 'get_info',
			groupId: projectIn(context, index),
			fields: { clogin_id },
			doc: selected(context, index),
			object: 'user',
			id: String(clogin_id),
			advice: CHECK_USER,
			isRead: true,
		});
		return context.getNodeParameter('simplify', index, true) ? simplified(record) : record;
	},
};
