import type { IDataObject } from 'n8n-workflow';
import pick from 'lodash/pick';

import type { Operation } from '../../../api/define';
import { invitationAnswer } from '../../answers';
import { locator, valueOf } from '../../locators';
import { call, path } from '../../transport';
import { invitationBody, refuseIn, type InvitationFields } from './body';
import { overrides, participant, sendVia } from './fields';

const invitation = locator('invitation', { required: true });

/** Keys that an invitation and the body of a request share (api/invitations, api/integration-flow). */
const SHARED = ['first_name', 'last_name', 'email', 'person_id', 'custom_id', 'phone'];

const asked = (id: string) => ({
	object: 'invitation',
	id,
	advice: 'Check the ID and the values; an invitation that was accepted may not be changeable.',
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
	],
	schema: invitationAnswer,
	async run(context, index) {
		const refuse = refuseIn(context, index);
		const id = valueOf(context, invitation, index);
		const fields = context.getNodeParameter('updateFields', index, {}) as InvitationFields;
		const changes = invitationBody(fields, refuse);
		if (Object.keys(changes).length === 0) {
			throw refuse('There is nothing to update', 'Add at least one field under Update Fields.');
		}
		const unchanged: IDataObject = context.getNodeParameter('sendUnchanged', index, false)
			? pick(await call(context, { path: path`/invitations/${id}`, ...asked(id) }), SHARED)
			: {};
		return await call(context, {
			method: 'PUT',
			path: path`/invitations/${id}`,
			body: { ...unchanged, ...changes },
			...asked(id),
		});
	},
};
