import { EVENTS, nameOf } from './events.mjs';
import { keyOf, valueOf } from './fields.mjs';
import { metaInfo, money, userInfo } from './parts.mjs';

/** @typedef {import('./applicants.mjs').Occurrence} Occurrence */
/** @typedef {import('./records.mjs').Records} Records */
/** @typedef {import('./settings.mjs').Settings} Settings */
/** @typedef {import('./objects.mjs').Payment} Payment */

/**
 * The parts whose inner keys are unknown: those beginning with `made_up` are no keys of Regpack.
 * That `doc` is keyed by mapped name or id is inferred; `clogin_id`, `cart_id`, `p_id` and `q` are
 * the API's.
 *
 * @type {Record<string, (records: Records, occurrence: Occurrence) => unknown>}
 */
const PARTS = {
	form_info: (_, { form }) => ({ made_up_id: String(form?.id), made_up_name: form?.name }),
	doc: (_, { form, values, users: [user] }) =>
		Object.fromEntries(
			(form?.fields ?? []).map((field) => [
				keyOf(field),
				values?.[keyOf(field)] ?? valueOf(user, field),
			]),
		),
	// "Google or Facebook analytics" (documented, webhooks); how it is called is unknown.
	analytics: () => ({ made_up: '' }),
	// Documented: never the password.
	username: (_, { username }) => username,
	payment_info: (_, { payment }) => payment && paymentInfo(payment),
	cart_info: (_, { users: [user] }) => cartInfo(user),
	allocated_payments: (_, { users: [{ cart }], payment }) =>
		cart
			.slice(0, 1)
			.map(({ cartId }) => ({ cart_id: String(cartId), made_up_payment: String(payment?.id) })),
	status_info: (records, { users: [user] }) => ({
		status_id: String(user.statusId),
		status_name: records.statusOf(user)?.name ?? null,
	}),
	tag_info: (_, { tag }) => ({ made_up_name: tag }),
};

/** Made up but for money being text with two decimals. @param {Payment} payment */
export const paymentInfo = ({ id, cents, refundedCents, state }) => ({
	made_up_id: String(id),
	made_up_amount: money(cents),
	made_up_refunded: money(refundedCents),
	made_up_state: state,
});

/**
 * `cart_id`, `p_id` and `q` are documented (getinfo, addproduct), the rest is made up.
 *
 * @param {import('./objects.mjs').User} user
 */
export const cartInfo = ({ cart }) =>
	cart.map(({ cartId, productId, q, cents }) => ({
		...{ cart_id: String(cartId), p_id: String(productId), q: String(q) },
		made_up_price: money(cents),
	}));

/** Whose kind is unknown: an array or an object (webhooks). */
const EITHER = ['form_info', 'cart_info', 'allocated_payments', 'tag_info'];

/** @param {any} part */
const swapped = (part) =>
	Array.isArray(part) ? Object.fromEntries(part.map((each) => [each.cart_id, each])) : [part];

/**
 * What a webhook carries, as of now: `user_info` and `meta_info` always, and the event's own parts
 * (documented, webhooks). No payload is published; that all stand on the top level and are as in
 * the API is inferred.
 *
 * @param {Records} records
 * @param {Settings} settings
 * @param {Occurrence} occurrence
 * @returns {Record<string, any>}
 */
export function payloadOf(records, settings, occurrence) {
	const {
		groupMeta,
		groupUserInfo,
		tagUserInfo,
		statusKey,
		analyticsKey,
		preprocessDoc,
		swapParts,
	} = settings;
	const { event, users } = occurrence;
	const name = nameOf(event);
	// An array for status_update (documented, webhooks), of tag_update unknown.
	const isArray = name === 'status_update' || (name === 'tag_update' && tagUserInfo === 'array');
	const [infos, metas] = [users.map(userInfo), users.map((user) => metaInfo(records, user))];
	const parts = [
		...EVENTS[name],
		...(preprocessDoc && name.startsWith('form_preprocess') ? ['doc'] : []),
	];
	/** @type {Record<string, string>} */
	const names = { status_info: statusKey, analytics: analyticsKey };
	/** @param {any[]} values */
	const keyed = (values) =>
		Object.fromEntries(values.map((value, index) => [users[index].cloginId, value]));
	/** @param {string} part */
	function entryOf(part) {
		const value = PARTS[part](records, occurrence);
		return [names[part] ?? part, swapParts && EITHER.includes(part) ? swapped(value) : value];
	}

	return {
		user_info: isArray ? { array: infos, keyed: keyed(infos) }[groupUserInfo] : infos[0],
		meta_info: isArray
			? { array: metas, keyed: keyed(metas), first: metas[0] }[groupMeta]
			: metas[0],
		...Object.fromEntries(parts.map(entryOf)),
	};
}
