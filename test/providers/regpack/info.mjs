import { ok } from './answers.mjs';
import { docOf, isOn } from './arguments.mjs';
import { SPECIAL_FIELDS } from './catalogue.mjs';
import { keyOf, selectedFields, valueOf } from './fields.mjs';
import { metaInfo, userInfo } from './parts.mjs';
import { cartInfo, paymentInfo } from './payloads.mjs';
import { userOf } from './user.mjs';

/** @typedef {import('./objects.mjs').User} User */
/** @typedef {import('./records.mjs').Records} Records */
/** @typedef {import('./settings.mjs').Settings} Settings */

/** Made up: what applicants read above a field. @param {import('./catalogue.mjs').Field} field */
const labelOf = (field) => `Your ${keyOf(field).replaceAll('_', ' ')}`;

/**
 * `field_index` is documented (getinfo); its shape, its inner keys and the key of the errors are
 * made up.
 *
 * @param {Records} records
 * @param {User} user
 * @param {Settings} settings
 */
function allFields(records, user, { fieldIndex }) {
	const forms = records.formsOf(user);
	const fields = forms.flatMap((form) => form.fields);
	const without = SPECIAL_FIELDS.filter((name) => !fields.some((field) => field.name === name));
	const all = [...fields, ...without.map((name) => ({ id: name, name }))];
	const incomplete = forms.flatMap((form) => records.missingIn(user, form));
	return {
		...Object.fromEntries(all.map((field) => [keyOf(field), valueOf(user, field)])),
		...(fieldIndex === 'keyed' && {
			field_index: Object.fromEntries(
				all.map((field) => [keyOf(field), { made_up_id: field.id, made_up_label: labelOf(field) }]),
			),
		}),
		...(fieldIndex === 'list' && {
			field_index: all.map((field) => ({
				made_up_label: labelOf(field),
				made_up_key: keyOf(field),
			})),
		}),
		made_up_errors: incomplete.map(keyOf),
	};
}

/**
 * What each selector tells (documented, getinfo), under its own name where no other is documented
 * (inferred). Documented are `parent`, `children`, `cart_id`, `p_id`, `q` and the keys of `_utm`;
 * keys beginning with `made_up` are none of Regpack's.
 *
 * @type {Record<string, (records: Records, user: User, settings: Settings) => object>}
 */
const SELECTORS = {
	_allfields: allFields,
	_family(records, user) {
		const parent = records.get(user.groupId, user.connectedTo);
		const metas = records.childrenOf(parent).map((child) => metaInfo(records, child));
		return { parent: metaInfo(records, parent), children: metas };
	},
	_userproducts(records, { groupId, cart }, { productNameKey, groupedProducts }) {
		const products = records.productsOf(groupId).map(({ id, name }) => {
			const line = cart.find(({ productId }) => productId === id);
			return {
				p_id: String(id),
				[productNameKey]: name,
				...(line && { cart_id: String(line.cartId) }),
			};
		});
		return {
			_userproducts: groupedProducts
				? [{ made_up_category_name: 'Fees', made_up_products: products }]
				: products,
		};
	},
	_userforms: (records, user) => ({
		_userforms: records.formsOf(user).map((form) => ({
			...{
				made_up_id: String(form.id),
				made_up_name: form.name,
				made_up_complete: records.isComplete(user, form),
			},
		})),
	}),
	_usercart: (_, user) => ({ _usercart: cartInfo(user) }),
	_userpayments: (_, { payments }) => ({ _userpayments: payments.map(paymentInfo) }),
	_utm: (_, { utm }) => ({ _utm: { ...utm } }),
};

/**
 * `_usercart` may also be a dictionary, of unknown options (documented, getinfo).
 *
 * @param {string} key
 * @param {unknown} value
 */
const isSelected = (key, value) =>
	isOn(value) || (key === '_usercart' && typeof value === 'object' && value !== null);

/**
 * What `doc` selects of a user, as in get_info and in lists (documented, getinfo and getuserlist).
 *
 * @param {Records} records
 * @param {User} user
 * @param {Record<string, unknown>} doc
 * @param {Settings} settings
 * @returns {Record<string, unknown>}
 */
export function selected(records, user, doc, settings) {
	const systems = Object.keys(SELECTORS).filter((key) => isSelected(key, doc[key]));
	return Object.assign(
		{},
		...systems.map((key) => SELECTORS[key](records, user, settings)),
		selectedFields(records, user, doc),
	);
}

/** get_info (documented, getinfo). @param {import('./routes.mjs').Call} call */
export function getInfo(call) {
	const { account, settings, body } = call;
	const user = userOf(call);
	const doc = docOf(body) ?? {};
	const isEmpty = Object.keys(doc).length === 0;
	const told = selected(
		account,
		user,
		isEmpty && settings.emptyInfo === 'allfields' ? { _allfields: true } : doc,
		settings,
	);
	const values =
		settings.valuesAt === 'top' ? told : Object.keys(told).length > 0 ? { doc: told } : {};
	return ok({ user_info: userInfo(user), meta_info: metaInfo(account, user), ...values });
}
