import type { Subject } from '../../shared/events/contract';
import type { EventDefinition } from '../../shared/events/types';
import { applicantIn, blocksOfDelivery } from './blocks';
import { samples } from './samples';
import { credentialsEdited, deliveryOf } from './schemas';

/** A title in which the applicant does something. */
const applicant = (does: string) => (subject: Subject) => `${applicantIn(subject)} ${does}`;

/** The form, by its ID where the event is of one form. */
const formIn = ({ registration }: Subject): string =>
	registration?.form ? `form ${registration.form}` : 'a form';

const withForm = (does: string) => (subject: Subject) =>
	`${applicantIn(subject)} ${does} ${formIn(subject)}`;

function statusTitle(subject: Subject): string {
	const status = subject.registration?.status;
	return status
		? `${applicantIn(subject)} now has the status ${status}`
		: `The status of ${applicantIn(subject)} changed`;
}

/** Nothing in a delivery distinguishes it from a repeat, so its key is a digest of its content. */
const shared = { blocks: blocksOfDelivery, key: () => undefined };

/**
 * The 17 events that Regpack documents (docs/webhooks). A `*` in a name stands for the ID of a
 * form; the event is entered in Regpack with that ID.
 */
export const events: readonly EventDefinition[] = (
	[
		{
			type: 'form_submitted',
			label: 'Form Submitted (Any Form)',
			description:
				'An applicant submits a form, complete or not; Regpack recommends the event of one form (form_submitted)',
			schema: deliveryOf('form_info', 'doc'),
			sample: samples.submitted,
			title: applicant('submitted a form'),
		},
		{
			type: 'form_submit_*',
			label: 'Form Submitted (One Form)',
			description:
				'An applicant has submitted this form; the page waits for a reply (form_submit_*)',
			schema: deliveryOf('form_info'),
			sample: samples.form,
			sampleExtra: { formId: '12345' },
			title: withForm('submitted'),
		},
		{
			type: 'form_preprocess',
			label: 'Form Being Submitted (Any Form)',
			description:
				'Before a form is processed; the page waits for a reply, which can stop it (form_preprocess)',
			schema: deliveryOf('form_info'),
			sample: samples.form,
			title: withForm('is submitting'),
		},
		{
			type: 'form_preprocess_*',
			label: 'Form Being Submitted (One Form)',
			description:
				'Before this form is processed; the page waits for a reply, which can stop it (form_preprocess_*)',
			schema: deliveryOf('form_info'),
			sample: samples.form,
			sampleExtra: { formId: '12345' },
			title: withForm('is submitting'),
		},
		{
			type: 'form_load_*',
			label: 'Form Opened',
			description: 'An applicant opens this form; a reply can redirect (form_load_*)',
			schema: deliveryOf('doc'),
			sample: samples.opened,
			sampleExtra: { formId: '12345' },
			title: withForm('opened'),
		},
		{
			type: 'form_viewed_*',
			label: 'Form Viewed',
			description: 'An applicant has just opened this form (form_viewed_*)',
			schema: deliveryOf('doc'),
			sample: samples.opened,
			sampleExtra: { formId: '12345' },
			title: withForm('viewed'),
		},
		{
			type: 'user_registered',
			label: 'User Registered',
			description:
				'An applicant registers for the first time; not for users that the API creates (user_registered)',
			schema: deliveryOf(),
			sample: samples.user,
			title: applicant('registered'),
		},
		{
			type: 'login_success',
			label: 'User Logged In',
			description: 'An applicant logs in; not when Regpack remembers the user (login_success)',
			schema: deliveryOf(),
			sample: samples.user,
			title: applicant('logged in'),
		},
		{
			type: 'edit_user_credentials',
			label: 'Credentials Edited',
			description:
				'An applicant changes the user name or the password, which is not sent (edit_user_credentials)',
			schema: credentialsEdited,
			sample: samples.credentials,
			title: applicant('changed the user name or the password'),
		},
		{
			type: 'user_complete',
			label: 'User Complete',
			description: 'All forms of an individual or a parent are complete (user_complete)',
			schema: deliveryOf('form_info', 'doc'),
			sample: samples.complete,
			title: applicant('completed all forms'),
		},
		{
			type: 'child_complete',
			label: 'Child Complete',
			description: 'All forms of a child are complete; family systems only (child_complete)',
			schema: deliveryOf('form_info', 'doc'),
			sample: samples.childComplete,
			title: applicant('completed all forms'),
		},
		{
			type: 'status_update',
			label: 'Status Updated',
			description:
				'The status of one applicant or a group changes; one item for each applicant (status_update)',
			schema: deliveryOf(),
			sample: samples.status,
			title: statusTitle,
		},
		{
			type: 'payment_event',
			label: 'Payment Changed',
			description: 'A payment changes, such as to approved, pending or refunded (payment_event)',
			schema: deliveryOf('payment_info', 'cart_info', 'allocated_payments'),
			sample: samples.payment,
			title: (subject) => `A payment of ${applicantIn(subject)} changed`,
		},
		{
			type: 'payment_issued',
			label: 'Payment Issued',
			description: 'An applicant pays, or an admin processes a payment (payment_issued)',
			schema: deliveryOf('payment_info', 'cart_info', 'allocated_payments'),
			sample: samples.payment,
			title: applicant('made a payment'),
		},
		{
			type: 'payment_refunded',
			label: 'Payment Refunded',
			description: 'An admin issues a refund (payment_refunded)',
			schema: deliveryOf('payment_info', 'cart_info', 'allocated_payments'),
			sample: samples.refund,
			title: applicant('got a refund'),
		},
		{
			type: 'tag_update',
			label: 'Tag Updated',
			description:
				'A tag of one applicant or a group changes; one item for each applicant (tag_update)',
			schema: deliveryOf('tag_info'),
			sample: samples.tag,
			title: (subject) => `A tag of ${applicantIn(subject)} changed`,
		},
		{
			type: 'user_order_updated',
			label: 'Order Updated',
			description: 'An applicant adds a product to the cart or removes one (user_order_updated)',
			schema: deliveryOf(),
			sample: samples.user,
			title: applicant('changed the order'),
		},
	] satisfies Array<Omit<EventDefinition, keyof typeof shared>>
).map((event) => ({ ...shared, ...event }));
