import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { tableProperties } from '../../../shared/actions/fieldTable';
import type { Operation } from '../../../shared/actions/operation';
import { invitationResponse } from '../../api/responseSchemas';
import { invitationTable, invite } from './invite';
import { writeOptions } from './write';

const skipInvited: INodeProperties = {
	displayName: 'Skip Persons Already Invited',
	name: 'skipInvited',
	type: 'boolean',
	default: false,
	description:
		'Whether to return the invitation that exists if the email address was invited before. JOFI lists only its newest invitations, so isGuardComplete says whether all were seen. 1 or 2 requests a run, however many items.',
};

const options: INodeProperties = {
	...writeOptions,
	options: [...(writeOptions.options ?? []), skipInvited] as INodeProperties[],
};

/** POST /invitations: creates the invitation and sends it, 201 (documented, api/invitations). */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create invitation',
	description: 'Invite a participant to take assessments',
	fields: [...tableProperties(invitationTable), options],
	schema: invitationResponse.extend({
		result: z.enum(['invited', 'skipped']).optional(),
		reason: z.string().nullish(),
		isGuardComplete: z.boolean().optional(),
	}),
	async run(context, index, hint) {
		const { skipInvited: isGuarded } = context.getNodeParameter(
			options.name,
			index,
			{},
		) as IDataObject;
		const { invitation, ...outcome } = await invite(context, index, hint, isGuarded === true);
		return isGuarded === true ? { ...invitation, ...outcome } : invitation;
	},
};
