import { ok } from './answers.mjs';
import { integer, requiredDoc, requiredText } from './arguments.mjs';
import { Mistake } from './mistake.mjs';

/** @typedef {import('./routes.mjs').Call} Call */
/** @typedef {import('./arguments.mjs').Body} Body */

const [DISCOUNT, DAY] = [2, 5];

/** Optional arguments by type (documented, products create, create_category and edit_category). */
const OPTIONAL = {
	string: [
		...[
			'product_start_date',
			'product_end_date',
			'product_short_remarks',
			'location',
			'internalid',
			'misc1',
			'misc2',
		],
		...[
			'product_activity_start_date',
			'product_activity_end_date',
			'category_top_remark',
			'category_bottom_remark',
		],
	],
	boolean: ['lock_once_funds_allocated', 'only_one', 'interchange_category', 'mandatory_category'],
	number: ['category_quota_ordered'],
};

/** @param {Body} doc */
function checkOptional(doc) {
	for (const [type, names] of Object.entries(OPTIONAL)) {
		const wrong = names.find((name) => doc[name] !== undefined && typeof doc[name] !== type);
		if (wrong) throw new Mistake(`${wrong} must be a ${type}`);
	}
}

/** A float, and a text in the sample (both documented, products create). @param {Body} doc */
function centsOf({ product_price, base_product_type }) {
	const isPrice = /^-?\d+(\.\d{1,2})?$/.test(String(product_price));
	if (!isPrice) throw new Mistake('product_price must have two decimals at most');
	const cents = Math.round(Number(product_price) * 100);
	if (cents === 0 && base_product_type === DISCOUNT)
		throw new Mistake('The price of a discount must not be 0');
	return cents;
}

/**
 * What is answered is unknown: the keys of the ids are made up.
 *
 * @param {string} msg
 * @param {object} told
 */
const created = (msg, told) => ok({ msg, msg_type: 'info', success: true, ...told });

/**
 * create of products (documented, products create). Days are made by the system.
 *
 * @param {Call} call
 */
export function createProduct({ account, groupId, body }) {
	const doc = requiredDoc(body);
	const [type, name, categoryId] = [
		integer(doc, 'base_product_type'),
		requiredText(doc, 'product_name'),
		requiredText(doc, 'cat_id'),
	];
	if (type < 1 || type > 7 || type === DAY) throw new Mistake('base_product_type is not valid');
	if (doc.product_type !== undefined && ![0, 1, 2].includes(integer(doc, 'product_type')))
		throw new Mistake('product_type is not valid');
	checkOptional(doc);
	account.category(groupId, Number(categoryId));
	const { id } = account.addProduct({
		groupId,
		type,
		name,
		cents: centsOf(doc),
		onlyOne: doc.only_one === true,
		doc: { ...doc },
	});
	return created('Product created', { made_up_product_id: id });
}

/** create_category (documented, createcategory). @param {Call} call */
export function createCategory({ account, groupId, body }) {
	const doc = requiredDoc(body);
	checkOptional(doc);
	const { id } = account.addCategory({
		groupId,
		name: requiredText(doc, 'category_name'),
		doc: { ...doc },
	});
	return created('Category created', { made_up_category_id: id });
}

/**
 * edit_category; an empty remark clears it (documented, editcategory), and what is not sent stays
 * (inferred).
 *
 * @param {Call} call
 */
export function editCategory({ account, groupId, body }) {
	const { category_id, ...doc } = requiredDoc(body);
	const category = account.category(groupId, integer({ category_id }, 'category_id'));
	checkOptional(doc);
	Object.assign(category, {
		name: requiredText(doc, 'category_name'),
		doc: { ...category.doc, ...doc },
	});
	return created('Category updated', { made_up_category_id: category.id });
}
