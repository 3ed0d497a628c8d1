import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { ListRead, ReadLimits } from '../../shared/actions/list';
import { timeParameter } from '../../shared/actions/parameters';
import { passesFilters } from '../../shared/events/filter';
import { filtersProperty } from '../../shared/events/properties';
import { textsIn } from '../../shared/values/text';
import { collect, timeOf, type Listing } from '../api/pagination';
import { typeOf } from '../events/definitions';
import { innovativeEducators } from '../provider';

const timeField = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'dateTime',
	default: '',
	description,
});

/** The times that select events. */
export const timeFields: readonly INodeProperties[] = [
	timeField('Since', 'since', 'The earliest time of an event, in the time zone of the workflow'),
	timeField('Until', 'until', 'The latest time of an event, in the time zone of the workflow'),
];

/** How the API is asked, and for whom. */
export const apiOptions: readonly INodeProperties[] = [
	{
		displayName: 'Date Format',
		name: 'dateFormat',
		type: 'options',
		default: 'milliseconds',
		description:
			'How Since and Until are sent. The documents of Thought Industries name both; try the other if nothing is found.',
		options: [
			{ name: 'ISO 8601', value: 'iso' },
			{ name: 'Milliseconds', value: 'milliseconds' },
		],
	},
	{
		displayName: 'User ID',
		name: 'userId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 0b6f2a4e-1d0c-5c55-9a31-7e2f9f0a1c04',
		description: 'Only events of the learner with this ID on the platform, as completions have it',
	},
];

/** What else selects events. */
export const eventFilters: readonly INodeProperties[] = [
	filtersProperty(innovativeEducators, 'never'),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [...apiOptions],
	},
];

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Whether the newest come first, as others have seen; equal times may have any order. */
const isNewestFirst = (times: readonly number[]): boolean =>
	times.every((time, index) => index === 0 || time <= times[index - 1]);

/**
 * The events of a stream, as the API lists them. `startDate`, `endDate`, `notifiableId` and `userId`
 * are documented for completions (rest/events/course-completion); that other streams have them as
 * well is inferred. In case the API does not understand one of them, all events are compared with
 * the parameters once more.
 *
 * @param stream the name in the path, e.g. `courseCompletion`
 * @param collection the parameter that has the options
 */
export async function readEvents(
	context: IExecuteFunctions,
	index: number,
	limits: ReadLimits,
	stream: string,
	collection = 'options',
): Promise<ListRead> {
	const [since, until] = [
		timeParameter(context, index, timeFields[0]),
		timeParameter(context, index, timeFields[1]),
	];
	const filters = context.getNodeParameter('filters', index, {}) as IDataObject;
	const options = context.getNodeParameter(collection, index, {}) as IDataObject;
	const courses = textsIn(filters.courses);
	const [userId] = textsIn(options.userId);
	const dateOf = (ms: number) => (options.dateFormat === 'iso' ? new Date(ms).toISOString() : ms);
	const listing: Listing = {
		path: `/events/${stream}`,
		list: 'events',
		by: 'cursor',
		dateOf,
		query: {
			...(since !== undefined && { startDate: dateOf(since) }),
			...(until !== undefined && { endDate: dateOf(until) }),
			...(courses.length === 1 && UUID.test(courses[0]) && { notifiableId: courses[0] }),
			...(userId !== undefined && { userId }),
		},
	};
	const isInTime = (time: number) =>
		Number.isNaN(time) || (time >= (since ?? -Infinity) && time <= (until ?? Infinity));
	const isOfUser = (record: IDataObject) =>
		userId === undefined ||
		textsIn((record.userDetail as IDataObject | null)?.id).every((id) => id === userId);
	return await collect(
		context,
		listing,
		limits,
		(record) =>
			isInTime(timeOf(record)) &&
			isOfUser(record) &&
			passesFilters(
				{ event: typeOf(record), payload: record },
				innovativeEducators.filters,
				filters,
			),
		(page) => {
			const times = page.map(timeOf);
			return since !== undefined && isNewestFirst(times) && times[times.length - 1] < since;
		},
	);
}
