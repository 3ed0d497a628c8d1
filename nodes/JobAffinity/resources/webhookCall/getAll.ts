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
import { hasFailed, REPEATED_MS, shownCall, trendOf, writtenAt } from '../../api/webhookCalls';
import { filtersOf } from '../fields';
import { readList } from '../read';

const filters: INodeProperties[] = [
	{
		displayName: 'Event',
		name: 'event',
		type: 'string',
		default: '',
		placeholder: 'e.g. ProcessStepChange',
		description: 'Only calls about this event',
	},
	{
		displayName: 'Failed Only',
		name: 'failedOnly',
		type: 'boolean',
		default: true,
		description: 'Whether to get only calls that were not answered with a status from 200 to 299',
	},
	{
		displayName: 'Since',
		name: 'since',
		type: 'dateTime',
		default: '',
		description:
			"Only calls made at this time or later. It is compared with JobAffinity's times as it is written: these have no time zone, and which one is meant is not documented.",
	},
];

/** A time as `writtenAt` gives it, from the start of ISO 8601; its zone, if any, is left out. */
function sinceOf(value: unknown, refuse: ParameterErrorFactory): number {
	if (value === undefined || value === null || value === '') return -Infinity;
	const text = value instanceof Date ? value.toISOString() : String(value).trim();
	const [, date, time = ''] = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?))?/.exec(text) ?? [];
	const since = date ? writtenAt({ datetime: `${date} ${time}` }) : null;
	if (since !== null) return since;
	throw refuse('Since is not a date and time', 'Write it as in 2026-03-05 14:00:00.');
}

/**
 * GET /webhook/task: the history of calls (documented, guide on webhooks). It is not documented to take
 * filters, so they apply to what was read. Unknown: how long calls are kept, and their order. The newest are
 * taken to come first: reading ends at a page that lies wholly an hour before Since, unless the times tell otherwise.
 */
export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many webhook calls',
	description: 'Retrieve a list of many calls that JobAffinity made to the webhooks of the account, and how they were answered',
	fields: [returnAll, limit, filtersOf(filters)],
	schema: withListInfo(webhookCall.extend({ failed: z.boolean() })),
	async run(context, index, hint) {
		const wanted = context.getNodeParameter('filters', index, {}) as IDataObject;
		const event = textAt(wanted, 'event')?.trim();
		const since = sinceOf(wanted.since, parameterError(context, index));
		const isBefore = (time: number) => (call: IDataObject) => (writtenAt(call) ?? Infinity) < time;
		const isOlder = isBefore(since);
		const accepts = (call: IDataObject) =>
			(wanted.failedOnly !== true || hasFailed(call)) && (!event || call.event === event) && !isOlder(call);
		const isFiltered = wanted.failedOnly === true || event || since > -Infinity;
		let trend = 0;
		let previous: IDataObject[] = [];
		const isLast = (found: IDataObject[]) => {
			trend += trendOf([...previous, ...found]);
			previous = found.slice(-1);
			// Where clocks were set back, calls of the hour that came twice may still follow.
			return found.length > 0 && trend < 0 && found.every(isBefore(since - REPEATED_MS));
		};
		const link = apiPath`/webhook/task`;
		const calls = await readList(context, index, hint, { link }, isFiltered ? accepts : undefined, isLast);
		return calls.map((call) => defaults({ ...shownCall(call) }, { failed: hasFailed(call) }));
	},
};
