import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../../shared/actions/operation';
import { limit, returnAll } from '../../../shared/actions/fields';
import { withListInfo } from '../../../shared/actions/listInfo';
import { candidate } from '../../api/responseSchemas';
import { rootLink } from '../../api/rootLinks';
import { filtersOf, queryOf, sinceId } from '../fields';
import { readList } from '../read';

/** Whether a name must be equal, and in which case, is not documented. */
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
		description: 'Names of pools; the candidate is in all of them',
	},
	sinceId,
];

/** Documented (reference: list all candidates); there may be more, as the page was not seen to its end. */
const QUERY = { email: 'email', firstName: 'first_name', lastName: 'last_name', pools: 'pool_name', sinceId: 'since' };

/** GET /candidate, by the root's link: those that the API user may see (documented, guide on discovery). */
export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many candidates',
	description: 'Retrieve a list of many candidates',
	fields: [returnAll, limit, filtersOf(filters)],
	schema: withListInfo(candidate),
	async run(context, index, hint) {
		const query = queryOf(context, index, QUERY);
		return await readList(context, index, hint, { link: await rootLink(context, 'candidates'), query });
	},
};
