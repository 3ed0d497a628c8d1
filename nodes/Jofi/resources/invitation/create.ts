import type { Operation } from '../../../shared/actions/operation';
import { parameterError } from '../../../shared/actions/parameters';
import { invitationAnswer } from '../../api/responseSchemas';
import { locator } from '../../api/listSearch';
import { callToWrite, writeOptions } from '../../api/testKeyHint';
import { invitationBody, type InvitationFields } from './body';
import { overrides, participant, sendVia } from './fields';

const NOTHING_SENT =
	'JOFI sends nothing for this invitation. Deliver the assessment_url of the answer to the participant yourself.';

/** Documented as required (api/invitations), with the parameter that gives it. */
const needed = {
	created_by_user_email: 'Inviter',
	first_name: 'First Name',
	last_name: 'Last Name',
	email: 'Email',
};

/** POST /invitations: creates the invitation and sends it, 201 (documented, api/invitations). */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create invitation',
	description: 'Invite a participant to take assessments',
	fields: [
		locator('inviter', { required: true }),
		...participant.map((field) => ({ ...field, required: true })),
		sendVia,
		{
			displayName: NOTHING_SENT,
			name: 'nothingSentNotice',
			type: 'notice',
			default: '',
			displayOptions: { show: { sendVia: ['nothing'] } },
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: overrides,
		},
		writeOptions,
	],
	schema: invitationAnswer,
	async run(context, index, hint) {
		const refuse = parameterError(context, index);
		const given = (name: string) => context.getNodeParameter(name, index, '');
		const body = invitationBody(
			{
				inviter: given('inviter'),
				firstName: given('firstName'),
				lastName: given('lastName'),
				email: given('email'),
				sendVia: given('sendVia') || 'inviter',
				...(context.getNodeParameter('additionalFields', index, {}) as object),
			} as InvitationFields,
			refuse,
		);
		for (const [field, label] of Object.entries(needed)) {
			if (!body[field]) throw refuse(`${label} is empty`, 'JOFI needs it for an invitation: give it a value for this item.');
		}
		if (body.send_via_sms === true && !body.phone) {
			throw refuse('Phone is empty', 'An invitation by SMS needs it: add it under Additional Fields.');
		}
		const invitation = await callToWrite(context, index, {
			method: 'POST',
			path: '/invitations',
			body,
			advice:
				'Check the values of the node. What is not set comes from the settings of the inviter at JOFI: a default team, assessments and a template are needed there or here.',
		});
		if (body.send_via_email === false && body.send_via_sms !== true) hint(NOTHING_SENT);
		return invitation;
	},
};
