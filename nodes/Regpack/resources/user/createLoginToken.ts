import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../../shared/actions/operation';
import { loginAnswer } from '../../api/responseSchemas';
import { idOf } from '../../api/ids';
import { locator } from '../../api/listSearch';
import { call } from '../../api/transport';
import { project, projectIn } from '../fields';
import { CHECK_USER } from './fields';

const user = locator('user', { required: true });

/** An operation's result is in the execution by nature: n8n 2.41.1 stores it, and acts on no mark of a node as sensitive. */
const isStored: INodeProperties = {
	displayName:
		'The token is stored with the execution, and whoever reads it first can log in as the user. Turn off the saving of executions in the settings of this workflow, and use the token at once: it is gone after one login.',
	name: 'storedTokenNotice',
	type: 'notice',
	default: '',
};

/**
 * `login` of users: a token for one login to one project, gone once it was used (documented, login); `doc` is sent
 * empty (documented). How it becomes a URL is not documented.
 */
export const createLoginToken: Operation = {
	value: 'createLoginToken',
	name: 'Create Login Token',
	action: 'Create login token of user',
	description:
		'Get a token that logs a user in once. Whoever has it can log in as the user, so treat user_token as a secret: n8n stores it with the execution. It expires with the login; how it becomes a link is not documented.',
	fields: [isStored, user, project],
	schema: loginAnswer,
	async run(context, index) {
		const clogin_id = idOf(context, user, index);
		return await call(context, {
			endpoint: 'users',
			action: 'login',
			groupId: projectIn(context, index),
			fields: { clogin_id },
			doc: {},
			object: 'user',
			id: String(clogin_id),
			advice: CHECK_USER,
		});
	},
};
