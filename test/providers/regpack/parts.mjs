/** @typedef {import('./objects.mjs').User} User */
/** @typedef {import('./records.mjs').Records} Records */

/** Ids are strings in answers (documented by example, login and set_status). @param {User} user */
export const userInfo = ({ cloginId, groupId, connectedTo }) => ({
	clogin_id: String(cloginId),
	group_id: String(groupId),
	connected_to: String(connectedTo),
});

/**
 * Whole numbers with a sign between the thousands.
 *
 * @param {number | string} whole
 * @param {string} [sign]
 */
export const grouped = (whole, sign = ',') => String(whole).replace(/\B(?=(\d{3})+$)/g, sign);

/**
 * Two decimals (documented by example, user); how more than 999 is written is unknown.
 *
 * @param {number} cents
 * @param {import('./settings.mjs').Settings['amounts']} [amounts]
 */
export function money(cents, amounts = 'plain') {
	const [whole, decimals] = (cents / 100).toFixed(2).split('.');
	if (amounts === 'plain') return `${whole}.${decimals}`;
	return amounts === 'comma'
		? `${grouped(whole)}.${decimals}`
		: `${grouped(whole, '.')},${decimals}`;
}

/** @param {User} user in cents */
export function totalsOf({ cart, payments }) {
	const order = cart.reduce((sum, { q, cents }) => sum + q * cents, 0);
	const approved = payments.filter(({ state }) => state === 'approved');
	const paid = approved.reduce((sum, { cents, refundedCents }) => sum + cents - refundedCents, 0);
	return { order, paid, balance: order - paid };
}

/**
 * All keys that are documented; whether there are more is unknown. So is what tells `total_forms`
 * from `total_user_forms`: here both count the user's own forms. All values are strings, or null
 * (documented by example, user).
 *
 * @param {Records} records
 * @param {User} user
 */
export function metaInfo(records, user) {
	const forms = records.formsOf(user);
	const mandatory = forms.filter((form) => form.mandatory);
	const completed = (/** @type {typeof forms} */ all) =>
		String(all.filter((form) => records.isComplete(user, form)).length);
	const { order, paid, balance } = totalsOf(user);
	return {
		u_name: records.nameOf(user),
		total_forms: String(forms.length),
		completed_forms: completed(forms),
		total_user_forms: String(forms.length),
		total_completed_user_forms: completed(forms),
		total_user_mandatory_forms: String(mandatory.length),
		total_completed_user_mandatory_forms: completed(mandatory),
		total_order: money(order, records.amounts),
		total_paid: money(paid, records.amounts),
		total_balance: money(balance, records.amounts),
		status_id: String(user.statusId),
		status_name: records.statusOf(user)?.name ?? null,
	};
}
