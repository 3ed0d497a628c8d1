import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../../shared/actions/operation';
import { limit, returnAll } from '../../../shared/actions/fields';
import { withListInfo } from '../../../shared/actions/listInfo';
import { parameterError } from '../../../shared/actions/parameters';
import { textAt } from '../../../shared/values/text';
import { note } from '../../api/responseSchemas';
import { locatedCall, withLink } from '../../api/recordLocator';
import { locator } from '../../api/listSearch';
import { apiPath, call } from '../../api/transport';
import { applicationField } from '../application/locator';
import { readList } from '../read';

const ofField: INodeProperties = {
	displayName: 'Belongs To',
	name: 'of',
	type: 'options',
	noDataExpression: true,
	default: 'all',
	description: 'Whose notes',
	options: [
		{ name: 'All Candidates', value: 'all', description: 'Whatever the API user may see' },
		{ name: 'Application', value: 'application' },
		{ name: 'Candidate', value: 'candidate' },
	],
};

const shownFor = (of: string): Partial<INodeProperties> => ({ required: true, displayOptions: { show: { of: [of] } } });

const parents = {
	application: { ...applicationField, ...shownFor('application') },
	candidate: withLink('candidate', locator('candidate', shownFor('candidate'))),
};

/** Where the notes are; a candidate and an application hold the link to theirs (documented, reference). */
async function linkOf(context: IExecuteFunctions, index: number): Promise<string> {
	const of = context.getNodeParameter('of', index, 'all') as 'all' | keyof typeof parents;
	if (of === 'all') return apiPath`/note`;
	const request = locatedCall(context, of, parents[of], index);
	const link = textAt(await call(context, request), 'notes._self');
	if (link !== null) return link;
	throw parameterError(context, index)(
		`JobAffinity gave no link to the notes of the ${of} ${request.id}`,
		'Get the notes of all candidates instead, or look for a newer version of this package.',
	);
}

/**
 * GET /note: that there is such a list is documented (guide on pagination), and the links to those of one
 * candidate or application are. Unknown: what a note holds, and which filters there are.
 */
export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many notes',
	description: 'Retrieve a list of many notes',
	fields: [ofField, parents.application, parents.candidate, returnAll, limit],
	schema: withListInfo(note),
	async run(context, index, hint) {
		return await readList(context, index, hint, { link: await linkOf(context, index) });
	},
};
