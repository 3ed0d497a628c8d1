import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../../shared/actions/operation';
import { limit, returnAll } from '../../../shared/actions/fields';
import { withListInfo } from '../../../shared/actions/listInfo';
import { application } from '../../api/responseSchemas';
import { locatedCall, withLink } from '../../api/recordLocator';
import { locator } from '../../api/listSearch';
import { linkBelow } from '../../api/transport';
import { dayOf, filtersOf, queryOf, sinceId } from '../fields';
import { readList } from '../read';

const ofField: INodeProperties = {
	displayName: 'Belongs To',
	name: 'of',
	type: 'options',
	noDataExpression: true,
	default: 'job',
	description: 'Whose applications; JobAffinity has no list of them all',
	options: [
		{ name: 'Candidate', value: 'candidate' },
		{ name: 'Job', value: 'job' },
	],
};

const shownFor = (of: 'candidate' | 'job'): INodeProperties =>
	withLink(of, locator(of, { required: true, displayOptions: { show: { of: [of] } } }));

const parents = { candidate: shownFor('candidate'), job: shownFor('job') };

/** Whether the day itself counts, and in which time zone, is not documented. */
const days = { lastStepSince: 'Last Step Since', lastStepUntil: 'Last Step Until' };

const dayFields = Object.entries(days).map(
	([name, displayName]): INodeProperties => ({
		displayName,
		name,
		type: 'dateTime',
		default: '',
		description: `The last change of step was ${name === 'lastStepSince' ? 'on that day or later' : 'not after that day'}; the time of day does not count`,
	}),
);

const QUERY = { lastStepSince: 'last_step_since', lastStepUntil: 'last_step_until', sinceId: 'since' };

/**
 * GET /candidate/{candidateid}/application (documented, reference: list applications for a candidate), or
 * GET /job/{id}/application, which is documented to exist; that it takes the same filters is inferred.
 */
export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many applications',
	description: 'Retrieve a list of many applications of a job or a candidate',
	fields: [ofField, parents.candidate, parents.job, returnAll, limit, filtersOf([...dayFields, sinceId])],
	schema: withListInfo(application),
	async run(context, index, hint) {
		const of = context.getNodeParameter('of', index, 'job') as keyof typeof parents;
		const request = locatedCall(context, of, parents[of], index);
		const query = queryOf(context, index, QUERY, (name, value) =>
			name in days ? dayOf(context, index, days[name as keyof typeof days], value) : value,
		);
		const link = await linkBelow(context, request.link, 'application');
		return await readList(context, index, hint, { ...request, link, query });
	},
};
