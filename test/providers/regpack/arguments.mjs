import { Mistake } from './mistake.mjs';

/** @typedef {Record<string, unknown>} Body */

/**
 * The JSON object that a body is. What one that is none is answered is unknown: here it has no arguments.
 *
 * @param {string | undefined} text
 * @returns {Body}
 */
export function parsed(text = '') {
	try {
		const value = JSON.parse(text);
		return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
	} catch {
		return {};
	}
}

/**
 * Ids are typed as integers (documented, user); whether a text will do is unknown, and here it will not.
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
	if (typeof doc !== 'object' || doc === null || Array.isArray(doc)) throw new Mistake('doc must be an object');
	return /** @type {Body} */ (doc);
}

/** @param {Body} body */
export function requiredDoc(body) {
	const doc = docOf(body);
	if (!doc) throw new Mistake('doc is required');
	return doc;
}

/** Whether a boolean is set; one sample of the documents has it as text (fields). @param {unknown} value */
export const isOn = (value) => value === true || value === 'true';
