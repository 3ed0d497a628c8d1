import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import type { Operation } from '../../../shared/actions/operation';
import { limit, returnAll } from '../../../shared/actions/fields';
import { withListInfo } from '../../../shared/actions/listInfo';
import { asText } from '../../../shared/values/text';
import { stepChange } from '../../api/responseSchemas';
import { normalizeStepChange } from '../../api/stepChanges';
import { apiPath } from '../../api/transport';
import { filtersOf, queryOf, sinceId } from '../fields';
import { readList } from '../read';

const filters: INodeProperties[] = [
	{
		displayName: 'Candidate Email',
		name: 'candidateEmail',
		type: 'string',
		default: '',
		placeholder: 'e.g. name@email.com',
		description: 'Only changes of the applications of the candidate with this address',
	},
	{
		displayName: 'Job Reference',
		name: 'jobReference',
		type: 'string',
		default: '',
		placeholder: 'e.g. WL-26-03',
		description: 'Only changes of applications for the job with this reference',
	},
	sinceId,
	{
		displayName: 'Step Name',
		name: 'stepName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Interview',
		description: 'Only changes to steps of this name',
	},
	{
		displayName: 'Step Status',
		name: 'stepStatus',
		type: 'options',
		default: 'CURRENT',
		description: 'Only changes to steps of this status',
		options: [
			{ name: 'Current', value: 'CURRENT' },
			{ name: 'End', value: 'END' },
			{ name: 'Start', value: 'START' },
		],
	},
];

/** Documented (reference: list all process step changes); there may be more, as the page was not seen to its end. */
const QUERY = {
	candidateEmail: 'candidate_email',
	jobReference: 'job_reference',
	sinceId: 'since',
	stepName: 'step_name',
	stepStatus: 'step_status',
};

/**
 * GET /step (documented, reference: list all process step changes). Unknown: the order, and which ID `since`
 * is compared with.
 */
export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many step changes',
	description: 'Retrieve a list of many step changes',
	fields: [returnAll, limit, filtersOf(filters)],
	schema: withListInfo(
		stepChange.extend({
			changeId: z.number().nullable(),
			stepName: z.string().nullable(),
			stepStatus: z.string().nullable(),
			applicationLink: z.string().nullable(),
		}),
	),
	async run(context, index, hint) {
		const query = queryOf(context, index, QUERY, (_, value) => asText(value)?.trim());
		return (await readList(context, index, hint, { link: apiPath`/step`, query })).map(normalizeStepChange);
	},
};
