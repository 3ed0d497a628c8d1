import { done, ok } from './answers.mjs';
import { integer, requiredDoc, requiredText } from './arguments.mjs';
import { Mistake } from './mistake.mjs';
import { sendMails, userOf } from './user.mjs';

/** @typedef {import('./routes.mjs').Call} Call */

/**
 * set_status: 0 clears (documented, setstatus). What is answered to a filled `doc` is unknown.
 *
 * @param {Call} call
 */
export function setStatus(call) {
	const user = userOf(call);
	if (Object.keys(requiredDoc(call.body)).length > 0) throw new Mistake('doc must be empty');
	call.account.putStatus(user, integer(call.body, 'status_id'));
	sendMails(call, user);
	return done(call, user, {
		msg: 'Status updated',
		msg_type: 'success',
		users: [user.cloginId],
		effected_users: 1,
	});
}

/**
 * create of statuses (documented, status create). Whether names may be alike is unknown; here they
 * may.
 *
 * @param {Call} call
 */
export function createStatus({ account, groupId, body }) {
	const doc = requiredDoc(body);
	const [name, color, excluded] = [
		requiredText(doc, 'status_name'),
		requiredText(doc, 'color'),
		integer(doc, 'is_excluded'),
	];
	if (!/^#[\da-f]{6}$/i.test(color)) throw new Mistake('color must be a hex color');
	if (excluded !== 0 && excluded !== 1) throw new Mistake('is_excluded must be 0 or 1');
	const { id } = account.addStatus({ groupId, name, color, isExcluded: excluded === 1 });
	return ok({ msg: 'Status created', msg_type: 'info', status_id: id, success: true });
}
