import type { Operation } from '../../../shared/actions/operation';
import { requiredLocator } from '../../../shared/actions/resourceLocator';
import { locator } from '../../api/listSearch';
import { user as schema } from '../../api/responseSchemas';
import { findUser } from '../../api/users';

const user = locator('user', { required: true });

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get user',
	description: 'Retrieve a user by ID or email address',
	fields: [user],
	schema,
	isRead: true,
	run: async (context, index) =>
		await findUser(context, requiredLocator(context, user, index), index),
};
