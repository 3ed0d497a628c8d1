import { NodeOperationError, type IDataObject, type IExecuteFunctions, type IPollFunctions } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { ANY_EVENT, isWanted } from '../events/filter';
import type { Payload, ReceivedEvent } from '../events/types';
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

/** Makes of what is observed what a delivery of it would be handed on as; nothing of what is filtered out. */
export function eventReader(context: Context, { provider }: PollingSource, { events }: PollParameters) {
	const filters = parameterOf(context, 'filters', {}) as IDataObject;
	return ({ payload: observed, extra }: Observed): ReceivedEvent[] => {
		const shown = redactWebhookUrls(observed) as Payload;
		const event = identify(provider, shown, Buffer.from(JSON.stringify(shown)), undefined, extra);
		if ('sentence' in event) return [];
		const { eventKey, type, payload } = event;
		// A filter may need what the API says beside the event.
		if (!isWanted({ type, payload: { ...payload, ...extra }, extra }, events, provider.filters, filters)) return [];
		return [{ eventKey, provider: provider.name, event: type, unprocessed: true, payload, extra }];
	};
}
