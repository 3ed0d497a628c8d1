import { additionalJson } from '../../../shared/actions/fieldTable';
import type { Operation } from '../../../shared/actions/operation';
import { loginResponse, userResponse } from '../../api/responseSchemas';
import { parseId } from '../../api/ids';
import { locator } from '../../api/listSearch';
import { callOperation } from '../callOperation';
import { project } from '../fields';
import { addProduct } from './addProduct';
import { create } from './create';
import { aboutUser, person, switches, user } from './fields';
import { find } from './find';
import { get } from './get';
import { list } from './list';
import { logEmail } from './logEmail';
import { setStatus } from './setStatus';
import { update } from './update';

/**
 * `create_child` of users, in family systems (documented, createchild); `doc` is required even if
 * it is empty (documented).
 */
const createChild = callOperation({
	value: 'createChild',
	name: 'Create Child',
	action: 'Create child of user',
	description: 'Add a child to a parent in a family system',
	fields: {
		main: [
			{ key: 'connected_to', property: locator('parent'), convert: parseId, required: true },
			person.firstName,
			person.lastName,
			...switches,
			project,
		],
		additional: [
			person.organizationName,
			person.email,
			person.applicationDate,
			person.personId,
			additionalJson('Regpack', 'doc'),
		],
	},
	schema: userResponse,
	call: {
		endpoint: 'users',
		action: 'create_child',
		object: 'user',
		idKey: 'connected_to',
		advice:
			'Check the ID of the parent, who must be in the project, and that the project is a family system.',
	},
});

/**
 * `login` of users: a token for one login to one project, which expires once it is used
 * (documented, login); `doc` is sent empty (documented). How it becomes a URL is not documented.
 */
const createLoginToken = callOperation({
	value: 'createLoginToken',
	name: 'Create Login Token',
	action: 'Create login token of user',
	description:
		'Get a token that logs a user in once. Anybody who has it can log in as the user, so treat user_token as a secret: n8n stores it with the execution. It expires with the login. Regpack does not document how it becomes a link.',
	fields: {
		main: [
			// The result of an operation is part of the execution: n8n 2.41.1 stores it, and ignores that
			// a node marks it as sensitive.
			{
				displayName:
					'The token is stored with the execution, and anybody who reads it before it is used can log in as the user. Turn off the saving of executions in the settings of this workflow, and use the token at once: it expires after one login.',
				name: 'storedTokenNotice',
				type: 'notice',
				default: '',
			},
			user,
			project,
		],
	},
	schema: loginResponse,
	call: { ...aboutUser, action: 'login', body: { doc: {} } },
});

export const operations: readonly Operation[] = [
	get,
	find,
	...list,
	create,
	createChild,
	update,
	addProduct,
	logEmail,
	setStatus,
	createLoginToken,
];
