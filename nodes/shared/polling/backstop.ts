import { randomUUID } from 'node:crypto';
import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
	type IPollFunctions,
} from 'n8n-workflow';
import { z } from 'zod';

import {
	expectedBy,
	hourMarks,
	keyMark,
	markMissed,
	MISSED_EVENT,
	SILENT_EVENT,
	silenceKey,
	subjectMarks,
	type WebhookTrigger,
} from '../events/backstop';
import { processedKeys } from '../events/deduplicate';
import { identify } from '../events/identify';
import { listenersOf } from '../events/listeners';
import { timeOf } from '../events/occurredOn';
import { triggerOptionsOf } from '../events/options';
import { isBefore } from '../events/past';
import type { Event, EventDefinition, ProcessedKeys, ProviderInfo } from '../events/types';
import type { PollingSource, StreamRequest } from './stream';

/** An event that polling found, while its delivery may still come. */
interface Awaited extends IDataObject {
	event: string;
	eventKey: string;
	/** What its delivery names, where that is not the event itself. */
	subject: string | null;
	occurredAt: string | null;
	/** When polling found it, in milliseconds since 1970. */
	found: number;
	/** When its delivery is overdue, likewise. */
	due: number;
}

/** What a trigger stores of this in n8n's static data. */
export interface BackstopState extends IDataObject {
	awaited?: Awaited[];
	/** Since when polls have gone on without a pause, and when the last was; likewise. */
	polling?: { since: number; last: number };
	/** Since when deliveries are marked for it, likewise. */
	watchingSince?: number;
}

const REPORTS: readonly string[] = [MISSED_EVENT, SILENT_EVENT];

/** No more events wait at a time; the oldest are dropped. */
const MOST_AWAITED = 1000;
/** How many events a report lists. */
const MOST_LISTED = 20;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** After a longer time without a poll, the workflow may have been unpublished. */
const MAX_PAUSE_MS = HOUR_MS;
const DEFAULT_HOURS = 24;
/** A week; each hour is looked up. */
const MAX_HOURS = 168;
const MAX_PATIENCE_MINUTES = 7 * 24 * 60;

/** What deliveries did not bring. */
interface Missed extends IDataObject {
	count: number;
	/** The earliest time of one of them. */
	since: string | null;
	/** The first of them. */
	events: IDataObject[];
}

const missedSample: Missed = {
	count: 1,
	since: '2026-02-03T12:43:36.000Z',
	events: [
		{
			event: 'test_taker.created',
			eventKey: 'jofi:test_taker.created:12345',
			occurredAt: '2026-02-03T12:43:36.000Z',
		},
	],
};

/** What is the same in the events that report on deliveries; no provider sends them. */
const report: Pick<EventDefinition, 'kind' | 'schema' | 'sample' | 'key' | 'blocks'> = {
	kind: 'own',
	schema: z.object({}),
	sample: {},
	key: () => undefined,
	blocks: (_payload, extra) => ({ details: extra ?? null }),
};

/** Polling has found what the webhook trigger of the workflow should have got, and did not. */
export const webhookMissed: EventDefinition = {
	...report,
	type: MISSED_EVENT,
	label: 'Missed by Webhook',
	description:
		'Polling found events that no delivery brought to the webhook trigger of this workflow; one item for all that are overdue at a poll. Any Event does not include it.',
	sampleExtra: missedSample,
	title({ label, details }) {
		const count = details?.count;
		if (typeof count !== 'number') return `${label} events did not come by webhook`;
		return count === 1
			? `1 ${label} event did not come by webhook`
			: `${count} ${label} events did not come by webhook`;
	},
};

/** Deliveries stay away although something happens. */
export const webhookSilent: EventDefinition = {
	...report,
	type: SILENT_EVENT,
	label: 'Webhook Silent',
	description:
		'Nothing came by webhook for as long as Silent for (Hours) says, although polling found something; once for each silence. Any Event does not include it.',
	sampleExtra: { hours: DEFAULT_HOURS, found: 3 },
	title({ label, details }) {
		const hours = details?.hours;
		const time = hours === 1 ? 'an hour' : typeof hours === 'number' ? `${hours} hours` : 'long';
		return `Nothing has come from ${label} by webhook for ${time}`;
	},
};

