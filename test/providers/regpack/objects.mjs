/** @typedef {import('./catalogue.mjs').Project} Project */
/** @typedef {import('./catalogue.mjs').Form} Form */
/** @typedef {ReturnType<typeof newUser>} User */

/**
 * One person in all projects of the organization (documented, user).
 *
 * @typedef {{ id: number, username: string, password: string }} Login
 */

/**
 * @typedef {{ cartId: number, productId: number, name: string, q: number, cents: number, details: Record<string, unknown> }} CartLine
 */

/**
 * @typedef {{ id: number, cents: number, refundedCents: number, state: 'pending' | 'approved' }} Payment
 */

/**
 * @typedef {{ from: string, to: string, subject: string, body: string, cc?: string, bcc?: string, admin_id?: number }} Email
 */

/**
 * @typedef {string | string[]} Value of a field: an array of strings where it has choices
 * (documented, update)
 */

/**
 * The account of a person in a project. A parent and an individual are connected to themselves
 * (documented by example, login and set_status).
 *
 * @param {{ cloginId: number, groupId: number, connectedTo?: number, values?: Record<string, Value>, formIds: number[] }} fields
 */
export const newUser = ({ cloginId, groupId, connectedTo = cloginId, values = {}, formIds }) => ({
	cloginId,
	groupId,
	connectedTo,
	/** By the mapped name of a field, or its id where it has none. @type {Record<string, Value>} */
	values,
	/** The forms that the user has. */
	formIds,
	/** Ids of those that were submitted. @type {number[]} */
	submitted: [],
	/** 0 for none. */
	statusId: 0,
	/** @type {CartLine[]} */
	cart: [],
	/** @type {Payment[]} */
	payments: [],
	/** @type {string[]} */
	tags: [],
	/** The history of e-mails. @type {Email[]} */
	emails: [],
	/** What brought the user (documented, get_info). */
	utm: { campaign: '', content: '', id: '', medium: '', source: '', term: '' },
});

/** @param {User} user */
export const isChild = ({ cloginId, connectedTo }) => cloginId !== connectedTo;
