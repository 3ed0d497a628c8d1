import type { Operation } from '../../../api/define';
import { loginAnswer } from '../../answers';
import { idOf } from '../../ids';
import { locator } from '../../locators';
import { call } from '../../transport';
import { project, projectIn } from '../fields';
import { CHECK_USER } from './fields';

const user = locator('user', { required: true });

/**
 * `login` of users: a token for one login to one project, gone once it was used (documented, login); `doc` is sent
 * empty (documented). How it becomes a URL is not documented.
 */
export const createLoginToken: Operation = {
	value: 'createLoginToken',
	name: 'Create Login Token',
	action: 'Create login token of user',
	description:
		'Get a token that logs a user in once. Whoever has it can log in as the user, so treat user_token as a secret. It expires with the login; how it becomes a link is not documented.',
	fields: [user, project],
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
