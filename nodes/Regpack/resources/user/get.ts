import { requestBody, tableProperties, type FieldTable } from '../../../shared/actions/fieldTable';
import { withOutput } from '../../../shared/actions/output';
import { call } from '../../api/transport';
import { project } from '../fields';
import { records } from '../records';
import { aboutUser, user } from './fields';
import { selection } from './selection';

const table: FieldTable = { main: [user, ...selection(['_allfields']), project] };

/**
 * `get_info` of users (documented, getinfo). An empty `doc` returns the metadata alone, says the
 * start of the page; a later part that was cut off may call all fields the default, so these are
 * requested explicitly.
 */
export const get = withOutput({
	value: 'get',
	name: 'Get',
	action: 'Get user',
	description: 'Retrieve one user by the ID',
	fields: tableProperties(table),
	record: records.user,
	run: async (context, index) =>
		await call(context, {
			...aboutUser,
			action: 'get_info',
			isRead: true,
			body: requestBody(context, index, table),
		}),
});
