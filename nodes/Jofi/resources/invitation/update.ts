import type { IDataObject } from 'n8n-workflow';
import get from 'lodash/get';
import pick from 'lodash/pick';
import pickBy from 'lodash/pickBy';

import { path } from '../../../shared/http/path';
import type { Operation } from '../../../shared/actions/operation';
import { parameterError } from '../../../shared/actions/parameters';
import { requiredLocator } from '../../../shared/actions/resourceLocator';
import { locator } from '../../api/listSearch';
import { invitationResponse } from '../../api/responseSchemas';
import { invitationBody, type InvitationFields } from './body';
import { overrides, participant, sendVia } from './fields';
import { callToWrite, writeOptions } from './write';

const invitation = locator('invitation', { required: true });

/**
 * Fields of a request (documented, api/invitations). The invitation's fields of the same names are assumed to be the
 * same; which it has beyond the participant's is not documented.
 */
const WRITABLE = [
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

/** The invitation's fields as a request sends them; JOFI returns `null` for those that are not set. */
const writableFields = (invitation: IDataObject): IDataObject =>
	pickBy(
		{ ...pick(invitation, WRITABLE), team_id: get(invitation, 'team.id') },
		(value) => value !== null && value !== undefined,
	);

const requestInfo = (id: string) => ({
	object: 'invitation',
	id,
	advice: 'Check the ID and the values. JOFI may not allow changes to an accepted invitation.',
});

/**
 * PUT /invitations/:invitationId. Only the route is documented, not which fields it takes, nor whether it keeps those
 * that are not sent. So it sends the fields that are set and, if the user chooses, the unchanged ones.
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
				'Whether to read the invitation first and send its other fields again. JOFI does not document whether it keeps or clears fields that are not sent.',
		},
		writeOptions,
	],
	schema: invitationResponse,
	async run(context, index) {
		const createError = parameterError(context, index);
		const id = requiredLocator(context, invitation, index);
		const fields = context.getNodeParameter('updateFields', index, {}) as InvitationFields;
		const changes = invitationBody(fields, createError);
		if (Object.keys(changes).length === 0) {
			throw createError('There is nothing to update', 'Add at least one field under Update Fields.');
		}
		const unchanged: IDataObject = context.getNodeParameter('sendUnchanged', index, false)
			? writableFields(await callToWrite(context, index, { path: path`/invitations/${id}`, ...requestInfo(id) }))
			: {};
		return await callToWrite(context, index, {
			method: 'PUT',
			path: path`/invitations/${id}`,
			body: { ...unchanged, ...changes },
			...requestInfo(id),
		});
	},
};
