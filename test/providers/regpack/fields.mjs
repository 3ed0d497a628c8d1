import { SPECIAL_FIELDS } from './catalogue.mjs';
import { isOn } from './arguments.mjs';

/** @typedef {import('./objects.mjs').User} User */
/** @typedef {import('./objects.mjs').Value} Value */
/** @typedef {import('./catalogue.mjs').Field} Field */
/** @typedef {import('./records.mjs').Records} Records */

/** What a value is kept and shown under. @param {Field} field */
export const keyOf = ({ name, id }) => name ?? id;

/**
 * The field of that mapped name or id (both documented, update) on a form that the user has. The
 * special fields are there without any form (inferred from create_child).
 *
 * @param {Records} records
 * @param {User} user
 * @param {string} nameOrId
 * @returns {Field | undefined}
 */
export function fieldOf(records, user, nameOrId) {
	const fields = records.formsOf(user).flatMap((form) => form.fields);
	const found = fields.find(({ id, name }) => name === nameOrId || id === nameOrId);
	return (
		found ?? (SPECIAL_FIELDS.includes(nameOrId) ? { id: nameOrId, name: nameOrId } : undefined)
	);
}

/**
 * That an empty one is an empty text, or an empty array, is unknown.
 *
 * @param {User} user
 * @param {Field} field
 */
export const valueOf = ({ values }, field) => values[keyOf(field)] ?? (field.choices ? [] : '');

/**
 * The values that were selected, each under what it was asked by. That a field which the user has
 * not got is left out is unknown.
 *
 * @param {Records} records
 * @param {User} user
 * @param {Record<string, unknown>} selectors
 */
export function selectedFields(records, user, selectors) {
	const wanted = Object.keys(selectors).filter(
		(key) => !key.startsWith('_') && isOn(selectors[key]),
	);
	return Object.fromEntries(
		wanted.flatMap((key) => {
			const field = fieldOf(records, user, key);
			return field ? [[key, valueOf(user, field)]] : [];
		}),
	);
}

/** @param {string} text */
const withoutHtml = (text) => text.replace(/<[^>]*>/g, '').trim();

/**
 * A choice that exists: as it is, or else with HTML stripped from both (documented, update; the
 * rest of the rule is cut).
 *
 * @param {string[]} choices
 * @param {unknown} text
 */
const choiceOf = (choices, text) =>
	typeof text === 'string'
		? (choices.find((choice) => choice === text) ??
			choices.find((choice) => withoutHtml(choice) === withoutHtml(text)))
		: undefined;

/**
 * Where there are choices, an array of strings, all of which exist (documented, update; that one
 * which does not spoils the others is unknown). Elsewhere a text or an integer.
 *
 * @param {Field} field
 * @param {unknown} value
 * @returns {Value | undefined} undefined when it changes nothing
 */
function acceptedValue({ choices }, value) {
	if (!choices)
		return typeof value === 'string' || Number.isInteger(value) ? String(value) : undefined;
	if (!Array.isArray(value)) return undefined;
	const found = value.flatMap((text) => choiceOf(choices, text) ?? []);
	return found.length === value.length ? found : undefined;
}

/**
 * What of the sent values changes anything: fields that do not exist, or stand on no form of the
 * user, do not (documented, update).
 *
 * @param {Records} records
 * @param {User} user
 * @param {Record<string, unknown>} doc
 * @returns {Record<string, Value>}
 */
export function acceptedValues(records, user, doc) {
	return Object.fromEntries(
		Object.entries(doc).flatMap(([nameOrId, value]) => {
			const field = fieldOf(records, user, nameOrId);
			const accepted = field && acceptedValue(field, value);
			return field && accepted !== undefined ? [[keyOf(field), accepted]] : [];
		}),
	);
}
