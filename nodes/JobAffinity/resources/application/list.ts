import type { INodeProperties } from 'n8n-workflow';

import { locatedCall, recordLocator } from '../../api/recordLocator';
import { linkBelow } from '../../api/transport';
import { dayOf, queryOf, sinceId } from '../fields';
import { listOf } from '../readOperations';
import { records } from '../records';

type Parent = 'candidate' | 'job';

const parentField: INodeProperties = {
	displayName: 'Belongs To',
	name: 'of',
	type: 'options',
	noDataExpression: true,
	default: 'job',
	description: 'Whose applications to get; JobAffinity has no list of all applications',
	options: [
		{ name: 'Candidate', value: 'candidate' },
		{ name: 'Job', value: 'job' },
	],
};

const parentLocator = (parent: Parent) =>
	recordLocator(parent, { displayOptions: { show: { of: [parent] } } });

/** Whether the day itself counts, and in which time zone, is not documented. */
const days: Record<string, string> = {
	lastStepSince: 'Last Step Since',
	lastStepUntil: 'Last Step Until',
};

const dayFields = Object.entries(days).map(
	([name, displayName]): INodeProperties => ({
		displayName,
		name,
		type: 'dateTime',
		default: '',
		description: `The step last changed ${name === 'lastStepSince' ? 'on this day or later' : 'on this day or earlier'}; the time of day does not count`,
	}),
);

const QUERY = {
	lastStepSince: 'last_step_since',
	lastStepUntil: 'last_step_until',
	sinceId: 'since',
};

/**
 * GET /candidate/{candidateid}/application (documented, reference: list applications for a
 * candidate), or GET /job/{id}/application, which is documented to exist; that it has the same
 * filters is inferred.
 */
export const list = listOf({
	objects: 'applications',
	description: 'Retrieve a list of many applications of a job or a candidate',
	fields: [parentField, parentLocator('candidate'), parentLocator('job')],
	filters: [...dayFields, sinceId],
	record: records.application,
	async request(context, index) {
		const parent = context.getNodeParameter('of', index, 'job') as Parent;
		const request = locatedCall(context, parent, index);
		const query = queryOf(context, index, QUERY, (name, value) =>
			name in days ? dayOf(context, index, days[name], value) : value,
		);
		return { ...request, link: await linkBelow(context, request.link, 'application'), query };
	},
});
