import { SPECIAL_FIELDS } from './catalogue.mjs';
import { isOn } from './arguments.mjs';

/** @typedef {import('./objects.mjs').User} User */
/** @typedef {import('./catalogue.mjs').Field} Field */
/** @typedef {import('./records.mjs').Records} Records */

/** What a value is kept and shown under. @param {Field} field */
export const keyOf = ({ name, id }) => name ?? id;

/**
 * The field of that mapped name or id (both documented, update) on a form that the user has. The special fields are there
 * without any form (inferred from create_child).
 *
 * @param {Records} records
 * @param {User} user
 * @param {string} nameOrId
 * @returns {Field | undefined}
 */
export function fieldOf(records, user, nameOrId) {
	const fields = records.formsOf(user).flatMap((form) => form.fields);
	const found = fields.find(({ id, name }) => name === nameOrId || id === nameOrId);
	return found ?? (SPECIAL_FIELDS.includes(nameOrId) ? { id: nameOrId, name: nameOrId } : undefined);
}

/**
 * The values that were selected, each under what it was asked by. That a field which the user has not got is left out, and
 * an empty one is an empty text, is unknown.
 *
 * @param {Records} records
 * @param {User} user
 * @param {Record<string, unknown>} selectors
 */
export function selectedFields(records, user, selectors) {
	const wanted = Object.keys(selectors).filter((key) => !key.startsWith('_') && isOn(selectors[key]));
	return Object.fromEntries(
		wanted.flatMap((key) => {
			const field = fieldOf(records, user, key);
			return field ? [[key, user.values[keyOf(field)] ?? (field.choices ? [] : '')]] : [];
		}),
	);
}
