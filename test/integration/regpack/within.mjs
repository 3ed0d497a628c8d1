/** @typedef {import('../../providers/regpack/server.mjs').Regpack} Regpack */

/** Statuses of the project of individuals; the last one excludes. */
export const ACCEPTED = 70001;
export const WAITLISTED = 70002;
export const WITHDRAWN = 70003;

/**
 * Nobody hears of what happens here: changes as the API makes them.
 *
 * @param {Regpack} regpack
 * @param {number} [groupId]
 */
export function within({ account }, groupId = account.groupId) {
	const userOf = (/** @type {number} */ id) => account.get(groupId, id);
	return {
		/** @param {Record<string, string>} [values] */
		join: (values) =>
			account.add({
				groupId,
				values: {
					first_name: 'Noa',
					last_name: 'Field',
					main_email: 'noa.field@example.org',
					...values,
				},
			}).cloginId,
		/** @param {number} id @param {number} statusId 0 for none */
		setStatus: (id, statusId) => void (userOf(id).statusId = statusId),
		/**
		 * All forms up to a number are complete, and no others.
		 *
		 * @param {number} id
		 * @param {number} count
		 */
		complete(id, count) {
			const user = userOf(id);
			Object.assign(user.values, {
				guardian_phone: '555 0100',
				heard_from: ['The web'],
				allergies: 'none',
			});
			user.submitted = user.formIds.slice(0, count);
		},
		/** @param {number} id @param {number} cents */
		order: (id, cents) =>
			void userOf(id).cart.push({
				cartId: 1,
				productId: 501,
				name: 'Week 1',
				q: 1,
				cents,
				details: {},
			}),
		/** @param {number} id @param {number} cents */
		pay: (id, cents) =>
			void userOf(id).payments.push({ id: 1, cents, refundedCents: 0, state: 'approved' }),
		/** Ids of all users. */
		get ids() {
			return account.users(groupId).map(({ cloginId }) => cloginId);
		},
	};
}
