import { done } from './answers.mjs';
import { requiredDoc, requiredText, text } from './arguments.mjs';
import { Mistake } from './mistake.mjs';
import { entriesOf } from './order.mjs';
import { userOf } from './user.mjs';

/**
 * add_email: recorded in the user's history, and not sent (documented, addemail).
 *
 * @param {import('./routes.mjs').Call} call
 */
export function addEmail(call) {
	const { account, settings, body } = call;
	const user = userOf(call);
	const entries = entriesOf(call, 'email_list', {
		at: requiredDoc(body),
		shape: settings.emailListShape,
	});
	for (const entry of entries) {
		for (const name of ['from', 'to', 'subject', 'body']) requiredText(entry, name);
		for (const name of ['cc', 'bcc']) text(entry, name);
		// "Validated for level and project access" (documented, addemail); here only that there is one.
		if (entry.admin_id !== undefined && !account.admins.includes(Number(entry.admin_id)))
			throw new Mistake('admin_id is not valid');
		user.emails.push(
			/** @type {import('./objects.mjs').Email} */ (/** @type {unknown} */ ({ ...entry })),
		);
	}
	return done(call, user);
}
