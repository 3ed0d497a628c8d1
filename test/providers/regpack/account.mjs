import { Applicants } from './applicants.mjs';

/** @typedef {import('./objects.mjs').Payment} Payment */
/** @typedef {import('./applicants.mjs').Where} Where */

/** @param {number} amount e.g. 19.99 */
const centsOf = (amount) => Math.round(amount * 100);

/**
 * A simulated organization at Regpack: what it holds, and what its people and its applicants do,
 * which webhooks tell. What a method returns is a copy of that moment. A method throws where nobody
 * could do it.
 */
export class Account extends Applicants {
	/**
	 * Many applicants at once, of whom nobody is told.
	 *
	 * @param {number} count
	 * @param {Where & { childrenEach?: number }} [options]
	 */
	populate(count, { groupId = this.groupId, childrenEach = 0 } = {}) {
		for (let made = 1; made <= count; made++) {
			const values = {
				first_name: 'Avery',
				last_name: `Stone ${made}`,
				main_email: `stone.${made}@example.org`,
			};
			const { cloginId } = this.add({ groupId, values });
			for (let child = 1; child <= childrenEach; child++) {
				this.add({
					groupId,
					connectedTo: cloginId,
					values: { ...values, first_name: `Robin ${child}` },
				});
			}
		}
	}

	/**
	 * That people can delete users is inferred (the intro speaks of it, user).
	 *
	 * @param {number} cloginId
	 * @param {Where} [where]
	 */
	remove(cloginId, { groupId = this.groupId } = {}) {
		const user = this.get(groupId, cloginId);
		for (const gone of [user, ...this.childrenOf(user)]) this.take(gone);
	}

	/**
	 * A trigger of the project gives a form to who submits another.
	 *
	 * @param {number} formId
	 * @param {number} given
	 * @param {Where} [where]
	 */
	addTrigger(formId, given, { groupId = this.groupId } = {}) {
		for (const id of [formId, given]) this.form(groupId, id);
		this.triggers.push({ groupId, formId, given });
	}

	/** @param {number} cloginId @param {number} formId @param {Where} [where] */
	giveForm(cloginId, formId, { groupId = this.groupId } = {}) {
		return structuredClone(this.give(this.get(groupId, cloginId), this.form(groupId, formId).id));
	}

	/**
	 * For one or a group.
	 *
	 * @param {number | number[]} cloginIds
	 * @param {number} statusId 0 clears it
	 * @param {Where} [where]
	 */
	setStatus(cloginIds, statusId, { groupId = this.groupId } = {}) {
		const users = [cloginIds].flat().map((id) => this.get(groupId, id));
		for (const user of users) this.putStatus(user, statusId);
		this.tell({ event: 'status_update', users });
	}

	/**
	 * An applicant pays, or an admin processes a payment.
	 *
	 * @param {number} cloginId
	 * @param {number} amount e.g. 19.99
	 * @param {Where & { state?: Payment['state'] }} [options]
	 */
	pay(cloginId, amount, { groupId = this.groupId, state = 'approved' } = {}) {
		const payment = this.putPayment(this.get(groupId, cloginId), centsOf(amount), state);
		return this.#paid(cloginId, groupId, payment, ['payment_issued']);
	}

	/** @param {number} cloginId @param {number} paymentId @param {Where} [where] */
	approve(cloginId, paymentId, { groupId = this.groupId } = {}) {
		const payment = this.paymentOf(this.get(groupId, cloginId), paymentId);
		payment.state = 'approved';
		return this.#paid(cloginId, groupId, payment);
	}

	/**
	 * @param {number} cloginId
	 * @param {number} paymentId
	 * @param {Where & { amount?: number }} [options] amount: all of it
	 */
	refund(cloginId, paymentId, { groupId = this.groupId, amount } = {}) {
		const payment = this.paymentOf(this.get(groupId, cloginId), paymentId);
		payment.refundedCents =
			amount === undefined ? payment.cents : payment.refundedCents + centsOf(amount);
		return this.#paid(cloginId, groupId, payment, ['payment_refunded']);
	}

	/**
	 * For one or a group.
	 *
	 * @param {number | number[]} cloginIds
	 * @param {string} tag
	 * @param {Where} [where]
	 */
	tag(cloginIds, tag, { groupId = this.groupId } = {}) {
		const users = [cloginIds].flat().map((id) => this.get(groupId, id));
		for (const user of users) user.tags = [...new Set([...user.tags, tag])];
		this.tell({ event: 'tag_update', users, tag });
	}

	/**
	 * For one or a group.
	 *
	 * @param {number | number[]} cloginIds
	 * @param {string} tag
	 * @param {Where} [where]
	 */
	untag(cloginIds, tag, { groupId = this.groupId } = {}) {
		const users = [cloginIds].flat().map((id) => this.get(groupId, id));
		for (const user of users) user.tags = user.tags.filter((each) => each !== tag);
		this.tell({ event: 'tag_update', users, tag });
	}

	/**
	 * @param {number} cloginId
	 * @param {number} groupId
	 * @param {Payment} payment
	 * @param {string[]} [events] beside payment_event
	 */
	#paid(cloginId, groupId, payment, events = []) {
		for (const event of ['payment_event', ...events])
			this.tell({ event, users: [this.get(groupId, cloginId)], payment });
		return structuredClone(payment);
	}
}
