import type { INodeProperties } from 'n8n-workflow';

import { rootLink } from '../../api/rootLinks';
import { queryOf, sinceId } from '../fields';
import { listOf } from '../readOperations';
import { records } from '../records';

/** Whether a name must match exactly, and in upper or lower case, is not documented. */
const filters: INodeProperties[] = [
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		placeholder: 'e.g. name@email.com',
		default: '',
		description: 'Email address of the candidate, the primary or the secondary one',
	},
	{
		displayName: 'First Name',
		name: 'firstName',
		type: 'string',
		default: '',
		description: 'First name of the candidate',
	},
	{
		displayName: 'Last Name',
		name: 'lastName',
		type: 'string',
		default: '',
		description: 'Last name of the candidate',
	},
	{
		displayName: 'Pools',
		name: 'pools',
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Pool' },
		default: [],
		placeholder: 'e.g. Logistics',
		description: 'Only candidates who are in all pools with these names',
	},
	sinceId,
];

/**
 * Documented (reference: list all candidates); there may be more, as the page could not be read to
 * its end.
 */
const QUERY = {
	email: 'email',
	firstName: 'first_name',
	lastName: 'last_name',
	pools: 'pool_name',
	sinceId: 'since',
};

/**
 * GET /candidate, by the root's link: those that the API user has access to (documented, guide on
 * discovery).
 */
export const list = listOf({
	objects: 'candidates',
	filters,
	record: records.candidate,
	request: async (context, index) => ({
		link: await rootLink(context, 'candidates'),
		query: queryOf(context, index, QUERY),
	}),
});
