import type { INodeParameters } from 'n8n-workflow';

import { listenersOf } from './listeners';
import { isBefore } from './past';
import type { Event, ProviderInfo } from './types';
import { triggersOf, type TriggerContext } from './workflowTriggers';
import { textsIn } from '../values/text';

/** What polling and files need to know of the webhook trigger whose backstop they are. */
export interface WebhookTrigger {
	/** The node type, without the package. */
	type: string;
	/** With the events that deliveries bring. */
	provider: ProviderInfo;
	/** Set if these are other events than polling finds, so that none of those can be missed. */
	bringsOthers?: true;
	/** Whether, with these parameters, it makes the keys that polling makes; always unless given. */
	makesKeys?(parameters: INodeParameters): boolean;
	/** What its deliveries name, see `EventSource`. */
	subjectOf?(event: Event): string | undefined;
	/**
	 * How long after an event its delivery may still come, in minutes: until the last documented retry,
	 * or a choice where none is documented.
	 */
	patienceMinutes: number;
}

/** The event of a polling trigger that reports what no delivery brought. */
export const MISSED_EVENT = 'webhook.missed';
/** The event that reports that deliveries stay away. */
export const SILENT_EVENT = 'webhook.silent';

const HOUR_MS = 60 * 60_000;

/** Deliveries of a day are all that are compared with what has a subject. */
const MOST_HOURS = 24;

type Named = Pick<ProviderInfo, 'name'>;

const hourOf = (time: number): number => Math.floor(time / HOUR_MS);

/** What is recorded of an event that a delivery brought. */
export const keyMark = (eventKey: string): string => `webhook:${eventKey}`;

/** What is recorded of an hour in which a delivery came. */
export const hourMark = ({ name }: Named, time: number): string =>
	`webhook:${name}:hour:${hourOf(time)}`;

/** What is recorded of an hour in which a delivery named a subject. */
export const subjectMark = ({ name }: Named, subject: string, time: number): string =>
	`webhook:${name}:${subject}:hour:${hourOf(time)}`;

/** The marks of the last hours, this one included. */
export const hourMarks = (provider: Named, hours: number, now: number): string[] =>
	Array.from({ length: hours + 1 }, (_, ago) => hourMark(provider, now - ago * HOUR_MS));

/** The marks of a subject, from the hour before it was found. */
export const subjectMarks = (
	provider: Named,
	subject: string,
	found: number,
	now: number,
): string[] =>
	Array.from({ length: Math.min(hourOf(now) - hourOf(found), MOST_HOURS) + 2 }, (_, after) =>
		subjectMark(provider, subject, found + (after - 1) * HOUR_MS),
	);

/** The key of a reported silence, which ends with the next delivery. */
export const silenceKey = ({ name }: Named): string => `${name}:webhook:silence`;

const isAsked = (context: TriggerContext, types: readonly string[]): boolean =>
	triggersOf(context).some(({ parameters }) =>
		textsIn(parameters.events).some((type) => types.includes(type)),
	);

/** Whether a polling trigger of the workflow compares events with what deliveries brought. */
export const isComparing = (context: TriggerContext): boolean => isAsked(context, [MISSED_EVENT]);

/** Whether a polling trigger of the workflow reports on deliveries. */
export const isWatching = (context: TriggerContext): boolean =>
	isAsked(context, [MISSED_EVENT, SILENT_EVENT]);

/**
 * Which events the deliveries to the webhook triggers of the workflow should bring: those that are
 * selected there and pass the filters.
 *
 * @param isRecorded whether only triggers count that record what they run
 */
export function expectedBy(
	context: TriggerContext,
	{ type, provider, makesKeys = () => true }: WebhookTrigger,
	isRecorded: boolean,
): (event: Event) => boolean {
	const types = new Set(provider.events.flatMap((each) => (each.kind ? [] : [each.type])));
	const listeners = listenersOf(context, provider, [type]).filter(
		({ node: { parameters }, isRecording }) =>
			makesKeys(parameters) && (isRecording || !isRecorded),
	);
	return (event) => types.has(event.event) && listeners.some((each) => each.accepts(event));
}

/** Whether it is certain that an event happened longer ago than its delivery may take. */
const isOverdue = (
	{ occurredAt }: ProviderInfo,
	{ payload, extra }: Event,
	patienceMs: number,
): boolean => isBefore(occurredAt(payload, extra), Date.now() - patienceMs);

/**
 * Marks events that are in no record although a delivery should have brought them long ago.
 *
 * @param patienceMs how long a delivery may take
 */
export function markMissed(
	context: TriggerContext,
	webhook: WebhookTrigger,
	events: readonly Event[],
	patienceMs = webhook.patienceMinutes * 60_000,
): Event[] {
	const isExpected = expectedBy(context, webhook, true);
	return events.map((event) =>
		isOverdue(webhook.provider, event, patienceMs) && isExpected(event)
			? { ...event, missedByWebhook: true }
			: event,
	);
}
