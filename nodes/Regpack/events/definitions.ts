import type { IDataObject } from 'n8n-workflow';
import omit from 'lodash/omit';

import type { EventDefinition, Payload, Person } from '../../shared/events/types';
import { textAt } from '../../shared/values/text';
import { personOf } from './person';
import { samples } from './samples';
import { credentialsEdited, deliveryOf } from './schemas';

/** With a change of credentials comes the user name, which generally is the email address (documented). */
const person = (payload: Payload): Person => {
	const known = personOf(payload);
	const username = textAt(payload, 'username');
	return { ...known, email: known.email ?? (username?.includes('@') ? username : null) };
};

/** Parts of the payload under the names that items have; `null` where Regpack did not send them. */
const pick =
	(parts: Record<string, string>) =>
	(payload: Payload): IDataObject =>
		Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, payload[part] ?? null]));

/** Whether the values are there is not documented: only form_info is. */
const formFirst = pick({ form: 'form_info', fields: 'doc' });
const fieldsOnly = pick({ fields: 'doc' });

/** All that came besides the parts whose names are documented, with Regpack's names. */
const besides = (payload: Payload, ...parts: string[]): IDataObject => omit(payload, ['user_info', 'meta_info', ...parts]);

/** "Google or Facebook analytics" come along (documented); under which names is not, so all that may be them is passed on. */
const submission = (payload: Payload): IDataObject => ({
	...pick({ form: 'form_info', fields: 'doc' })(payload),
	analytics: besides(payload, 'form_info', 'doc'),
});
const payment = pick({ payment: 'payment_info', cart: 'cart_info', allocatedPayments: 'allocated_payments' });

/** Nothing in a delivery tells it from a repeat, so its key is a digest of it. */
const shared = { person, key: () => undefined };

/**
 * The 17 events that Regpack documents (docs/webhooks). In a name with `*` the star stands for the ID of a form,
 * and the event is entered in Regpack with the ID.
 */
export const events: readonly EventDefinition[] = [
	{
		type: 'form_submitted',
		label: 'Form Submitted (Any Form)',
		description: 'form_submitted: an applicant submits a form, complete or not; Regpack advises the event of one form',
		schema: deliveryOf('form_info', 'doc'),
		sample: samples.submitted,
		summary: submission,
	},
	{
		type: 'form_submit_*',
		label: 'Form Submitted (One Form)',
		description: 'form_submit_*: an applicant has submitted this form; the page waits for a reply',
		schema: deliveryOf('form_info'),
		sample: samples.form,
		summary: formFirst,
	},
	{
		type: 'form_preprocess',
		label: 'Form Being Submitted (Any Form)',
		description: 'form_preprocess: before a form is processed; the page waits for a reply, which can stop it',
		schema: deliveryOf('form_info'),
		sample: samples.form,
		summary: formFirst,
	},
	{
		type: 'form_preprocess_*',
		label: 'Form Being Submitted (One Form)',
		description: 'form_preprocess_*: before this form is processed; the page waits for a reply, which can stop it',
		schema: deliveryOf('form_info'),
		sample: samples.form,
		summary: formFirst,
	},
	{
		type: 'form_load_*',
		label: 'Form Opened',
		description: 'form_load_*: an applicant opens this form; a reply can redirect',
		schema: deliveryOf('doc'),
		sample: samples.opened,
		summary: fieldsOnly,
	},
	{
		type: 'form_viewed_*',
		label: 'Form Viewed',
		description: 'form_viewed_*: immediately after this form was opened',
		schema: deliveryOf('doc'),
		sample: samples.opened,
		summary: fieldsOnly,
	},
	{
		type: 'user_registered',
		label: 'User Registered',
		description: 'user_registered: an applicant registers for the first time; not users made by the API',
		schema: deliveryOf(),
		sample: samples.user,
		summary: () => ({}),
	},
	{
		type: 'login_success',
		label: 'User Logged In',
		description: 'login_success: each login, but not when Regpack remembers the user',
		schema: deliveryOf(),
		sample: samples.user,
		summary: () => ({}),
	},
	{
		type: 'edit_user_credentials',
		label: 'Credentials Edited',
		description: 'edit_user_credentials: an applicant changes the user name or the password, which is not sent',
		schema: credentialsEdited,
		sample: samples.credentials,
		summary: pick({ username: 'username' }),
	},
	{
		type: 'user_complete',
		label: 'User Complete',
		description: 'user_complete: all forms of an individual or a parent are complete',
		schema: deliveryOf('form_info', 'doc'),
		sample: samples.complete,
		summary: submission,
	},
	{
		type: 'child_complete',
		label: 'Child Complete',
		description: 'child_complete: all forms of a child are complete; family systems only',
		schema: deliveryOf('form_info', 'doc'),
		sample: samples.childComplete,
		summary: submission,
	},
	{
		type: 'status_update',
		label: 'Status Updated',
		description: 'status_update: the status of one applicant or a group was changed; one item for each applicant',
		schema: deliveryOf(),
		sample: samples.status,
		/** Under which name the information about the status stands is not documented, so all is passed on. */
		summary: (payload: Payload) => ({ statusInformation: besides(payload) }),
	},
	{
		type: 'payment_event',
		label: 'Payment Changed',
		description: 'payment_event: any change of a payment, such as approved, pending or refunded',
		schema: deliveryOf('payment_info', 'cart_info', 'allocated_payments'),
		sample: samples.payment,
		summary: payment,
	},
	{
		type: 'payment_issued',
		label: 'Payment Issued',
		description: 'payment_issued: an applicant pays, or an admin processes a payment',
		schema: deliveryOf('payment_info', 'cart_info', 'allocated_payments'),
		sample: samples.payment,
		summary: payment,
	},
	{
		type: 'payment_refunded',
		label: 'Payment Refunded',
		description: 'payment_refunded: an admin issues a refund',
		schema: deliveryOf('payment_info', 'cart_info', 'allocated_payments'),
		sample: samples.refund,
		summary: payment,
	},
	{
		type: 'tag_update',
		label: 'Tag Updated',
		description: 'tag_update: a tag of one applicant or a group was changed; one item for each applicant',
		schema: deliveryOf('tag_info'),
		sample: samples.tag,
		summary: pick({ tag: 'tag_info' }),
	},
	{
		type: 'user_order_updated',
		label: 'Order Updated',
		description: 'user_order_updated: an applicant adds a product to the cart or removes one',
		schema: deliveryOf(),
		sample: samples.user,
		summary: () => ({}),
	},
].map((event) => ({ ...shared, ...event }));
