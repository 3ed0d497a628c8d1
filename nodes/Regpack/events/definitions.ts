import type { IDataObject } from 'n8n-workflow';
import omit from 'lodash/omit';

import type { EventDefinition, Payload } from '../../shared/events/types';
import { personOfDelivery as person } from './person';
import { samples } from './samples';
import { credentialsEdited, deliveryOf } from './schemas';

/** Parts of the payload under the item's names; `null` where Regpack did not send them. */
const pick =
	(parts: Record<string, string>) =>
	(payload: Payload): IDataObject =>
		Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, payload[part] ?? null]));

/** Whether the form's values come as well is not documented: only form_info is. */
const formFirst = pick({ form: 'form_info', fields: 'doc' });
const fieldsOnly = pick({ fields: 'doc' });

/** Everything besides the parts whose names are documented, under Regpack's names. */
const besides = (payload: Payload, ...parts: string[]): IDataObject =>
	omit(payload, ['user_info', 'meta_info', ...parts]);

/**
 * "Google or Facebook analytics" are included (documented), but not under which names, so
 * everything that may be them is passed on.
 */
const submission = (payload: Payload): IDataObject => ({
	...pick({ form: 'form_info', fields: 'doc' })(payload),
	analytics: besides(payload, 'form_info', 'doc'),
});
const payment = pick({
	payment: 'payment_info',
	cart: 'cart_info',
	allocatedPayments: 'allocated_payments',
});

/** Nothing in a delivery distinguishes it from a repeat, so its key is a digest of its content. */
const shared = { person, key: () => undefined };

/**
 * The 17 events that Regpack documents (docs/webhooks). A `*` in a name stands for the ID of a
 * form; the event is entered in Regpack with that ID.
 */
export const events: readonly EventDefinition[] = [
	{
		type: 'form_submitted',
		label: 'Form Submitted (Any Form)',
		description:
			'An applicant submits a form, complete or not; Regpack recommends the event of one form (form_submitted)',
		schema: deliveryOf('form_info', 'doc'),
		sample: samples.submitted,
		summary: submission,
	},
	{
		type: 'form_submit_*',
		label: 'Form Submitted (One Form)',
		description: 'An applicant has submitted this form; the page waits for a reply (form_submit_*)',
		schema: deliveryOf('form_info'),
		sample: samples.form,
		summary: formFirst,
	},
	{
		type: 'form_preprocess',
		label: 'Form Being Submitted (Any Form)',
		description:
			'Before a form is processed; the page waits for a reply, which can stop it (form_preprocess)',
		schema: deliveryOf('form_info'),
		sample: samples.form,
		summary: formFirst,
	},
	{
		type: 'form_preprocess_*',
		label: 'Form Being Submitted (One Form)',
		description:
			'Before this form is processed; the page waits for a reply, which can stop it (form_preprocess_*)',
		schema: deliveryOf('form_info'),
		sample: samples.form,
		summary: formFirst,
	},
	{
		type: 'form_load_*',
		label: 'Form Opened',
		description: 'An applicant opens this form; a reply can redirect (form_load_*)',
		schema: deliveryOf('doc'),
		sample: samples.opened,
		summary: fieldsOnly,
	},
	{
		type: 'form_viewed_*',
		label: 'Form Viewed',
		description: 'An applicant has just opened this form (form_viewed_*)',
		schema: deliveryOf('doc'),
		sample: samples.opened,
		summary: fieldsOnly,
	},
	{
		type: 'user_registered',
		label: 'User Registered',
		description:
			'An applicant registers for the first time; not for users that the API creates (user_registered)',
		schema: deliveryOf(),
		sample: samples.user,
		summary: () => ({}),
	},
	{
		type: 'login_success',
		label: 'User Logged In',
		description: 'An applicant logs in; not when Regpack remembers the user (login_success)',
		schema: deliveryOf(),
		sample: samples.user,
		summary: () => ({}),
	},
	{
		type: 'edit_user_credentials',
		label: 'Credentials Edited',
		description:
			'An applicant changes the user name or the password, which is not sent (edit_user_credentials)',
		schema: credentialsEdited,
		sample: samples.credentials,
		summary: pick({ username: 'username' }),
	},
	{
		type: 'user_complete',
		label: 'User Complete',
		description: 'All forms of an individual or a parent are complete (user_complete)',
		schema: deliveryOf('form_info', 'doc'),
		sample: samples.complete,
		summary: submission,
	},
	{
		type: 'child_complete',
		label: 'Child Complete',
		description: 'All forms of a child are complete; family systems only (child_complete)',
		schema: deliveryOf('form_info', 'doc'),
		sample: samples.childComplete,
		summary: submission,
	},
	{
		type: 'status_update',
		label: 'Status Updated',
		description:
			'The status of one applicant or a group changes; one item for each applicant (status_update)',
		schema: deliveryOf(),
		sample: samples.status,
		/** The name of the part about the status is not documented, so every part is passed on. */
		summary: (payload: Payload) => ({ statusInformation: besides(payload) }),
	},
	{
		type: 'payment_event',
		label: 'Payment Changed',
		description: 'A payment changes, such as to approved, pending or refunded (payment_event)',
		schema: deliveryOf('payment_info', 'cart_info', 'allocated_payments'),
		sample: samples.payment,
		summary: payment,
	},
	{
		type: 'payment_issued',
		label: 'Payment Issued',
		description: 'An applicant pays, or an admin processes a payment (payment_issued)',
		schema: deliveryOf('payment_info', 'cart_info', 'allocated_payments'),
		sample: samples.payment,
		summary: payment,
	},
	{
		type: 'payment_refunded',
		label: 'Payment Refunded',
		description: 'An admin issues a refund (payment_refunded)',
		schema: deliveryOf('payment_info', 'cart_info', 'allocated_payments'),
		sample: samples.refund,
		summary: payment,
	},
	{
		type: 'tag_update',
		label: 'Tag Updated',
		description:
			'A tag of one applicant or a group changes; one item for each applicant (tag_update)',
		schema: deliveryOf('tag_info'),
		sample: samples.tag,
		summary: pick({ tag: 'tag_info' }),
	},
	{
		type: 'user_order_updated',
		label: 'Order Updated',
		description: 'An applicant adds a product to the cart or removes one (user_order_updated)',
		schema: deliveryOf(),
		sample: samples.user,
		summary: () => ({}),
	},
].map((event) => ({ ...shared, ...event }));
