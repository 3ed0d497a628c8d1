import {
	additionalJson,
	booleanRow,
	requestBody,
	requiredRow,
	tableProperties,
	textRow,
	type FieldTable,
} from '../../../shared/actions/fieldTable';
import type { Operation } from '../../../shared/actions/operation';
import { textsIn } from '../../../shared/values/text';
import { recordIn } from '../../api/envelope';
import { user } from '../../api/responseSchemas';
import { call } from '../../api/transport';

/**
 * `email`, `upsert` and `externalCustomerId` are documented (rest/users/create), `courseIds` for
 * updates (rest/users/update); that the names of events and `courseIds` are understood here is
 * inferred.
 */
const table: FieldTable = {
	main: [
		requiredRow(
			textRow('email', 'Email', 'email', 'Email address of the user', {
				placeholder: 'e.g. ada.learner@college.example',
			}),
		),
	],
	additional: [
		additionalJson('Thought Industries'),
		textRow('firstName', 'First Name', 'firstName', 'Given name of the user'),
		textRow('lastName', 'Last Name', 'lastName', 'Family name of the user'),
		textRow(
			'externalCustomerId',
			'External ID',
			'externalCustomerId',
			'What identifies the user in single sign-on; unique on the site',
		),
		{
			...textRow(
				'courseIds',
				'Course IDs',
				'courseIds',
				'IDs of courses to enroll the user in, separated by commas',
			),
			convert: (_label, value) => {
				const ids = textsIn(value).flatMap((each) => textsIn(each.split(',')));
				return ids.length > 0 ? ids : undefined;
			},
		},
		booleanRow(
			'upsert',
			'Update If It Exists',
			'upsert',
			'Whether a user that exists with this address is updated',
		),
	],
};

export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create user',
	description: 'Create a user, or update the one with the same address',
	fields: tableProperties(table),
	schema: user,
	async run(context, index) {
		const body = requestBody(context, index, table);
		const response = await call(context, {
			method: 'POST',
			path: '/users',
			body,
			advice: 'Check the address, and whether the user exists: then turn on Update If It Exists.',
		});
		return recordIn(response, 'user');
	},
};
