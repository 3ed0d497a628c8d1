import { NodeOperationError, type IDataObject, type IExecuteFunctions, type IPollFunctions } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { ANY_EVENT, isSelected, passesFilters } from '../events/filter';
import type { Event, Payload } from '../events/types';
import { identify } from '../events/identify';
import { redactWebhookUrls } from '../values/redact';
import { textsIn } from '../values/text';
import type { Observed, PollingSource, PollRequest } from './stream';

type Context = IPollFunctions | IExecuteFunctions;

/** What the trigger's parameters ask for. */
interface PollParameters extends PollRequest {
	/** Values of Trigger On. */
	events: readonly string[];
	/** Whether a time as the provider writes it is not before Start Date; one that is not known is taken for later. */
	isInTime(time: string | null): boolean;
}

const parameterOf = (context: Context, name: string, fallback: unknown): unknown =>
	'getInputData' in context
		? context.getNodeParameter(name, 0, fallback as IDataObject)
		: context.getNodeParameter(name, fallback as IDataObject);

/**
 * Start Date in milliseconds since 1970. The editor writes it without a zone, and means the workflow's.
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

/** The last millisecond since 1970 that the text may mean: that of a day without a time, which is all some providers say. */
function latestOf(text: string, zone: string): number {
	const time = DateTime.fromISO(text.replace(' ', 'T'), { zone });
	return (text.length === 'YYYY-MM-DD'.length ? time.endOf('day') : time).toMillis();
}

/** @throws NodeOperationError when Start Date is needed and is not a date */
export function pollParameters(context: Context): PollParameters {
	const events = textsIn(parameterOf(context, 'events', []));
	const startFrom = parameterOf(context, 'startFrom', 'now');
	const since = startFrom === 'date' ? startDateOf(context) : 0;
	return {
		events,
		isInTime: (time) => time === null || !(latestOf(time, context.getTimezone()) < since),
		wants: (type) => events.includes(ANY_EVENT) || events.includes(type),
		history: startFrom !== 'now',
		settings: parameterOf(context, 'settings', {}) as IDataObject,
	};
}

/** Makes an event of a record that was polled; none of what is not selected or does not pass the filters. */
export function eventReader(context: Context, { provider, typeOf }: PollingSource, { events }: PollParameters) {
	const filters = parameterOf(context, 'filters', {}) as IDataObject;
	return ({ payload: observed, extra }: Observed): Event[] => {
		const payload = redactWebhookUrls(observed) as Payload;
		const event = identify(provider, { type: typeOf(payload), payload, extra });
		const isChosen = isSelected(provider, event.event, events) && passesFilters(event, provider.filters, filters);
		return isChosen ? [event] : [];
	};
}
