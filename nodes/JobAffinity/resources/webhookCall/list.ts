import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { parameterError, type ParameterErrorFactory } from '../../../shared/actions/parameters';
import { textAt } from '../../../shared/values/text';
import { apiPath } from '../../api/transport';
import { hasFailed, redactCall, REPEATED_MS, timestampOf, trendOf } from '../../api/webhookCalls';
import { countedList, listFilters, readList } from '../readOperations';
import { records } from '../records';

const filters: INodeProperties[] = [
	{
		displayName: 'Event',
		name: 'event',
		type: 'string',
		default: '',
		placeholder: 'e.g. ProcessStepChange',
		description: 'Only calls for this event',
	},
	{
		displayName: 'Failed Only',
		name: 'failedOnly',
		type: 'boolean',
		default: true,
		description: 'Whether to get only calls whose response had a status other than 200 to 299',
	},
	{
		displayName: 'Since',
		name: 'since',
		type: 'dateTime',
		default: '',
		description:
			"Only calls made at this time or later. Its time zone is ignored: JobAffinity's times have none, and which one they are in is not documented.",
	},
];

/**
 * A time as `timestampOf` returns it, from the start of an ISO 8601 text, without its time zone if
 * any.
 */
function parseSince(value: unknown, createError: ParameterErrorFactory): number {
	if (value === undefined || value === null || value === '') return -Infinity;
	const text = value instanceof Date ? value.toISOString() : String(value).trim();
	const [, date, time = ''] = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?))?/.exec(text) ?? [];
	const since = date ? timestampOf({ datetime: `${date} ${time}` }) : null;
	if (since !== null) return since;
	throw createError('Since is not a date and time', 'Write it as in 2026-03-05 14:00:00.');
}

/**
 * GET /webhook/task: the history of calls (documented, guide on webhooks). No filters are
 * documented, so they are applied here. Unknown: how long calls are kept, and their order. The
 * newest are assumed to come first, unless their times say otherwise: reading ends with a page of
 * calls that are all at least an hour before Since.
 */
export const list = countedList({
	objects: 'webhook calls',
	description:
		'Retrieve a list of many calls that JobAffinity made to the webhooks of the account, with their responses',
	filters: listFilters(filters),
	record: records.webhookCall,
	async read(context, index, limits) {
		const chosen = context.getNodeParameter('filters', index, {}) as IDataObject;
		const event = textAt(chosen, 'event')?.trim();
		const since = parseSince(chosen.since, parameterError(context, index));
		const isBefore = (time: number) => (call: IDataObject) =>
			(timestampOf(call) ?? Infinity) < time;
		const isOlder = isBefore(since);
		const accepts = (call: IDataObject) =>
			(chosen.failedOnly !== true || hasFailed(call)) &&
			(!event || call.event === event) &&
			!isOlder(call);
		const isFiltered = chosen.failedOnly === true || event || since > -Infinity;
		let trend = 0;
		let previous: IDataObject[] = [];
		const isLast = (page: IDataObject[]) => {
			trend += trendOf([...previous, ...page]);
			previous = page.slice(-1);
			// If clocks were set back, calls of the hour that occurs twice may still follow.
			return page.length > 0 && trend < 0 && page.every(isBefore(since - REPEATED_MS));
		};
		const found = await readList(
			context,
			{ link: apiPath`/webhook/task` },
			limits,
			isFiltered ? { accepts } : undefined,
			isLast,
		);
		return { ...found, records: found.records.map(redactCall) };
	},
});
