import type { INodeProperties } from 'n8n-workflow';

import { asText } from '../../../shared/values/text';
import { apiPath } from '../../api/transport';
import { queryOf, sinceId } from '../fields';
import { listOf } from '../readOperations';
import { records } from '../records';

const filters: INodeProperties[] = [
	{
		displayName: 'Candidate Email',
		name: 'candidateEmail',
		type: 'string',
		default: '',
		placeholder: 'e.g. name@email.com',
		description: 'Only changes of applications of the candidate with this address',
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
		description: 'Only changes to steps with this name',
	},
	{
		displayName: 'Step Status',
		name: 'stepStatus',
		type: 'options',
		default: 'CURRENT',
		description: 'Only changes to steps with this status',
		options: [
			{ name: 'Current', value: 'CURRENT' },
			{ name: 'End', value: 'END' },
			{ name: 'Start', value: 'START' },
		],
	},
];

/**
 * Documented (reference: list all process step changes); there may be more, as the page could not
 * be read to its end.
 */
const QUERY = {
	candidateEmail: 'candidate_email',
	jobReference: 'job_reference',
	sinceId: 'since',
	stepName: 'step_name',
	stepStatus: 'step_status',
};

/**
 * GET /step (documented, reference: list all process step changes). Unknown: the order, and which
 * ID `since` is compared with.
 */
export const list = listOf({
	objects: 'step changes',
	filters,
	record: records.stepChange,
	request: (context, index) => ({
		link: apiPath`/step`,
		query: queryOf(context, index, QUERY, (_, value) => asText(value)?.trim()),
	}),
});