const overdueAfter = (
	{ label }: ProviderInfo,
	{ patienceMinutes }: WebhookTrigger,
): INodeProperties => ({
	displayName: 'Overdue After (Minutes)',
	name: 'overdueMinutes',
	type: 'number',
	default: patienceMinutes,
	typeOptions: { minValue: 1, maxValue: MAX_PATIENCE_MINUTES },
	description: `How long after an event its delivery may still come, before it counts as missed by the webhook. Until when ${label} repeats deliveries is not documented, so the default is a choice.`,
});

/** Options of a polling trigger that is the backstop of a webhook trigger. */
export const backstopOptions = ({ provider, webhook }: PollingSource): INodeProperties[] => [
	...(webhook.bringsOthers ? [] : [overdueAfter(provider, webhook)]),
	{
		displayName: 'Silent for (Hours)',
		name: 'silentHours',
		type: 'number',
		default: DEFAULT_HOURS,
		typeOptions: { minValue: 1, maxValue: MAX_HOURS },
		description: 'How long nothing must have come by webhook, for Webhook Silent to report it',
	},
];

const positive = (value: unknown, otherwise: number, most: number): number =>
	Number(value) > 0 ? Math.min(Number(value), most) : otherwise;

const hoursIn = (settings: IDataObject): number =>
	Math.ceil(positive(settings.silentHours, DEFAULT_HOURS, MAX_HOURS));

/**
 * Reports compare what is polled with what deliveries brought.
 *
 * @throws NodeOperationError if there is a report to give, and nothing is polled
 */
export function assertComparable(
	context: IPollFunctions,
	{ provider, streams }: PollingSource,
	{ wants }: StreamRequest,
): void {
	const asked = provider.events.filter(({ type }) => REPORTS.includes(type) && wants(type));
	if (asked.length === 0 || streams.some(({ events }) => events.some(wants))) return;
	throw new NodeOperationError(context.getNode(), `${asked[0].label} has nothing to compare`, {
		description: `Add the events of the ${provider.label} Trigger to Trigger On as well.`,
	});
}

/** The contexts that have polled. n8n makes one at each publishing (read in 2.41.1). */
const polled = new WeakSet<object>();

/** Since when polls have gone on without a pause, in which deliveries may have been impossible. */
function pollingSince(context: IPollFunctions, { polling }: BackstopState, now: number): number {
	const isContinued = polled.has(context) || now - (polling?.last ?? 0) < MAX_PAUSE_MS;
	polled.add(context);
	return isContinued ? (polling?.since ?? now) : now;
}

/** The events whose deliveries are expected, and are overdue at some time. */
function awaitedOf(
	context: IPollFunctions,
	{ provider, webhook }: PollingSource,
	events: readonly Event[],
	patienceMs: number,
): Awaited[] {
	const now = Date.now();
	const hasTrigger = listenersOf(context, webhook.provider, [webhook.type]).length > 0;
	const isExpected = webhook.bringsOthers ? () => hasTrigger : expectedBy(context, webhook, false);
	return events.filter(isExpected).map((event) => {
		const occurredAt = provider.occurredAt(event.payload, event.extra);
		const happened = timeOf(provider, event);
		return {
			event: event.event,
			eventKey: event.eventKey,
			subject: webhook.subjectOf?.(event) ?? null,
			occurredAt,
			found: now,
			due: (happened < now ? happened : now) + patienceMs,
		};
	});
}

/**
 * Says of the new events of a poll whether their deliveries are overdue, and reports on all that are
 * overdue by now. Only the second phase can see n8n's record, and with it what deliveries brought:
 * see `verifyReport`.
 *
 * @param published the context that n8n uses for all polls since the workflow was published
 * @param events new ones that are selected, without what was there at the first poll
 */
