import type { Operation } from '../../../shared/actions/operation';
import { statusSetAnswer } from '../../api/responseSchemas';
import { idOf } from '../../api/ids';
import { locator } from '../../api/listSearch';
import { countIn } from '../../events/numbers';
import { call } from '../../api/transport';
import { project, projectIn, text } from '../fields';

const user = locator('user', { required: true });

const status = text(
	'Status ID',
	'statusId',
	'The ID of the status, which Regpack shows under User Management > Tools > Edit Statuses, or 0 to clear the status',
	{ required: true, placeholder: 'e.g. 70001' },
);

/**
 * `set_status` of users: `status_id` stands beside the other arguments, and `doc` is sent empty (documented, setstatus).
 * No call lists the statuses.
 */
export const setStatus: Operation = {
	value: 'setStatus',
	name: 'Set Status',
	action: 'Set status of user',
	description: 'Set or clear the status of a user',
	fields: [user, status, project],
	schema: statusSetAnswer,
	async run(context, index, hint) {
		const clogin_id = idOf(context, user, index);
		const answer = await call(context, {
			endpoint: 'users',
			action: 'set_status',
			groupId: projectIn(context, index),
			fields: { clogin_id, status_id: idOf(context, status, index) },
			doc: {},
			object: 'user',
			id: String(clogin_id),
			advice: 'Check both IDs: the user must be in the project, and so must the status.',
		});
		if (countIn(answer.effected_users) === 0) {
			hint('Regpack says of an item that it changed the status of no user: see effected_users, and check both IDs.');
		}
		return answer;
	},
};
