import { fieldOf, keyOf } from './fields.mjs';

/** @typedef {import('./records.mjs').Records} Records */
/** @typedef {import('./objects.mjs').User} User */
/** @typedef {import('./objects.mjs').Value} Value */

/** Documented, webhooks. */
export const MESSAGE_TYPES = ['error', 'notification', 'warning', 'success', 'information'];

/**
 * What a reply to a form's event asks for.
 *
 * @typedef {object} Reply
 * @property {string | undefined} msg
 * @property {string | undefined} type
 * @property {Record<string, Value>} jdoc by mapped name, or id where there is none
 * @property {string | undefined} focus
 * @property {string | undefined} redirect
 * @property {string[]} problems what of it Regpack could make nothing of
 */

/** @type {Reply} */
const NOTHING = {
	msg: undefined,
	type: undefined,
	jdoc: {},
	focus: undefined,
	redirect: undefined,
	problems: [],
};

/** @param {unknown} value */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The JSON object that a reply is. A flat one with status 200 is the natural reading (inferred);
 * what happens to any other reply is unknown, and here it asks for nothing.
 *
 * @param {{ status: number, text: string }} answer
 * @returns {Record<string, any> | string} what is wrong with it
 */
function objectIn({ status, text }) {
	if (status === 0) return `no reply: ${text}`;
	if (status !== 200) return `status ${status}`;
	if (text.trim() === '') return 'empty reply';
	try {
		const value = JSON.parse(text);
		return isObject(value) ? value : 'the reply is no object';
	} catch {
		return 'the reply is not JSON';
	}
}

/**
 * Values of fields are texts; how others are taken is unknown.
 *
 * @param {unknown} value
 * @returns {Value}
 */
const valueIn = (value) => (Array.isArray(value) ? value.map(String) : String(value ?? ''));

/**
 * @param {unknown} value must be valid (documented, webhooks); that it is one of the web is
 * inferred
 */
const isUrl = (value) =>
	typeof value === 'string' && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);

/**
 * Reads a reply by the documented contract (webhooks). Whether fields are meant by mapped name or
 * id is unknown, so both are understood; the key of a redirect is not documented.
 *
 * @param {{ status: number, text: string }} answer
 * @param {{ records: Records, user: User, redirectKey: string }} about
 * @returns {Reply}
 */
export function readReply(answer, { records, user, redirectKey }) {
	const reply = objectIn(answer);
	if (typeof reply === 'string') return { ...NOTHING, problems: [reply] };
	const { msg, msg_type: type, jdoc = {}, focus_on: focus, [redirectKey]: redirect } = reply;
	const fields = isObject(jdoc)
		? Object.entries(jdoc).map(([key, value]) => ({
				key,
				value,
				field: fieldOf(records, user, key),
			}))
		: [];
	const focused = typeof focus === 'string' ? fieldOf(records, user, focus) : undefined;
	const isWrong = {
		'msg is no text': msg !== undefined && typeof msg !== 'string',
		'msg without msg_type': msg !== undefined && type === undefined,
		'msg_type without msg': type !== undefined && msg === undefined,
		[`msg_type ${type} is unknown`]: type !== undefined && !MESSAGE_TYPES.includes(type),
		'jdoc is no object': !isObject(jdoc),
		// "Cannot be done in conjunction" (documented, webhooks).
		'error together with jdoc': type === 'error' && fields.length > 0,
		[`focus_on ${focus} is no field`]: focus !== undefined && !focused,
		[`${redirectKey} is no valid URL`]: redirect !== undefined && !isUrl(redirect),
		...Object.fromEntries(fields.map(({ key, field }) => [`jdoc ${key} is no field`, !field])),
	};
	return {
		msg: typeof msg === 'string' ? msg : undefined,
		type: MESSAGE_TYPES.includes(type) ? type : undefined,
		jdoc: Object.fromEntries(
			fields.flatMap(({ field, value }) => (field ? [[keyOf(field), valueIn(value)]] : [])),
		),
		focus: focused && keyOf(focused),
		redirect: isUrl(redirect) ? redirect : undefined,
		problems: Object.entries(isWrong).flatMap(([problem, wrong]) => (wrong ? [problem] : [])),
	};
}
