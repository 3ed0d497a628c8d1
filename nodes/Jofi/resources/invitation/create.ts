import {
	requestBody,
	requiredRow,
	tableProperties,
	type FieldTable,
} from '../../../shared/actions/fieldTable';
import type { Operation } from '../../../shared/actions/operation';
import { parameterError } from '../../../shared/actions/parameters';
import { locator } from '../../api/listSearch';
import { invitationResponse } from '../../api/responseSchemas';
import { json, overrides, participant, sendVia } from './fields';
import { callToWrite, writeOptions } from './write';

const NOTHING_SENT =
	'JOFI sends nothing for this invitation. Send the participant the assessment_url from the output yourself.';

const table: FieldTable = {
	main: [
		{ key: 'created_by_user_email', property: locator('inviter'), required: true },
		...participant.map(requiredRow),
		sendVia,
		{
			displayName: NOTHING_SENT,
			name: 'nothingSentNotice',
			type: 'notice',
			default: '',
			displayOptions: { show: { sendVia: ['nothing'] } },
		},
	],
	additional: [...overrides, json],
};

/** POST /invitations: creates the invitation and sends it, 201 (documented, api/invitations). */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create invitation',
	description: 'Invite a participant to take assessments',
	fields: [...tableProperties(table), writeOptions],
	schema: invitationResponse,
	async run(context, index, hint) {
		const body = requestBody(context, index, table);
		if (body.send_via_sms === true && !body.phone) {
			throw parameterError(context, index)(
				'Phone is empty',
				'An invitation by SMS requires it: add it under Additional Fields.',
			);
		}
		const invitation = await callToWrite(context, index, {
			method: 'POST',
			path: '/invitations',
			body,
			advice:
				"Check the values of the node. What is not set comes from the inviter's settings at JOFI: a default team, assessments and a template must be set there or here.",
		});
		if (body.send_via_email === false && body.send_via_sms !== true) hint(NOTHING_SENT);
		return invitation;
	},
};
