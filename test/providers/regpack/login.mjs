import { randomUUID } from 'node:crypto';
import { done } from './answers.mjs';
import { requiredDoc } from './arguments.mjs';
import { userOf } from './user.mjs';

/**
 * login: a token for one login in the project (documented, login).
 *
 * @param {import('./routes.mjs').Call} call
 */
export function loginToken(call) {
	const user = userOf(call);
	requiredDoc(call.body);
	const user_token = randomUUID();
	call.account.tokens.set(user_token, user);
	return done(call, user, {
		msg: 'User logged in',
		system_action: ['user_registered'],
		user_token,
	});
}
