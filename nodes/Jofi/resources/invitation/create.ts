import type { Operation } from '../../../shared/actions/operation';
import { parameterError } from '../../../shared/actions/parameters';
import { locator } from '../../api/listSearch';
import { invitationResponse } from '../../api/responseSchemas';
import { invitationBody, type InvitationFields } from './body';
import { overrides, participant, sendVia } from './fields';
import { callToWrite, writeOptions } from './write';

const NOTHING_SENT =
	'JOFI sends nothing for this invitation. Send the participant the assessment_url from the output yourself.';

/** The fields documented as required (api/invitations), with the parameters that set them. */
const REQUIRED = {
	created_by_user_email: 'Inviter',
	first_name: 'First Name',
	last_name: 'Last Name',
	email: 'Email',
};

/** POST /invitations creates the invitation and sends it, 201 (documented, api/invitations). */
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
	schema: invitationResponse,
	async run(context, index, hint) {
		const createError = parameterError(context, index);
		const parameter = (name: string) => context.getNodeParameter(name, index, '');
		const body = invitationBody(
			{
				inviter: parameter('inviter'),
				firstName: parameter('firstName'),
				lastName: parameter('lastName'),
				email: parameter('email'),
				sendVia: parameter('sendVia') || 'inviter',
				...(context.getNodeParameter('additionalFields', index, {}) as object),
			} as InvitationFields,
			createError,
		);
		for (const [field, label] of Object.entries(REQUIRED)) {
			if (!body[field]) throw createError(`${label} is empty`, 'JOFI needs it for an invitation: give it a value for this item.');
		}
		if (body.send_via_sms === true && !body.phone) {
			throw createError('Phone is empty', 'An invitation by SMS needs it: add it under Additional Fields.');
		}
		const invitation = await callToWrite(context, index, {
			method: 'POST',
			path: '/invitations',
			body,
			advice:
				'Check the values of the node. What is not set comes from the settings of the inviter in JOFI: a default team, assessments and a template are needed there or here.',
		});
		if (body.send_via_email === false && body.send_via_sms !== true) hint(NOTHING_SENT);
		return invitation;
	},
};
