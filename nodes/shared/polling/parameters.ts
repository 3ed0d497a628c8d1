import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type IPollFunctions,
} from 'n8n-workflow';
import { DateTime } from 'luxon';

import { isSelected, passesFilters } from '../events/filter';
import type { Event, Payload, ProviderInfo } from '../events/types';
import { redactWebhookUrls } from '../values/redact';
import { textsIn } from '../values/text';
import type { StreamRequest } from './stream';

type Context = IPollFunctions | IExecuteFunctions;

/** The parameters of a polling trigger. */
interface PollParameters extends StreamRequest {
	/** Values of Trigger On. */
	types: readonly string[];
	/**
	 * Whether a time, as the provider writes it, is at or after Start Date; an unknown one counts as
	 * later.
	 */
	isInTime(time: string | null): boolean;
	/** The accepted events, without the secrets that webhook URLs may hold. */
	select(events: readonly Event[]): Event[];
}

const parameterOf = (context: Context, name: string, fallback: unknown): unknown =>
	'getInputData' in context
		? context.getNodeParameter(name, 0, fallback as IDataObject)
		: context.getNodeParameter(name, fallback as IDataObject);

/**
 * Start Date in milliseconds since 1970. The editor writes it without a zone and means the
 * workflow's.
 *
 * @throws NodeOperationError when it is not a date
 */
function startDateOf(context: Context): number {
	const value = parameterOf(context, 'startDate', '');
	const text = value instanceof Date ? value.toISOString() : String(value);
	const date = DateTime.fromISO(text, { zone: context.getTimezone() });
	if (date.isValid) return date.toMillis();
	throw new NodeOperationError(context.getNode(), 'Start Date is not a date', {
		description: 'Choose a date and time, or another value of Start From.',
	});
}

/**
 * The last millisecond since 1970 that the text may mean; some providers give a day without a time.
 */
function latestOf(text: string, zone: string): number {
	const time = DateTime.fromISO(text.replace(' ', 'T'), { zone });
	return (text.length === 'YYYY-MM-DD'.length ? time.endOf('day') : time).toMillis();
}

/** @throws NodeOperationError when Start Date is needed and is not a date */
export function pollParameters(context: Context, provider: ProviderInfo): PollParameters {
	const types = textsIn(parameterOf(context, 'events', []));
	const startFrom = parameterOf(context, 'startFrom', 'now');
	const since = startFrom === 'date' ? startDateOf(context) : 0;
	const filters = parameterOf(context, 'filters', {}) as IDataObject;
	const wants = (type: string): boolean => isSelected(provider, type, types);
	const accepts = (event: Event): boolean =>
		wants(event.event) && passesFilters(event, provider.filters, filters);
	return {
		types,
		wants,
		accepts,
		select: (events) =>
			events
				.filter(accepts)
				.map((event) => ({ ...event, payload: redactWebhookUrls(event.payload) as Payload })),
		isInTime: (time) => time === null || !(latestOf(time, context.getTimezone()) < since),
		history: startFrom !== 'now',
		options: parameterOf(context, 'settings', {}) as IDataObject,
	};
}
