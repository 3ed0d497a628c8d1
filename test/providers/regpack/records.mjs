import { catalogueOf } from './catalogue.mjs';
import { Mistake } from './mistake.mjs';
import { isChild } from './objects.mjs';

/** @typedef {import('./objects.mjs').User} User */
/** @typedef {import('./objects.mjs').Value} Value */
/** @typedef {import('./catalogue.mjs').Form} Form */

/** @param {Value | undefined} value */
const isFilled = (value) => value !== undefined && value.length > 0;

/** What Regpack holds of an organization. */
export class Records {
	/** @type {Map<number, import('./objects.mjs').Login>} by clogin_id */
	logins = new Map();

	/**
	 * What lists leave out: a user may be missing from a look without being gone.
	 *
	 * @type {Set<number>}
	 */
	hidden = new Set();

	/** Single-use tokens of the API. @type {Map<string, User>} */
	tokens = new Map();

	/**
	 * Automatic e-mails that went out (documented, user).
	 *
	 * @type {{ cloginId: number, groupId: number, action: string }[]}
	 */
	mails = [];

	/**
	 * Submitted forms run the project's triggers (documented, user).
	 *
	 * @type {{ cloginId: number, groupId: number, formId: number }[]}
	 */
	triggersRun = [];

	/**
	 * A trigger that gives a form when another is submitted.
	 *
	 * @type {{ groupId: number, formId: number, given: number }[]}
	 */
	triggers = [];

	/** @type {Map<number, Map<number, User>>} by project, then by clogin_id */
	members = new Map();

	/**
	 * @param {{ apiAdmin: boolean } & Partial<Pick<import('./settings.mjs').Settings, 'amounts'>>} settings
	 */
	constructor({ apiAdmin, amounts = 'plain' }) {
		this.amounts = amounts;
		const { projects, statuses, categories, products, admins } = catalogueOf(apiAdmin);
		this.projects = projects;
		this.statuses = statuses;
		this.categories = categories;
		this.products = products;
		this.admins = admins;
		for (const { id } of projects) this.members.set(id, new Map());
	}

	/** @param {number} groupId */
	project(groupId) {
		const project = this.projects.find(({ id }) => id === groupId);
		if (!project) throw new Mistake(`The organization has no project ${groupId}`);
		return project;
	}

	/** @param {number} groupId @param {number} formId */
	form(groupId, formId) {
		const form = this.project(groupId).forms.find(({ id }) => id === formId);
		if (!form) throw new Mistake(`Project ${groupId} has no form ${formId}`);
		return form;
	}

	/** @param {number} groupId */
	productsOf(groupId) {
		return this.products.filter((product) => product.groupId === groupId);
	}

	/** @param {number} groupId @param {number} productId */
	product(groupId, productId) {
		const product = this.productsOf(groupId).find(({ id }) => id === productId);
		if (!product) throw new Mistake(`Project ${groupId} has no product ${productId}`);
		return product;
	}

	/** @param {number} groupId @param {number} categoryId */
	category(groupId, categoryId) {
		const category = this.categories.find(
			(each) => each.groupId === groupId && each.id === categoryId,
		);
		if (!category) throw new Mistake(`Project ${groupId} has no category ${categoryId}`);
		return category;
	}

	/** In the order in which they came to the project. @param {number} groupId */
	users(groupId) {
		this.project(groupId);
		return [.../** @type {Map<number, User>} */ (this.members.get(groupId)).values()];
	}

	/** @param {number} groupId @param {number} cloginId */
	find(groupId, cloginId) {
		return this.members.get(groupId)?.get(cloginId);
	}

	/** @param {number} groupId @param {number} cloginId */
	get(groupId, cloginId) {
		const user = this.find(groupId, cloginId);
		if (!user) throw new Mistake(`Project ${groupId} has no user ${cloginId}`);
		return user;
	}

	/** @param {User} user */
	loginOf({ cloginId }) {
		return /** @type {import('./objects.mjs').Login} */ (this.logins.get(cloginId));
	}

	/** @param {string} username */
	isTaken(username) {
		return [...this.logins.values()].some((login) => login.username === username);
	}

	/** @param {User} user @param {number} paymentId */
	paymentOf({ cloginId, payments }, paymentId) {
		const payment = payments.find(({ id }) => id === paymentId);
		if (!payment) throw new Mistake(`User ${cloginId} has no payment ${paymentId}`);
		return payment;
	}

	/** @param {User} parent */
	childrenOf({ groupId, cloginId }) {
		return this.users(groupId).filter((user) => isChild(user) && user.connectedTo === cloginId);
	}

	/** What stands as `u_name` is inferred. @param {User} user */
	nameOf(user) {
		const { first_name = '', last_name = '' } = user.values;
		return `${first_name} ${last_name}`.trim() || this.loginOf(user).username;
	}

	/** @param {User} user */
	statusOf({ groupId, statusId }) {
		return this.statuses.find((status) => status.groupId === groupId && status.id === statusId);
	}

	/** @param {User} user */
	formsOf({ groupId, formIds }) {
		return this.project(groupId).forms.filter(({ id }) => formIds.includes(id));
	}

	/** @param {User} user @param {Form} form the fields that it requires and lacks */
	missingIn({ values }, { fields }) {
		return fields.filter((field) => field.required && !isFilled(values[field.name ?? field.id]));
	}

	/**
	 * Submitted with all that it requires: a form may be submitted incomplete (documented, webhooks).
	 *
	 * @param {User} user
	 * @param {Form} form
	 */
	isComplete(user, form) {
		return user.submitted.includes(form.id) && this.missingIn(user, form).length === 0;
	}

	/** @param {User} user */
	hasCompletedAll(user) {
		return this.formsOf(user).every((form) => this.isComplete(user, form));
	}
}
