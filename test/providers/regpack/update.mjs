import { done, ok } from './answers.mjs';
import { integer, requiredDoc } from './arguments.mjs';
import { Mistake } from './mistake.mjs';
import { sendMails, writeValues } from './user.mjs';

/**
 * update (documented, update). Nothing happens where the user is not in the project, or no value
 * can be written; what is answered then is unknown.
 *
 * @param {import('./routes.mjs').Call} call
 */
export function updateUser(call) {
	const { account, settings, groupId, body } = call;
	const doc = requiredDoc(body);
	// At least one (documented, update); what is answered to none is unknown.
	if (Object.keys(doc).length === 0) throw new Mistake('doc has no fields');
	if (body.connected_to !== undefined) integer(body, 'connected_to');
	const user = account.find(groupId, integer(body, 'clogin_id'));
	const written = user !== undefined && writeValues(call, user, doc);
	if (!written && settings.noOps === 'error') throw new Mistake('Nothing was updated');
	if (!user) return ok({ success: true });
	if (written) sendMails(call, user);
	return done(call, user);
}
