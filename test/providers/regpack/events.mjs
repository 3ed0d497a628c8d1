/**
 * Every event with the parts that it carries beyond `user_info` and `meta_info` (documented,
 * webhooks). `*` stands for the id of a form. `status_info` is no documented name: there is
 * "information about the status".
 *
 * @type {Record<string, string[]>}
 */
export const EVENTS = {
	user_registered: [],
	login_success: [],
	edit_user_credentials: ['username'],
	form_submitted: ['form_info', 'doc', 'analytics'],
	'form_submit_*': ['form_info'],
	'form_load_*': ['doc'],
	'form_viewed_*': ['doc'],
	user_complete: ['form_info', 'doc', 'analytics'],
	child_complete: ['form_info', 'doc', 'analytics'],
	status_update: ['status_info'],
	payment_event: ['payment_info', 'cart_info', 'allocated_payments'],
	payment_refunded: ['payment_info', 'cart_info', 'allocated_payments'],
	payment_issued: ['payment_info', 'cart_info', 'allocated_payments'],
	tag_update: ['tag_info'],
	user_order_updated: [],
	form_preprocess: ['form_info'],
	'form_preprocess_*': ['form_info'],
};

/**
 * What an event is called in `EVENTS`.
 *
 * @param {string} event with or without the id of a form in place of `*`
 */
export function nameOf(event) {
	const name = Object.hasOwn(EVENTS, event) ? event : event.replace(/_\d+$/, '_*');
	if (!Object.hasOwn(EVENTS, name)) throw new Error(`Regpack has no event ${event}`);
	return name;
}
