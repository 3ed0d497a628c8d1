import { done } from './answers.mjs';
import { integer, requiredText, text } from './arguments.mjs';
import { Mistake } from './mistake.mjs';
import { sendMails, userOf } from './user.mjs';

/** @typedef {import('./routes.mjs').Call} Call */
/** @typedef {import('./arguments.mjs').Body} Body */

/** @param {unknown} value @returns {value is Body} */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @param {unknown} value @returns {value is Record<string, Body>} */
const isKeyed = (value) =>
	isObject(value) && Object.keys(value).length > 0 && Object.values(value).every(isObject);

/**
 * The entries of a list, or undefined where it has another shape.
 *
 * @type {Record<string, (list: unknown) => Body[] | undefined>}
 */
const SHAPES = {
	object: (list) => (isObject(list) && !isKeyed(list) ? [list] : undefined),
	array: (list) => (Array.isArray(list) && list.every(isObject) ? list : undefined),
	keyed: (list) => (isKeyed(list) ? Object.values(list) : undefined),
};

/**
 * The entries of a list of which place or shape are unknown.
 *
 * @param {Call} call
 * @param {string} name
 * @param {{ at: unknown, shape: string }} reading at: what stands where the server looks
 */
export function entriesOf({ settings }, name, { at, shape }) {
	const entries = SHAPES[shape](isObject(at) ? at[name] : undefined);
	if (!entries && settings.misread === 'refused') throw new Mistake(`${name} is required`);
	return entries ?? [];
}

/**
 * A product of the project, or a private one that is made for the user; its price is unknown, and 0
 * here.
 *
 * @param {Call} call
 * @param {Body} line
 */
function productOf({ account, groupId }, line) {
	if (line.p_id !== undefined) return account.product(groupId, integer(line, 'p_id'));
	return account.addProduct({
		groupId,
		type: 1,
		name: requiredText(line, 'name'),
		cents: 0,
		onlyOne: false,
		doc: {},
	});
}

/**
 * The format is mm-dd-yyyy, unless `date_structure` says another (documented, addproduct).
 *
 * @param {Body} line
 */
function checkDate(line) {
	const date = text(line, 'recurring_start_date');
	const isUsual = date === '' || /^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])-\d{4}$/.test(date);
	if (!isUsual && text(line, 'date_structure') === '')
		throw new Mistake('recurring_start_date must be mm-dd-yyyy');
}

/** add_product (documented, addproduct). @param {Call} call */
export function addProduct(call) {
	const { account, settings, body } = call;
	const user = userOf(call);
	const at = settings.productListAt === 'top' ? body : body.doc;
	const lines = entriesOf(call, 'product_list', { at, shape: settings.productListShape });
	for (const line of lines) {
		const { p_id, name, q, ...details } = line;
		integer(line, 'q');
		text(line, 'product_remark');
		checkDate(line);
		account.putInCart(user, productOf(call, line), Number(q), details);
	}
	if (lines.length > 0) sendMails(call, user);
	return done(call, user);
}
