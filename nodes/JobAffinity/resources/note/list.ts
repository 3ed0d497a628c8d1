import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { parameterError } from '../../../shared/actions/parameters';
import { textAt } from '../../../shared/values/text';
import { locatedCall, recordLocator } from '../../api/recordLocator';
import { apiPath, call } from '../../api/transport';
import { listOf } from '../readOperations';
import { records } from '../records';

type Parent = 'application' | 'candidate';

const parentField: INodeProperties = {
	displayName: 'Belongs To',
	name: 'of',
	type: 'options',
	noDataExpression: true,
	default: 'all',
	description: 'Whose notes to get',
	options: [
		{ name: 'All Candidates', value: 'all', description: 'All that the API user has access to' },
		{ name: 'Application', value: 'application' },
		{ name: 'Candidate', value: 'candidate' },
	],
};

const parentLocator = (parent: Parent) =>
	recordLocator(parent, { displayOptions: { show: { of: [parent] } } });

/** The link to the notes, which a candidate and an application have (documented, reference). */
async function linkOf(context: IExecuteFunctions, index: number): Promise<string> {
	const parent = context.getNodeParameter('of', index, 'all') as 'all' | Parent;
	if (parent === 'all') return apiPath`/note`;
	const request = locatedCall(context, parent, index);
	const link = textAt(await call(context, request), 'notes._self');
	if (link !== null) return link;
	throw parameterError(context, index)(
		`JobAffinity gave no link to the notes of the ${parent} ${request.id}`,
		'Get the notes of all candidates instead, or look for a newer version of this package.',
	);
}

/**
 * GET /note: that there is such a list is documented (guide on pagination), and so are the links to
 * the notes of a candidate or an application. Unknown: what a note contains, and which filters
 * there are.
 */
export const list = listOf({
	objects: 'notes',
	fields: [parentField, parentLocator('application'), parentLocator('candidate')],
	record: records.note,
	request: async (context, index) => ({ link: await linkOf(context, index) }),
});
