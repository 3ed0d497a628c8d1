import type { Operation } from '../../../shared/actions/operation';
import { parameterError } from '../../../shared/actions/parameters';
import { userAnswer } from '../../api/responseSchemas';
import { idIn, idOf } from '../../api/ids';
import { locator } from '../../api/listSearch';
import { call } from '../../api/transport';
import { additionalFields, additionalIn, jsonFields, project, projectIn } from '../fields';
import { docOf, person, personFields, switches, switchesIn } from './fields';

const parent = locator('parent', { required: true });
const main = personFields('firstName', 'lastName');

/** `create_child` of users, in family systems (documented, createchild); `doc` is sent even if it is empty (documented). */
export const createChild: Operation = {
	value: 'createChild',
	name: 'Create Child',
	action: 'Create child of user',
	description: 'Add a child to a parent in a family system',
	fields: [
		parent,
		...main,
		...switches,
		project,
		additionalFields([...personFields('organizationName', 'email', 'applicationDate'), person, jsonFields]),
	],
	schema: userAnswer,
	async run(context, index) {
		const refuse = parameterError(context, index);
		const connected_to = idOf(context, parent, index);
		const given = Object.fromEntries(main.map(({ name }) => [name, context.getNodeParameter(name, index, '')]));
		const { personId, ...additional } = additionalIn(context, index);
		return await call(context, {
			endpoint: 'users',
			action: 'create_child',
			groupId: projectIn(context, index),
			fields: {
				clogin_id: idIn(person.displayName, personId, refuse) ?? false,
				connected_to,
				...switchesIn(context, index),
			},
			doc: docOf({ ...additional, ...given }, refuse),
			object: 'user',
			id: String(connected_to),
			advice: 'Check the ID of the parent, who must be in the project, and that the project is a family system.',
		});
	},
};
