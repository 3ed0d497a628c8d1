import { withOutput } from '../../../shared/actions/output';
import { requiredLocator } from '../../../shared/actions/resourceLocator';
import { locator } from '../../api/listSearch';
import { findUser } from '../../api/users';
import { records } from '../records';

const user = locator('user', { required: true });

export const get = withOutput({
	value: 'get',
	name: 'Get',
	action: 'Get user',
	description: 'Retrieve a user by ID or email address',
	fields: [user],
	record: records.user,
	isRead: true,
	run: async (context, index) =>
		await findUser(context, requiredLocator(context, user, index), index),
});
