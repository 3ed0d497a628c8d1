import type { IDataObject, INodeProperties } from 'n8n-workflow';
import defaults from 'lodash/defaults';
import { z } from 'zod';

import type { Operation } from '../../../shared/actions/operation';
import { limit, returnAll } from '../../../shared/actions/fields';
import { withListInfo } from '../../../shared/actions/listInfo';
import { parameterError, type ParameterErrorFactory } from '../../../shared/actions/parameters';
import { textAt } from '../../../shared/values/text';
import { webhookCall } from '../../api/responseSchemas';
import { apiPath } from '../../api/transport';
import { hasFailed, redactCall, REPEATED_MS, timestampOf, trendOf } from '../../api/webhookCalls';
import { filtersOf } from '../fields';
import { readList } from '../readOperations';

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
export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many webhook calls',
	description:
		'Retrieve a list of many calls that JobAffinity made to the webhooks of the account, with their responses',
	fields: [returnAll, limit, filtersOf(filters)],
	schema: withListInfo(webhookCall.extend({ failed: z.boolean() })),
	async run(context, index, hint) {
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
		const link = apiPath`/webhook/task`;
		const calls = await readList(
			context,
			index,
			hint,
			{ link },
			isFiltered ? { accepts } : undefined,
			isLast,
		);
		return calls.map((call) => defaults({ ...redactCall(call) }, { failed: hasFailed(call) }));
	},
};
