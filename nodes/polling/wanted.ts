import { NodeOperationError, type IDataObject, type IExecuteFunctions, type IPollFunctions } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { ANY_EVENT, isWanted } from '../delivery/filter';
import type { ReceivedEvent } from '../delivery/receive';
import { recognise } from '../delivery/recognise';
import type { Observed, Poller, Wanted } from './define';

type Context = IPollFunctions | IExecuteFunctions;

/** What the trigger's parameters ask for. */
interface Asked extends Wanted {
	/** Values of Trigger On. */
	events: readonly string[];
	/** Milliseconds since 1970; of what was there at the first look, what is older is not wanted. */
	since: number;
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

/** @throws NodeOperationError when Start Date is needed and is not a date */
export function wantedBy(context: Context): Asked {
	const events = parameterOf(context, 'events', []) as string[];
	const startFrom = parameterOf(context, 'startFrom', 'now');
	return {
		events,
		since: startFrom === 'date' ? startDateOf(context) : 0,
		wants: (type) => events.includes(ANY_EVENT) || events.includes(type),
		history: startFrom !== 'now',
		settings: parameterOf(context, 'settings', {}) as IDataObject,
	};
}

/** Makes of what is observed what a delivery of it would be handed on as; nothing of what is filtered out. */
export function receiverOf(context: Context, { provider }: Poller, { events }: Asked) {
	const filters = parameterOf(context, 'filters', {}) as IDataObject;
	return ({ payload, extra }: Observed): ReceivedEvent[] => {
		const event = recognise(provider, payload, Buffer.from(JSON.stringify(payload)));
		if ('sentence' in event || !isWanted(event, events, provider.filters, filters)) return [];
		const { eventKey, type } = event;
		return [{ eventKey, provider: provider.name, event: type, unprocessed: true, payload, extra }];
	};
}
