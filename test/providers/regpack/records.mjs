import { catalogueOf } from './catalogue.mjs';
import { isChild, newUser } from './objects.mjs';

/** @typedef {import('./objects.mjs').User} User */
/** @typedef {import('./objects.mjs').Value} Value */
/** @typedef {import('./catalogue.mjs').Form} Form */

/** @param {Value | undefined} value */
const isFilled = (value) => value !== undefined && value.length > 0;

/** What Regpack holds of an organisation, and changes to it that nobody is told of: those of the API. */
export class Records {
	/** @type {Map<number, import('./objects.mjs').Login>} by clogin_id */
	logins = new Map();

	/** What lists leave out: a user may be missing from a look without being gone. @type {Set<number>} */
	hidden = new Set();

	/** @type {Map<number, Map<number, User>>} by project, then by clogin_id */
	#users = new Map();

	#nextLogin = 200001;

	/** @param {{ apiAdmin: boolean }} settings */
	constructor({ apiAdmin }) {
		const { projects, statuses, categories, products, admins } = catalogueOf(apiAdmin);
		this.projects = projects;
		this.statuses = statuses;
		this.categories = categories;
		this.products = products;
		this.admins = admins;
		for (const { id } of projects) this.#users.set(id, new Map());
	}

	/** @param {number} groupId */
	project(groupId) {
		const project = this.projects.find(({ id }) => id === groupId);
		if (!project) throw new Error(`The organisation has no project ${groupId}`);
		return project;
	}

	/** In the order in which they came to the project. @param {number} groupId */
	users(groupId) {
		this.project(groupId);
		return [.../** @type {Map<number, User>} */ (this.#users.get(groupId)).values()];
	}

	/** @param {number} groupId @param {number} cloginId */
	find(groupId, cloginId) {
		return this.#users.get(groupId)?.get(cloginId);
	}

	/** @param {number} groupId @param {number} cloginId */
	get(groupId, cloginId) {
		const user = this.find(groupId, cloginId);
		if (!user) throw new Error(`Project ${groupId} has no user ${cloginId}`);
		return user;
	}

	/**
	 * @param {object} fields
	 * @param {number} fields.groupId
	 * @param {number} [fields.cloginId] of a person whom the organisation knows; made when there is none
	 * @param {number} [fields.connectedTo] of a child
	 * @param {Record<string, Value>} [fields.values]
	 * @param {string} [fields.username]
	 * @param {string} [fields.password]
	 */
	add({ groupId, cloginId = this.#nextLogin++, connectedTo, values, username, password = 'made-up-password' }) {
		const level = connectedTo === undefined ? 'user' : 'child';
		const formIds = this.project(groupId)
			.forms.filter((form) => form.given && form.level === level)
			.map(({ id }) => id);
		const user = newUser({ cloginId, groupId, connectedTo, values: { ...values }, formIds });
		if (!this.logins.has(cloginId)) {
			this.logins.set(cloginId, { id: cloginId, username: username ?? `user-${cloginId}`, password });
		}
		this.#users.get(groupId)?.set(cloginId, user);
		return user;
	}

	/** That people can delete users is inferred from the intro (documented, user). @param {number} groupId @param {number} cloginId */
	remove(groupId, cloginId) {
		this.get(groupId, cloginId);
		this.#users.get(groupId)?.delete(cloginId);
		for (const child of this.users(groupId)) if (child.connectedTo === cloginId) this.remove(groupId, child.cloginId);
	}

	/** @param {User} parent */
	childrenOf({ groupId, cloginId }) {
		return this.users(groupId).filter((user) => isChild(user) && user.connectedTo === cloginId);
	}

	/** What stands as `u_name` is inferred. @param {User} user */
	nameOf({ cloginId, values: { first_name = '', last_name = '' } }) {
		return `${first_name} ${last_name}`.trim() || (this.logins.get(cloginId)?.username ?? '');
	}

	/** @param {User} user */
	statusOf({ groupId, statusId }) {
		return this.statuses.find((status) => status.groupId === groupId && status.id === statusId);
	}

	/** @param {User} user */
	formsOf({ groupId, formIds }) {
		return this.project(groupId).forms.filter(({ id }) => formIds.includes(id));
	}

	/** Submitted with all that it requires (inferred: a form may be submitted incomplete). @param {User} user @param {Form} form */
	isComplete({ submitted, values }, { id, fields }) {
		return submitted.includes(id) && fields.every((field) => !field.required || isFilled(values[field.name ?? field.id]));
	}
}
