import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import type { Operation } from '../../../shared/actions/operation';
import { parameterError } from '../../../shared/actions/parameters';
import { asText } from '../../../shared/values/text';
import { done } from '../../api/responseSchemas';
import { idOf, locatedId } from '../../api/ids';
import { withLink } from '../../api/recordLocator';
import { locator } from '../../api/listSearch';
import { apiPath, call } from '../../api/transport';

const candidate = withLink('candidate', locator('candidate', { required: true }));

const organisation: INodeProperties = {
	displayName: 'Organisation ID',
	name: 'organisationId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 55',
	description: 'Only the users of this organisation see the note',
	hint: 'Job: Get shows it as organisation.id',
};

const text: INodeProperties = {
	displayName: 'Text',
	name: 'text',
	type: 'string',
	typeOptions: { rows: 4 },
	required: true,
	default: '',
	description: 'What the note says; simple HTML is kept, while scripts and styles are taken out by JobAffinity',
};

/**
 * POST /note (documented, reference: add a new note). A note is on a candidate; there is none on an
 * application or a job. The answer has neither an ID nor an object (documented), so what was asked is put
 * out with it. Unknown: how long a text may be.
 */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create note',
	description: 'Write a note on a candidate',
	fields: [candidate, organisation, text],
	schema: done.extend({ candidate_id: z.number(), organisation_id: z.number() }),
	async run(context, index) {
		const ids = {
			candidate_id: locatedId(context, 'candidate', candidate, index),
			organisation_id: idOf(context, organisation, index),
		};
		const said = asText(context.getNodeParameter('text', index, ''));
		if (said === null || said.trim() === '') {
			throw parameterError(context, index)('Text is empty', 'Give it a value for this item.');
		}
		const answer = await call(context, {
			method: 'POST',
			link: apiPath`/note`,
			body: { ...ids, text: said },
			advice:
				'Check both IDs. Job: Get shows that of the organisation. "Permission denied" means that the API user may not see or use what the ID names.',
		});
		return { ...answer, ...ids };
	},
};
