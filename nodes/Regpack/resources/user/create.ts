import {
	additionalJson,
	requestBody,
	tableProperties,
	type FieldTable,
} from '../../../shared/actions/fieldTable';
import type { Operation } from '../../../shared/actions/operation';
import { parameterError } from '../../../shared/actions/parameters';
import { userResponse } from '../../api/responseSchemas';
import { call } from '../../api/transport';
import { project } from '../fields';
import { person, switches } from './fields';

const table: FieldTable = {
	main: [person.firstName, person.lastName, person.email, ...switches, project],
	additional: [
		person.organizationName,
		person.username,
		person.password,
		person.personId,
		additionalJson('Regpack', 'doc'),
	],
};

/**
 * `create` of users: an individual or a parent, as if registered (documented, TC8r-create). Fields
 * other than the username are inferred from create_child and from an older example.
 */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create user',
	description: 'Register a person, or a parent in a family system',
	fields: tableProperties(table),
	schema: userResponse,
	async run(context, index) {
		const body = requestBody(context, index, table);
		if (body.clogin_id === false && Object.keys(body.doc as object).length === 0) {
			throw parameterError(context, index)(
				'There is nothing to create the user from',
				'Give a name or an email address for this item, or the ID of a person whom your organization has.',
			);
		}
		return await call(context, {
			endpoint: 'users',
			action: 'create',
			body,
			advice: 'Check the values of the node; the username may be taken.',
		});
	},
};
