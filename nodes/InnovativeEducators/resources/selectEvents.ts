import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { markMissed } from '../../shared/events/backstop';
import { processedKeys } from '../../shared/events/deduplicate';
import { identify } from '../../shared/events/identify';
import { MAX_EVENTS } from '../../shared/events/options';
import { recordsEvents } from '../../shared/events/process';
import { markRepeats } from '../../shared/events/repeats';
import type { Event, Payload } from '../../shared/events/types';
import { textAt } from '../../shared/values/text';
import { referenceNamesIn, referenceNamesProperty, withReferenceNames } from '../events/references';
import { innovativeEducators, innovativeEducatorsTrigger } from '../provider';

/** Parameters of an operation that reads completions, and outputs them as the trigger does. */
export const selectionFields: readonly INodeProperties[] = [
	{
		displayName: 'Skip Known Events',
		name: 'skipKnownEvents',
		type: 'boolean',
		default: false,
		description:
			'Whether to skip completions that a trigger of this package in this workflow, or an earlier execution of this node, has already output. Test runs skip nothing.',
	},
	{
		displayName: 'Recognize Repeats',
		name: 'recognizeRepeats',
		type: 'boolean',
		default: false,
		description:
			'Whether to look up if the learner completed the course before: in what this node reads and, with Skip Known Events, in what this workflow remembers',
	},
	referenceNamesProperty,
];

/**
 * The event that a delivery of the same completion is. Without an ID its key is derived from what
 * was read, and differs from that of a delivery.
 */
export const eventOf = (type: string, payload: Payload, extra?: IDataObject): Event =>
	identify(innovativeEducators, {
		type,
		payload,
		id: textAt(payload, 'id') ?? undefined,
		extra,
	});

/** What an execution has output so far, as its operations run once for each input item. */
interface Output {
	/**
	 * Event keys, because n8n's record treats an event that one execution records twice as a repeated
	 * run.
	 */
	keys: Set<string>;
	/** By what they are about, the first event. */
	occasions: Map<string, string>;
}

const outputs = new WeakMap<IExecuteFunctions, Output>();

function outputOf(context: IExecuteFunctions): Output {
	const output = outputs.get(context) ?? { keys: new Set(), occasions: new Map() };
	outputs.set(context, output);
	return output;
}

/**
 * The events that the user wants of those that were read: with Skip Known Events, those that
 * neither a trigger of the workflow nor an earlier execution has output. Their keys are recorded as
 * processed; an execution that retries this one has them again.
 *
 * @returns by each event that is wanted, the same with all that its item needs
 */
export async function selectEvents(
	context: IExecuteFunctions,
	index: number,
	events: readonly Event[],
): Promise<Map<Event, Event>> {
	const isOn = (name: string) => context.getNodeParameter(name, index, false) === true;
	const output = outputOf(context);
	const names = referenceNamesIn(context.getNodeParameter('referenceNames', index, {}));
	// How many keys are kept is a setting of the triggers; a file must not push out any of them.
	const processed =
		isOn('skipKnownEvents') && recordsEvents(context)
			? processedKeys(context, { eventsToRemember: MAX_EVENTS, windowMs: Infinity })
			: undefined;
	const newKeys = await processed?.record(events.map(({ eventKey }) => eventKey));
	const selected = events.filter(({ eventKey }) => {
		const isNew = newKeys === undefined || (newKeys.has(eventKey) && !output.keys.has(eventKey));
		if (newKeys !== undefined) output.keys.add(eventKey);
		return isNew;
	});
	const missed = processed ? markMissed(context, innovativeEducatorsTrigger, selected) : selected;
	const marked = isOn('recognizeRepeats')
		? (await markRepeats(innovativeEducators, missed, processed, output.occasions)).events
		: missed;
	return new Map(
		selected.map((event, at) => [event, withReferenceNames(marked[at], names)] as const),
	);
}
