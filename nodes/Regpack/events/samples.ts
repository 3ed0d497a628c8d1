import type { Payload } from '../../shared/events/types';

/**
 * Payloads with made-up people. That a delivery has `user_info` and `meta_info` and which further
 * parts each event has is documented (docs/webhooks); no sample is published. The keys inside
 * user_info and meta_info are those of the API (inferred); those inside the other parts are
 * unknown, so these parts are empty or hold what the API calls by that name.
 */
const user = (cloginId: string, connectedTo = cloginId): Payload => ({
	clogin_id: cloginId,
	group_id: '100000001',
	connected_to: connectedTo,
});

const progress = (completed: string, changes: Payload = {}): Payload => ({
	u_name: 'Ada Sample',
	total_forms: '2',
	completed_forms: completed,
	total_user_forms: '2',
	total_completed_user_forms: completed,
	total_user_mandatory_forms: '1',
	total_completed_user_mandatory_forms: '1',
	total_order: '120.00',
	total_paid: '20.00',
	total_balance: '100.00',
	status_id: '0',
	status_name: null,
	...changes,
});

const fields: Payload = {
	first_name: 'Ada',
	last_name: 'Sample',
	main_email: 'ada.sample@example.com',
	shirt_size: ['Medium'],
};

const one = (meta: Payload = progress('1')): Payload => ({
	user_info: user('200001'),
	meta_info: meta,
});

const submitted = (completed: string): Payload => ({
	...one(progress(completed)),
	form_info: {},
	doc: fields,
});

const payment = (paid: string, balance: string): Payload => ({
	...one(progress('2', { total_paid: paid, total_balance: balance })),
	payment_info: {},
	cart_info: [{ cart_id: 5001, p_id: 301, q: 1 }],
	allocated_payments: [],
});

export const samples = {
	user: one(progress('0')),
	credentials: { ...one(), username: 'ada.sample@example.com' },
	submitted: submitted('1'),
	complete: submitted('2'),
	childComplete: { ...submitted('2'), user_info: user('200002', '200001') },
	opened: { ...one(), doc: fields },
	form: { ...one(), form_info: {} },
	status: {
		user_info: [user('200001'), user('200003')],
		meta_info: progress('1', { status_id: '70001', status_name: 'Waitlisted' }),
	},
	payment: payment('120.00', '0.00'),
	refund: payment('0.00', '120.00'),
	tag: { ...one(), tag_info: {} },
};

/**
 * The same people as the API gives them (get_info with the special fields). The child has no address
 * of its own.
 */
export const records: Record<string, Payload> = {
	'200001': { ...one(), doc: fields },
	'200002': {
		user_info: user('200002', '200001'),
		meta_info: progress('2', { u_name: 'Bea Sample' }),
		doc: { first_name: 'Bea', last_name: 'Sample' },
	},
	'200003': {
		user_info: user('200003'),
		meta_info: progress('1', { u_name: 'Cy Example' }),
		doc: { first_name: 'Cy', last_name: 'Example', main_email: 'cy.example@example.com' },
	},
};
