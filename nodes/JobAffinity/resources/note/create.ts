import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import type { Operation } from '../../../shared/actions/operation';
import { parameterError } from '../../../shared/actions/parameters';
import { asText, textAt } from '../../../shared/values/text';
import { PERMISSION_DENIED } from '../../api/errors';
import { idOf, parseId } from '../../api/ids';
import { jobOf, referenceIn } from '../../api/processes';
import { locatedCall, locatedId, recordLocator } from '../../api/recordLocator';
import { postResponse } from '../../api/responseSchemas';
import { apiPath, call } from '../../api/transport';

type Parent = 'application' | 'candidate';

const shownFor = (parent: Parent): Pick<INodeProperties, 'displayOptions'> => ({
	displayOptions: { show: { of: [parent] } },
});

const parentField: INodeProperties = {
	displayName: 'Belongs To',
	name: 'of',
	type: 'options',
	noDataExpression: true,
	default: 'application',
	description: 'How to find the candidate: JobAffinity keeps notes on candidates only',
	options: [
		{
			name: 'Candidate',
			value: 'candidate',
			description: 'You choose the candidate, and give the organisation',
		},
		{
			name: 'Candidate of an Application',
			value: 'application',
			description:
				'The organisation is that of the job applied for; finding both takes two more requests',
		},
	],
};

const organisation: INodeProperties = {
	displayName: 'Organisation ID',
	name: 'organisationId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 55',
	description: 'Only users of this organisation see the note',
	hint: 'Job: Get shows it as organisation.id',
	...shownFor('candidate'),
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

interface NoteIds {
	candidate_id: number;
	organisation_id: number;
}

/** The candidate of an application, and the organisation of its job. */
async function idsOfApplication(context: IExecuteFunctions, index: number): Promise<NoteIds> {
	const request = locatedCall(context, 'application', index);
	const createError = parameterError(context, index);
	const advice = 'Choose the candidate instead, and give the organisation.';
	const { application, job } = await jobOf(context, request, advice);
	const candidate = referenceIn(application, 'candidate')?.id ?? null;
	const organisationId = textAt(job, 'organisation.id');
	const missing = candidate === null ? 'candidate' : 'organisation';
	if (candidate === null || organisationId === null) {
		throw createError(
			`JobAffinity does not show the ${missing} of the application ${request.id}`,
			advice,
		);
	}
	return {
		candidate_id: parseId('The candidate of the application', candidate, createError),
		organisation_id: parseId('The organisation of the job', organisationId, createError),
	};
}

/**
 * POST /note (documented, reference: add a new note). A note is on a candidate, never on an
 * application or a job; the organisation may be taken from a job (documented). The response has
 * neither an ID nor an object (documented), so the output adds the IDs of the request. Unknown: how
 * long a text may be.
 */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create note',
	description: 'Write a note on a candidate, who may be found by an application',
	fields: [
		parentField,
		recordLocator('application', shownFor('application')),
		recordLocator('candidate', shownFor('candidate')),
		organisation,
		textField,
	],
	schema: postResponse.extend({ candidate_id: z.number(), organisation_id: z.number() }),
	async run(context, index) {
		const text = asText(context.getNodeParameter('text', index, ''));
		if (text === null || text.trim() === '') {
			throw parameterError(context, index)('Text is empty', 'Give it a value for this item.');
		}
		const parent = context.getNodeParameter(parentField.name, index, 'application') as Parent;
		const ids =
			parent === 'application'
				? await idsOfApplication(context, index)
				: {
						candidate_id: locatedId(context, 'candidate', index),
						organisation_id: idOf(context, organisation, index),
					};
		const response = await call(context, {
			method: 'POST',
			link: apiPath`/note`,
			body: { ...ids, text },
			advice: `Check both IDs. Job: Get shows that of the organisation. ${PERMISSION_DENIED}`,
		});
		return { ...response, ...ids };
	},
};
