import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import type { Operation } from '../../../shared/actions/operation';
import { parameterError } from '../../../shared/actions/parameters';
import { asText } from '../../../shared/values/text';
import { PERMISSION_DENIED } from '../../api/errors';
import { idOf } from '../../api/ids';
import { locatedId, recordLocator } from '../../api/recordLocator';
import { postResponse } from '../../api/responseSchemas';
import { apiPath, call } from '../../api/transport';

const organisation: INodeProperties = {
	displayName: 'Organisation ID',
	name: 'organisationId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 55',
	description: 'Only users of this organisation see the note',
	hint: 'Job: Get shows it as organisation.id',
};

const textField: INodeProperties = {
	displayName: 'Text',
	name: 'text',
	type: 'string',
	typeOptions: { rows: 4 },
	required: true,
	default: '',
	description:
		'The text of the note. JobAffinity keeps simple HTML, but removes scripts and styles.',
};

/**
 * POST /note (documented, reference: add a new note). A note is on a candidate, never on an
 * application or a job. The response has neither an ID nor an object (documented), so the output
 * adds the IDs of the request. Unknown: how long a text may be.
 */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create note',
	description: 'Write a note on a candidate',
	fields: [recordLocator('candidate'), organisation, textField],
	schema: postResponse.extend({ candidate_id: z.number(), organisation_id: z.number() }),
	async run(context, index) {
		const ids = {
			candidate_id: locatedId(context, 'candidate', index),
			organisation_id: idOf(context, organisation, index),
		};
		const text = asText(context.getNodeParameter('text', index, ''));
		if (text === null || text.trim() === '') {
			throw parameterError(context, index)('Text is empty', 'Give it a value for this item.');
		}
		const response = await call(context, {
			method: 'POST',
			link: apiPath`/note`,
			body: { ...ids, text },
			advice: `Check both IDs. Job: Get shows that of the organisation. ${PERMISSION_DENIED}`,
		});
		return { ...response, ...ids };
	},
};
