import { flag, integer } from './arguments.mjs';
import { acceptedValues } from './fields.mjs';

/** @typedef {import('./objects.mjs').User} User */
/** @typedef {import('./routes.mjs').Call} Call */

/**
 * Of `clogin_id`, in the project. What is answered where there is none is unknown, but for update.
 *
 * @param {Call} call
 */
export const userOf = ({ account, groupId, body }) =>
	account.get(groupId, integer(body, 'clogin_id'));

/**
 * Which calls send automatic e-mails is unknown; unless they are disabled (documented, user), all
 * that call this do.
 *
 * @param {Call} call
 * @param {User} user
 */
export function sendMails({ account, groupId, body }, { cloginId }) {
	if (flag(body, 'disable_email_sending', false)) return;
	account.mails.push({ cloginId, groupId, action: String(body.action) });
}

/**
 * Values are written, and the forms that hold them are submitted, which runs the project's
 * triggers, unless that is switched off (documented, user).
 *
 * @param {Call} call
 * @param {User} user
 * @param {Record<string, unknown>} doc
 * @returns whether anything was there to be written
 */
export function writeValues({ account, body }, user, doc) {
	const values = acceptedValues(account, user, doc);
	account.save(user, values);
	const written = account
		.formsOf(user)
		.filter(({ fields }) => fields.some(({ name, id }) => Object.hasOwn(values, name ?? id)));
	if (flag(body, 'submit_forms', true)) for (const form of written) account.submit(user, form);
	return Object.keys(values).length > 0;
}
