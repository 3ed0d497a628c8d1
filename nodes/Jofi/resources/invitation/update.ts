import type { IDataObject } from 'n8n-workflow';
import get from 'lodash/get';
import pick from 'lodash/pick';
import pickBy from 'lodash/pickBy';

import { path } from '../../../shared/http/path';
import type { Operation } from '../../../shared/actions/operation';
import { invitationAnswer } from '../../api/responseSchemas';
import { requiredLocator } from '../../../shared/actions/resourceLocator';
import { parameterError } from '../../../shared/actions/parameters';
import { locator } from '../../api/listSearch';
import { callToWrite, writeOptions } from '../../api/testKeyHint';
import { invitationBody, type InvitationFields } from './body';
import { overrides, participant, sendVia } from './fields';

const invitation = locator('invitation', { required: true });

/**
 * Fields of a request (documented, api/invitations). Those that the invitation has by the same name are
 * taken to mean the same; which it has beyond the participant's is not documented.
 */
const SENDABLE = [
	'first_name',
	'last_name',
	'email',
	'person_id',
	'custom_id',
	'phone',
	'assessments_to_assign',
	'email_template_id',
	'send_via_email',
	'send_via_sms',
];

/** What the invitation holds, as a request would send it; JOFI gives `null` for what is not set. */
const sendable = (invitation: IDataObject): IDataObject =>
	pickBy(
		{ ...pick(invitation, SENDABLE), team_id: get(invitation, 'team.id') },
		(value) => value !== null && value !== undefined,
	);

const asked = (id: string) => ({
	object: 'invitation',
	id,
	advice: 'Check the ID and the values; JOFI may not let an accepted invitation be changed.',
});

/**
 * PUT /invitations/:invitationId. Only the route is documented: neither which fields it takes nor
 * whether it keeps those that are not sent. So it sends what is set, or by choice all that is known.
 */
export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update invitation',
	description: 'Change an invitation',
	fields: [
		invitation,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [...overrides, ...participant, { ...sendVia, default: 'email' }].sort((a, b) =>
				a.displayName.localeCompare(b.displayName),
			),
		},
		{
			displayName: 'Send Unchanged Fields Too',
			name: 'sendUnchanged',
			type: 'boolean',
			default: false,
			description:
				'Whether to read the invitation first and send its other fields again. JOFI does not document whether it keeps or empties fields that are not sent.',
		},
		writeOptions,
	],
	schema: invitationAnswer,
	async run(context, index) {
		const refuse = parameterError(context, index);
		const id = requiredLocator(context, invitation, index);
		const fields = context.getNodeParameter('updateFields', index, {}) as InvitationFields;
		const changes = invitationBody(fields, refuse);
		if (Object.keys(changes).length === 0) {
			throw refuse('There is nothing to update', 'Add at least one field under Update Fields.');
		}
		const unchanged: IDataObject = context.getNodeParameter('sendUnchanged', index, false)
			? sendable(await callToWrite(context, index, { path: path`/invitations/${id}`, ...asked(id) }))
			: {};
		return await callToWrite(context, index, {
			method: 'PUT',
			path: path`/invitations/${id}`,
			body: { ...unchanged, ...changes },
			...asked(id),
		});
	},
};
