import { Mistake } from './mistake.mjs';
import { isChild, newUser } from './objects.mjs';
import { Records } from './records.mjs';

/** @typedef {import('./objects.mjs').User} User */
/** @typedef {import('./objects.mjs').Value} Value */
/** @typedef {import('./catalogue.mjs').Form} Form */
/** @typedef {import('./catalogue.mjs').Product} Product */

/**
 * The form only: Regpack looks into the DNS, too (documented, fields).
 *
 * @param {unknown} value
 * @returns {value is string}
 */
export const isEmail = (value) =>
	typeof value === 'string' && /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value);

/** @template Kept @param {Kept[]} all @param {Kept} added */
function kept(all, added) {
	all.push(added);
	return added;
}

/** Changes that nobody is told of: API activity never fires webhooks (documented, webhooks). */
export class Changes extends Records {
	#next = {
		login: 200001,
		cart: 30001,
		payment: 40001,
		status: 71001,
		category: 901,
		product: 601,
	};

	/**
	 * A new account in a project, of whom lists tell from now on.
	 *
	 * @param {object} fields
	 * @param {number} fields.groupId
	 * @param {number} [fields.cloginId] of a person whom the organization knows; made when there is
	 * none
	 * @param {number} [fields.connectedTo] of a child
	 * @param {Record<string, Value>} [fields.values]
	 * @param {string} [fields.username]
	 * @param {string} [fields.password]
	 */
	add({ groupId, cloginId = this.#next.login++, connectedTo, values, username, password = '' }) {
		const level = connectedTo === undefined ? 'user' : 'child';
		const formIds = this.project(groupId)
			.forms.filter((form) => form.given && form.level === level)
			.map(({ id }) => id);
		const user = newUser({ cloginId, groupId, connectedTo, values: { ...values }, formIds });
		if (!this.logins.has(cloginId))
			this.logins.set(cloginId, {
				id: cloginId,
				username: username ?? `user-${cloginId}`,
				password,
			});
		this.members.get(groupId)?.set(cloginId, user);
		return user;
	}

	/**
	 * As `add`, where it can be; who names no username gets the first e-mail that is not taken.
	 *
	 * @param {Parameters<Changes['add']>[0]} fields
	 */
	enter(fields) {
		const { groupId, cloginId, connectedTo, values = {}, username } = fields;
		if (cloginId !== undefined && !this.logins.has(cloginId))
			throw new Mistake(`The organization has no person ${cloginId}`);
		if (cloginId !== undefined && this.find(groupId, cloginId))
			throw new Mistake(`Project ${groupId} has user ${cloginId} already`);
		if (connectedTo !== undefined && this.project(groupId).system !== 'family')
			throw new Mistake(`Project ${groupId} has no families`);
		if (connectedTo !== undefined && isChild(this.get(groupId, connectedTo)))
			throw new Mistake(`User ${connectedTo} is no parent`);
		if (username && this.isTaken(username)) throw new Mistake('The username is taken');
		return this.add({ ...fields, username: username || this.#freeEmail(values) });
	}

	/** @param {User} user */
	take({ groupId, cloginId }) {
		this.members.get(groupId)?.delete(cloginId);
	}

	/** @param {User} user @param {Record<string, Value>} values */
	save(user, values) {
		Object.assign(user.values, values);
		return user;
	}

	/** @param {User} user @param {number} formId */
	give(user, formId) {
		if (!user.formIds.includes(formId)) user.formIds.push(formId);
		return user;
	}

	/** @param {User} user @param {Form} form */
	submit(user, { id: formId }) {
		const { groupId, cloginId } = user;
		if (!user.submitted.includes(formId)) user.submitted.push(formId);
		this.triggersRun.push({ cloginId, groupId, formId });
		for (const trigger of this.triggers)
			if (trigger.groupId === groupId && trigger.formId === formId) this.give(user, trigger.given);
	}

	/** @param {User} user @param {number} statusId 0 clears it */
	putStatus(user, statusId) {
		const known = this.statuses.some(
			({ id, groupId }) => id === statusId && groupId === user.groupId,
		);
		if (statusId !== 0 && !known)
			throw new Mistake(`Project ${user.groupId} has no status ${statusId}`);
		user.statusId = statusId;
	}

	/**
	 * One of what can only be ordered once (documented, addproduct).
	 *
	 * @param {User} user
	 * @param {Product} product
	 * @param {number} q
	 * @param {object} [details]
	 */
	putInCart(user, { id: productId, name, cents, onlyOne }, q, details = {}) {
		const there = onlyOne ? user.cart.find((line) => line.productId === productId) : undefined;
		if (there) return there;
		const line = {
			cartId: this.#next.cart++,
			productId,
			name,
			q: onlyOne ? Math.min(q, 1) : q,
			cents,
			details: { ...details },
		};
		user.cart.push(line);
		return line;
	}

	/**
	 * @param {User} user
	 * @param {number} cents
	 * @param {import('./objects.mjs').Payment['state']} state
	 */
	putPayment(user, cents, state) {
		const payment = { id: this.#next.payment++, cents, refundedCents: 0, state };
		user.payments.push(payment);
		return payment;
	}

	/** @param {Omit<import('./catalogue.mjs').Status, 'id'>} fields */
	addStatus(fields) {
		return kept(this.statuses, { id: this.#next.status++, ...fields });
	}

	/** @param {Omit<import('./catalogue.mjs').Category, 'id'>} fields */
	addCategory(fields) {
		return kept(this.categories, { id: this.#next.category++, ...fields });
	}

	/** @param {Omit<Product, 'id'>} fields */
	addProduct(fields) {
		return kept(this.products, { id: this.#next.product++, ...fields });
	}

	/**
	 * `main_email` first, then any other (documented, create); undefined when none is left.
	 *
	 * @param {Record<string, Value>} values
	 */
	#freeEmail({ main_email, ...others }) {
		return [main_email, ...Object.values(others)].flatMap((value) =>
			isEmail(value) && !this.isTaken(value) ? [value] : [],
		)[0];
	}
}
