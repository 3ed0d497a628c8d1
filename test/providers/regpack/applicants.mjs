import { Changes } from './changes.mjs';
import { Mistake } from './mistake.mjs';
import { isChild } from './objects.mjs';

/** @typedef {import('./objects.mjs').User} User */
/** @typedef {import('./objects.mjs').Value} Value */
/** @typedef {import('./objects.mjs').Payment} Payment */
/** @typedef {import('./catalogue.mjs').Form} Form */
/** @typedef {import('./webhooks.mjs').Answer} Answer */
/** @typedef {{ groupId?: number }} Where the credential's project unless it is named */

/**
 * Something that Regpack has an event for.
 *
 * @typedef {object} Occurrence
 * @property {string} event with the id of a form in place of `*`
 * @property {User[]} users whom it is about
 * @property {Form} [form]
 * @property {Record<string, Value>} [values] of the form, where they are not saved yet
 * @property {string} [username]
 * @property {Payment} [payment]
 * @property {string} [tag]
 */

/** What applicants do, which webhooks tell. */
export class Applicants extends Changes {
	/**
	 * Told of all that Regpack has an event for; returns the answer of the webhook, if there is one.
	 *
	 * @type {((occurrence: Occurrence) => Promise<Answer> | undefined) | undefined}
	 */
	onEvent = undefined;

	/**
	 * @param {ConstructorParameters<typeof Changes>[0]} settings
	 * @param {number} groupId the project of the credential
	 */
	constructor(settings, groupId) {
		super(settings);
		this.groupId = groupId;
	}

	/**
	 * A person registers as an applicant.
	 *
	 * @param {Where & { cloginId?: number, username?: string, password?: string } & Record<string, any>} [fields]
	 * cloginId: of one who has an account in another project; the rest are values of fields
	 */
	register({ groupId = this.groupId, cloginId, username, password, ...values } = {}) {
		const known = {
			first_name: 'Avery',
			last_name: 'Stone',
			main_email: `avery.${this.logins.size + 1}@example.org`,
		};
		const user = this.enter({
			groupId,
			cloginId,
			username,
			password,
			values: { ...known, ...values },
		});
		return this.told('user_registered', [user]);
	}

	/**
	 * A parent adds a child, in a family system. That it is no first registration of an applicant is
	 * unknown.
	 *
	 * @param {number} parentId
	 * @param {Where & Record<string, any>} [fields]
	 */
	addChild(parentId, { groupId = this.groupId, ...values } = {}) {
		const { last_name = 'Stone' } = this.get(groupId, parentId).values;
		return structuredClone(
			this.enter({
				groupId,
				connectedTo: parentId,
				values: { first_name: 'Robin', last_name, ...values },
			}),
		);
	}

	/**
	 * Unless the system remembered them (documented, webhooks).
	 *
	 * @param {number} cloginId
	 * @param {Where & { remembered?: boolean }} [options]
	 */
	login(cloginId, { groupId = this.groupId, remembered = false } = {}) {
		const user = this.get(groupId, cloginId);
		return remembered ? structuredClone(user) : this.told('login_success', [user]);
	}

	/**
	 * An applicant comes in with a token of the API: it works once, and in its project (documented,
	 * login).
	 *
	 * @param {string} token
	 * @param {Where} [where]
	 */
	loginWith(token, { groupId = this.groupId } = {}) {
		const user = this.tokens.get(token);
		if (!user || user.groupId !== groupId) throw new Mistake('The token is not valid');
		this.tokens.delete(token);
		return this.login(user.cloginId, { groupId });
	}

	/** @param {number} cloginId @param {Where & { username?: string, password?: string }} change */
	editCredentials(cloginId, { groupId = this.groupId, ...change }) {
		const login = this.loginOf(this.get(groupId, cloginId));
		Object.assign(login, change);
		return this.told('edit_user_credentials', [this.get(groupId, cloginId)], {
			username: login.username,
		});
	}

	/**
	 * Values are saved without a form being submitted; no event tells of that (documented, webhooks).
	 *
	 * @param {number} cloginId
	 * @param {Where & Record<string, any>} values
	 */
	edit(cloginId, { groupId = this.groupId, ...values }) {
		return structuredClone(this.save(this.get(groupId, cloginId), values));
	}

	/**
	 * A form is submitted, complete or not. Who had completed all before is not told of again
	 * (unknown).
	 *
	 * @param {number} cloginId
	 * @param {number} formId
	 * @param {Where & { values?: Record<string, Value> }} [options]
	 * @returns {Record<string, Promise<Answer> | undefined>} the answers of webhooks by event
	 */
	submitForm(cloginId, formId, { groupId = this.groupId, values = {} } = {}) {
		const user = this.get(groupId, cloginId);
		const form = this.formsOf(user).find(({ id }) => id === formId);
		if (!form) throw new Mistake(`User ${cloginId} does not have form ${formId}`);
		const wasComplete = this.hasCompletedAll(user);
		this.submit(this.save(user, values), form);
		const completed =
			wasComplete || !this.hasCompletedAll(user)
				? []
				: [isChild(user) ? 'child_complete' : 'user_complete'];
		const events = ['form_submitted', `form_submit_${formId}`, ...completed];
		return Object.fromEntries(
			events.map((event) => [event, this.tell({ event, users: [user], form })]),
		);
	}

	/**
	 * Submits a form with all that it requires.
	 *
	 * @param {number} cloginId
	 * @param {number} formId
	 * @param {Where & { values?: Record<string, Value> }} [options]
	 */
	completeForm(cloginId, formId, { groupId = this.groupId, values } = {}) {
		const missing = this.missingIn(this.get(groupId, cloginId), this.form(groupId, formId));
		const filled = Object.fromEntries(
			missing.map(({ name, id, choices }) => [name ?? id, choices?.slice(0, 1) ?? 'made up']),
		);
		this.submitForm(cloginId, formId, { groupId, values: { ...filled, ...values } });
		return structuredClone(this.get(groupId, cloginId));
	}

	/** @param {number} cloginId @param {Where & { productId?: number, q?: number }} [options] */
	order(
		cloginId,
		{ groupId = this.groupId, productId = this.productsOf(groupId)[0].id, q = 1 } = {},
	) {
		const user = this.get(groupId, cloginId);
		const line = this.putInCart(user, this.product(groupId, productId), q);
		this.tell({ event: 'user_order_updated', users: [user] });
		return structuredClone(line);
	}

	/** @param {number} cloginId @param {number} cartId @param {Where} [where] */
	takeBack(cloginId, cartId, { groupId = this.groupId } = {}) {
		const user = this.get(groupId, cloginId);
		user.cart = user.cart.filter((line) => line.cartId !== cartId);
		return this.told('user_order_updated', [user]);
	}

	/** @param {Occurrence} occurrence */
	tell(occurrence) {
		return this.onEvent?.(occurrence);
	}

	/** @protected @param {string} event @param {User[]} users @param {Partial<Occurrence>} [more] */
	told(event, users, more) {
		this.tell({ event, users, ...more });
		return structuredClone(users[0]);
	}
}