export function watchDeliveries(
	context: IPollFunctions,
	published: IPollFunctions,
	source: PollingSource,
	{ wants, options }: StreamRequest,
	events: readonly Event[],
	state: BackstopState,
): { events: Event[]; reports: Event[] } {
	const { provider, webhook } = source;
	const patienceMs =
		positive(options.overdueMinutes, webhook.patienceMinutes, MAX_PATIENCE_MINUTES) * MINUTE_MS;
	const marked =
		options.skipDuplicates === false
			? [...events]
			: markMissed(context, webhook, events, patienceMs);
	const wanted = REPORTS.filter(wants);
	if (wanted.length === 0) {
		delete state.awaited;
		delete state.polling;
		delete state.watchingSince;
		return { events: marked, reports: [] };
	}
	const now = Date.now();
	state.polling = { since: pollingSince(published, state, now), last: now };
	const watchingSince = (state.watchingSince ??= now);
	const awaited = [
		...(state.awaited ?? []),
		...awaitedOf(context, source, events, patienceMs).filter(
			// What came before was not marked when it came.
			({ occurredAt }) => !isBefore(occurredAt, watchingSince),
		),
	].slice(-MOST_AWAITED);
	const due = awaited.filter((each) => each.due <= now);
	state.awaited = awaited.filter((each) => each.due > now);
	const hours = hoursIn(options);
	const isSilencePossible = now - state.polling.since >= hours * HOUR_MS;
	const reports = wanted
		.filter((type) => due.length > 0 && (type !== SILENT_EVENT || isSilencePossible))
		.map((type) => identify(provider, { type, payload: {}, id: randomUUID(), extra: { due } }));
	return { events: marked, reports };
}

/** The marks of which one shows that a delivery brought an event. */
const marksOf = ({ name }: ProviderInfo, { eventKey, subject, found }: Awaited): string[] => [
	keyMark(eventKey),
	...(subject === null ? [] : subjectMarks({ name }, subject, found, Date.now())),
];

async function verifyMissed(
	{ provider }: PollingSource,
	record: ProcessedKeys,
	due: readonly Awaited[],
): Promise<Missed | undefined> {
	const noted = await record.noted(due.flatMap((each) => marksOf(provider, each)));
	const missed = due.filter((each) => !marksOf(provider, each).some((mark) => noted.has(mark)));
	if (missed.length === 0) return undefined;
	const times = missed.flatMap(({ occurredAt }) => occurredAt ?? []);
	return {
		count: missed.length,
		since: times.sort()[0] ?? null,
		events: missed
			.slice(0, MOST_LISTED)
			.map(({ event, eventKey, occurredAt }) => ({ event, eventKey, occurredAt })),
	};
}

async function verifySilent(
	{ provider }: PollingSource,
	record: ProcessedKeys,
	due: readonly Awaited[],
	hours: number,
): Promise<IDataObject | undefined> {
	const noted = await record.noted(hourMarks(provider, hours, Date.now()));
	if (noted.size > 0) return undefined;
	const key = silenceKey(provider);
	const isFirst = (await record.record([key])).has(key);
	return isFirst ? { hours, found: due.length } : undefined;
}

/**
 * Compares a report with what the executions of deliveries have recorded.
 *
 * @returns the report with what is certain; `undefined` if there is nothing to report
 */
export async function verifyReport(
	context: IExecuteFunctions,
	source: PollingSource,
	event: Event,
): Promise<Event | undefined> {
	const due = (event.extra?.due ?? []) as Awaited[];
	const settings = context.getNodeParameter('settings', 0, {}) as IDataObject;
	const record = processedKeys(context, triggerOptionsOf(settings));
	const extra =
		event.event === MISSED_EVENT
			? await verifyMissed(source, record, due)
			: await verifySilent(source, record, due, hoursIn(settings));
	return extra && { ...event, extra };
}
