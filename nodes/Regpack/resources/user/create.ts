import type { Operation } from '../../../shared/actions/operation';
import { parameterError } from '../../../shared/actions/parameters';
import { userAnswer } from '../../api/responseSchemas';
import { idIn } from '../../api/ids';
import { call } from '../../api/transport';
import { additionalFields, additionalIn, jsonFields, project, projectIn } from '../fields';
import { docOf, person, personFields, switches, switchesIn } from './fields';

const main = personFields('firstName', 'lastName', 'email');

/**
 * `create` of users: an individual or a parent, as if registered (documented, TC8r-create). `clogin_id` is `false` for
 * someone new to the organization (documented). Beyond the username the fields are inferred from create_child and
 * from an older example.
 */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create user',
	description: 'Register a person, or a parent in a family system',
	fields: [
		...main,
		...switches,
		project,
		additionalFields([...personFields('organizationName', 'username', 'password'), person, jsonFields]),
	],
	schema: userAnswer,
	async run(context, index) {
		const refuse = parameterError(context, index);
		const given = Object.fromEntries(main.map(({ name }) => [name, context.getNodeParameter(name, index, '')]));
		const { personId, ...additional } = additionalIn(context, index);
		const known = idIn(person.displayName, personId, refuse);
		const doc = docOf({ ...additional, ...given }, refuse);
		if (known === undefined && Object.keys(doc).length === 0) {
			throw refuse(
				'There is nothing to create the user from',
				'Give a name or an email address for this item, or the ID of a person whom your organization has.',
			);
		}
		return await call(context, {
			endpoint: 'users',
			action: 'create',
			groupId: projectIn(context, index),
			fields: { clogin_id: known ?? false, ...switchesIn(context, index) },
			doc,
			advice: 'Check the values of the node; the username may be taken.',
		});
	},
};
