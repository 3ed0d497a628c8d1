import type { IDataObject } from 'n8n-workflow';
import get from 'lodash/get';
import pick from 'lodash/pick';
import pickBy from 'lodash/pickBy';

import { path } from '../../../shared/http/path';
import { requestBody, tableProperties, type FieldTable } from '../../../shared/actions/fieldTable';
import type { Operation } from '../../../shared/actions/operation';
import { parameterError } from '../../../shared/actions/parameters';
import { requiredLocator } from '../../../shared/actions/resourceLocator';
import { locator } from '../../api/listSearch';
import { invitationResponse } from '../../api/responseSchemas';
import { json, overrides, participant, sendVia } from './fields';
import { callToWrite, writeOptions } from './write';

const invitation = locator('invitation', { required: true });

const table: FieldTable = {
	main: [invitation],
	additional: [
		...overrides,
		...participant,
		{ ...sendVia, property: { ...sendVia.property, default: 'email' } },
		json,
	],
	collection: {
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
	},
};

/**
 * Fields of a request (documented, api/invitations). Fields of the invitation with the same name
 * are taken to mean the same (inferred); which fields it has besides the participant's is not
 * documented.
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

/** An invitation's fields as a request sends them; JOFI gives `null` for what is not set. */
const sendable = (record: IDataObject): IDataObject =>
	pickBy(
		{ ...pick(record, WRITABLE), team_id: get(record, 'team.id') },
		(value) => value !== null && value !== undefined,
	);

/**
 * PUT /invitations/:invitationId. Only the route is documented: neither which fields it takes nor
 * whether it keeps fields that are not sent. So it sends what is set, and on request all other
 * fields too.
 */
export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update invitation',
	description: 'Change an invitation',
	fields: [
		...tableProperties(table),
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
		const id = requiredLocator(context, invitation, index);
		const changes = requestBody(context, index, table);
		if (Object.keys(changes).length === 0) {
			throw parameterError(context, index)(
				'There is nothing to update',
				'Add at least one field under Update Fields.',
			);
		}
		const target = {
			path: path`/invitations/${id}`,
			object: 'invitation',
			id,
			advice: 'Check the ID and the values; JOFI may not allow changes to an accepted invitation.',
		};
		const unchanged = context.getNodeParameter('sendUnchanged', index, false)
			? sendable(await callToWrite(context, index, target))
			: {};
		return await callToWrite(context, index, {
			...target,
			method: 'PUT',
			body: { ...unchanged, ...changes },
		});
	},
};
