import { Mistake } from './mistake.mjs';

/** @typedef {Record<string, unknown>} Body */

/**
 * Ids are typed as integers (documented, user); whether a text will do is unknown, and here it will
 * not.
 *
 * @param {Body} from
 * @param {string} name
 */
export function integer(from, name) {
	if (!Number.isInteger(from[name])) throw new Mistake(`${name} must be an integer`);
	return Number(from[name]);
}

/**
 * An object, or the empty array that the tables call it (both documented, user and login).
 *
 * @param {Body} body
 * @returns {Body | undefined} undefined when it is absent
 */
export function docOf({ doc }) {
	if (doc === undefined) return undefined;
	if (Array.isArray(doc) && doc.length === 0) return {};
	if (typeof doc !== 'object' || doc === null || Array.isArray(doc))
		throw new Mistake('doc must be an object');
	return /** @type {Body} */ (doc);
}

/** @param {Body} body */
export function requiredDoc(body) {
	const doc = docOf(body);
	if (!doc) throw new Mistake('doc is required');
	return doc;
}

/**
 * On the top level, beside `action` (inferred: they are among the basic parameters, user).
 *
 * @param {Body} body
 * @param {'submit_forms' | 'disable_email_sending'} name
 * @param {boolean} standard
 */
export function flag(body, name, standard) {
	const { [name]: value = standard } = body;
	if (typeof value !== 'boolean') throw new Mistake(`${name} must be a boolean`);
	return value;
}

/** @param {Body} from @param {string} name @returns {string} empty when it is absent */
export function text(from, name) {
	const { [name]: value = '' } = from;
	if (typeof value !== 'string') throw new Mistake(`${name} must be a string`);
	return value;
}

/** @param {Body} from @param {string} name */
export function requiredText(from, name) {
	const value = text(from, name);
	if (value === '') throw new Mistake(`${name} is required`);
	return value;
}

/**
 * Whether a boolean is set; one sample of the documents has it as text (fields).
 *
 * @param {unknown} value
 */
export const isOn = (value) => value === true || value === 'true';
