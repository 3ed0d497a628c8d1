import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type JsonObject,
} from 'n8n-workflow';
import get from 'lodash/get';
import once from 'lodash/once';

import { isLastAttempt } from '../../shared/events/attempts';
import type { Event, ProcessedKeys } from '../../shared/events/types';
import { isSelected, passesFilters } from '../../shared/events/filter';
import { triggerIdOf } from '../../shared/events/recentKeys';
import { sentenceOf } from '../../shared/http/errors';
import { asText, textAt, textsIn } from '../../shared/values/text';
import { changeIdOf, stepOf } from '../api/stepChanges';
import { deliveredRecord } from '../events/deliveredRecord';
import { derivedKey, derivedTypes, endStepsIn, mayBeFirst } from '../events/derived';
import { detailFields, partialDetails, deliveredDetails } from '../events/details';
import { events, keyOfChange, STEP_CHANGED } from '../events/definitions';
import { filters } from '../events/filters';
import {
	historyOf,
	isBefore,
	isBehind,
	keyInHistory,
	showsCurrent,
	stateKeyOf,
} from '../events/stepHistory';
import { RetryBudget } from './retryBudget';
import { newStepsInList, newStepsInHistory, type NewSteps, type ReachedStep } from './newSteps';
import { snapshotOf, type Snapshot } from './snapshot';
import { JOBAFFINITY_CREDENTIAL } from '../api/transport';

/** A delivery to enrich. */
interface Delivery {
	context: IExecuteFunctions;
	event: Event;
	/** The record of processed events, if this execution uses it. */
	processed?: ProcessedKeys;
	isLastAttempt(): boolean;
	/** Whether an event of this type is selected in Trigger On. */
	wants(type: string): boolean;
	/** Steps that count as an end step as well. */
	endSteps: readonly string[];
}

const NOT_LISTED = "JobAffinity's list of step changes does not show this change.";

/** Whether the event passes the trigger's filters with these fields. */
function passes({ context, event }: Delivery, extra: IDataObject): boolean {
	const values = context.getNodeParameter('filters', 0, {}) as IDataObject;
	return passesFilters({ ...event, extra }, filters, values);
}

/** What is known of a step that an application reached. */
interface KnownStep {
	applicationId: string | null;
	/** The key of the change; `undefined` where nothing distinguishes a repeat from the next one. */
	key: string | undefined;
	/** Whether it is the application's first change. */
	isFirst: boolean;
	extra: IDataObject;
}

/**
 * The delivered event with these fields, and what is read from it, as far as they are selected and
 * pass the filters. Without a key of the change, they have one of this execution, so that nothing is
 * ever a duplicate of them.
 */
function eventsOf(
	delivery: Delivery,
	{ applicationId, key, isFirst, extra }: KnownStep,
): { key: string; events: Event[] } {
	const { context, event, wants, endSteps } = delivery;
	const ownKey = key ?? `${event.eventKey}:${context.getExecutionId()}`;
	const step = (extra.step ?? {}) as IDataObject;
	const derived = event.event === STEP_CHANGED ? derivedTypes(step, { isFirst, endSteps }) : [];
	const keyOf = (type: string) => {
		if (type === event.event)
			return key === undefined ? ownKey : `${event.provider}:${type}:${key}`;
		return `${event.provider}:${type}:${applicationId === null ? ownKey : derivedKey(type, applicationId, ownKey)}`;
	};
	return {
		key: keyOf(event.event),
		events: passes(delivery, extra)
			? [event.event, ...derived].filter(wants).map((type) => ({
					...event,
					event: type,
					eventKey: keyOf(type),
					extra: { ...event.extra, ...extra },
				}))
			: [],
	};
}

const withStop = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/**
 * @throws NodeOperationError when only what is read from step changes is selected, and nothing says
 * which step was reached: the event would be lost without a word
 */
function assertStepKnown(delivery: Delivery, extra: IDataObject): void {
	const { context, event, wants } = delivery;
	const isKnown = wants(event.event) || textAt(extra, 'step.status') !== null;
	if (isKnown || !passes(delivery, extra)) return;
	throw new NodeOperationError(
		context.getNode(),
		'It is not known which step the application reached',
		{
			description: `${withStop(textAt(extra, 'detailsError') ?? 'The API does not show it')} So it cannot be told whether an application was received or has ended. Retry this execution when that is mended, or also select Step Changed, which comes without the step as well.`,
		},
	);
}

/** The event with only what its delivery says. */
function deliveredOnly(delivery: Delivery, because: string): Event[] {
	const delivered = deliveredRecord(delivery.event.payload);
	const applicationId = asText(delivered.application.id);
	const key =
		delivered.changeId === null
			? undefined
			: keyOfChange(applicationId, { change_id: delivered.changeId });
	const extra = deliveredDetails(delivered, because);
	const isFirst = mayBeFirst(delivered.application, (extra.step ?? {}) as IDataObject);
	const { events: known } = eventsOf(delivery, { applicationId, key, isFirst, extra });
	if (known.length === 0) assertStepKnown(delivery, extra);
	return known;
}

/** Whether the step that an application shows is its first, by its history or its dates. */
function showsFirst(application: IDataObject): boolean {
	const history = historyOf(application);
	return history
		? history.length === 1
		: mayBeFirst(application, (application.step ?? {}) as IDataObject);
}

/** The event with what the application shows, without its change. */
function applicationOnly(delivery: Delivery, { application, id, missing }: Snapshot): Event[] {
	const key = delivery.event.event === STEP_CHANGED ? stateKeyOf(application) : undefined;
	const gaps = missing === undefined ? {} : partialDetails('partly fetched', missing);
	const extra = {
		...detailFields(application, undefined, historyOf(application)?.at(-2)),
		...gaps,
	};
	const { events: known } = eventsOf(delivery, {
		applicationId: id,
		key: key && `${id}:${key}`,
		isFirst: showsFirst(application),
		extra,
	});
	if (known.length === 0) assertStepKnown(delivery, extra);
	return known;
}

function reached(
	delivery: Delivery,
	{ id }: Snapshot,
	change: IDataObject,
	{ key, ...known }: Pick<KnownStep, 'isFirst' | 'extra'> & { key: string },
): ReachedStep {
	return {
		id: changeIdOf(change),
		date: asText(change.date),
		...eventsOf(delivery, { applicationId: id, key: `${id}:${key}`, ...known }),
	};
}

/**
 * The step before a listed change. The list may lack the first step, which is not documented; then
 * the application's own history has it.
 */
function stepBefore({ application, changes = [] }: Snapshot, index: number) {
	if (index > 0) return stepOf(changes[index - 1]);
	const history = historyOf(application) ?? [];
	return history.length === changes.length + 1 ? history[0] : undefined;
}

/**
 * Whether a listed change is the application's first. The list may be cut short, so the
 * application's own history must not begin earlier.
 */
function isFirstListed({ application }: Snapshot, change: IDataObject, index: number): boolean {
	const [first] = historyOf(application) ?? [];
	return index === 0 && !isBefore(asText(first?.date), asText(change.date));
}

/** The listed changes. */
const listedSteps = (delivery: Delivery, snapshot: Snapshot): ReachedStep[] =>
	(snapshot.changes ?? []).map((change, index) =>
		reached(delivery, snapshot, change, {
			key: String(changeIdOf(change)),
			isFirst: isFirstListed(snapshot, change, index),
			extra: detailFields(snapshot.application, change, stepBefore(snapshot, index)),
		}),
	);

/** The steps of the application's own history. */
const pastSteps = (delivery: Delivery, snapshot: Snapshot): ReachedStep[] =>
	(historyOf(snapshot.application) ?? []).map((step, index, steps) => {
		const gaps = {
			change: null,
			...partialDetails('partly fetched', snapshot.missing ?? NOT_LISTED),
		};
		return reached(delivery, snapshot, step, {
			key: keyInHistory(step, index),
			isFirst: index === 0,
			extra: { ...detailFields(snapshot.application, step, steps[index - 1]), ...gaps },
		});
	});

/** Without a record of what is new, a delivery is one event: the newest change. */
const newestOnly = (steps: readonly ReachedStep[]): NewSteps => ({
	seen: 1,
	events: steps.slice(-1).flatMap((step) => step.events),
});

/** What is new in a snapshot; `undefined` when the snapshot lacks something. */
async function newIn(delivery: Delivery, snapshot: Snapshot): Promise<NewSteps | undefined> {
	const { context, processed } = delivery;
	if (snapshot.changes) {
		if (isBehind(snapshot)) return undefined;
		const steps = listedSteps(delivery, snapshot);
		return processed ? await newStepsInList(context, processed, steps) : newestOnly(steps);
	}
	const steps = pastSteps(delivery, snapshot);
	if (steps.length === 0) return { seen: 1, events: applicationOnly(delivery, snapshot) };
	return processed ? await newStepsInHistory(context, processed, steps) : newestOnly(steps);
}

/**
 * The events of a snapshot that lacks something: the listed changes, and the application as it is.
 */
async function newInPart(delivery: Delivery, snapshot: Snapshot): Promise<Event[]> {
	const { context, processed } = delivery;
	const steps = listedSteps(delivery, snapshot);
	const { events: found } = processed
		? await newStepsInList(context, processed, steps)
		: { events: [] };
	const hasCurrent =
		showsCurrent(snapshot) && found.some((event) => steps.at(-1)?.events.includes(event));
	return hasCurrent
		? found
		: [
				...found,
				...applicationOnly(delivery, { ...snapshot, missing: snapshot.missing ?? NOT_LISTED }),
			];
}

/** The snapshot read again; the one before if the API does not answer. */
async function reread({ context }: Delivery, link: string, before: Snapshot): Promise<Snapshot> {
	try {
		const snapshot = await snapshotOf(context, link, true);
		if (!snapshot.failure) return snapshot;
		throw snapshot.failure;
	} catch (error) {
		context.logger.warn(`JobAffinity could not be read again: ${(error as Error).message}`);
		return before;
	}
}

const newestOf = ({ application, changes }: Snapshot): string =>
	String(changes ? changeIdOf(changes.at(-1) ?? {}) : stateKeyOf(application));

/**
 * The events that the delivery of a step change announces. The API may not show the change yet;
 * then it is read again after a while, see `RetryBudget`.
 */
async function changesAnnounced(delivery: Delivery, link: string): Promise<Event[]> {
	const { context, processed } = delivery;
	let snapshot = await snapshotOf(context, link, true);
	if (snapshot.failure) {
		if (!delivery.isLastAttempt()) throw snapshot.failure;
		return applicationOnly(delivery, snapshot);
	}
	const name = `${triggerIdOf(context)}:${snapshot.id}`;
	const budget = new RetryBudget(processed ? name : `${name}:${context.getExecutionId()}`);
	try {
		for (;;) {
			const found = await newIn(delivery, snapshot);
			if (found && found.seen > 0) {
				budget.noteSeen(found.seen);
				return found.events;
			}
			const next = await budget.pause(found && newestOf(snapshot));
			if (next === 'end' && !found) {
				budget.noteSeen(1);
				return await newInPart(delivery, snapshot);
			}
			if (next !== 'again') return [];
			snapshot = await reread(delivery, link, snapshot);
		}
	} finally {
		budget.close();
	}
}

async function fetchEvents(delivery: Delivery, link: string): Promise<Event[]> {
	if (delivery.event.event === STEP_CHANGED) return await changesAnnounced(delivery, link);
	const snapshot = await snapshotOf(delivery.context, link, false);
	if (snapshot.failure && !delivery.isLastAttempt()) throw snapshot.failure;
	return applicationOnly(delivery, snapshot);
}

/** Why the details of an event are not fetched; `undefined` when they are. */
function whyNotFetched(context: IExecuteFunctions, link: string | null): string | undefined {
	if (context.getNodeParameter('fetchDetails', 0, true) !== true)
		return 'Fetch Application Details is off.';
	if (!context.getNode().credentials?.[JOBAFFINITY_CREDENTIAL])
		return 'No JobAffinity API credential is chosen.';
	return link === null ? 'The delivery has no link to an application.' : undefined;
}

/**
 * The events that a delivery announces. A delivery is thin and may arrive late, twice, after a
 * later one, or before the API shows its change. So the application's changes are read, and each
 * one that is new is an event: A→B→A is three, a repeat is none. If the API does not answer, the
 * event has only what its delivery says. This takes two requests, four in the older generation of
 * the reference, and two more each time it is read again.
 */
export async function enrich(
	context: IExecuteFunctions,
	event: Event,
	processed?: ProcessedKeys,
): Promise<Event[]> {
	const types = textsIn([
		context.getNodeParameter('events', 0, []),
		get(context.getNodeParameter('settings', 0, {}), 'otherEvents'),
	]);
	const delivery: Delivery = {
		context,
		event,
		processed,
		isLastAttempt: once(() => isLastAttempt(context)),
		wants: (type) => isSelected({ events }, type, types),
		endSteps: endStepsIn(context.getNodeParameter('settings', 0, {})),
	};
	const link = textAt(event.payload, 'application._self');
	const reason = whyNotFetched(context, link);
	if (link === null || reason !== undefined) return deliveredOnly(delivery, reason ?? '');
	try {
		const found = await fetchEvents(delivery, link);
		return found;
	} catch (error) {
		if (!delivery.isLastAttempt()) throw new NodeApiError(context.getNode(), error as JsonObject);
		context.logger.warn(
			`The details of a JobAffinity event could not be fetched: ${(error as Error).message}`,
		);
		return deliveredOnly(delivery, sentenceOf(error));
	}
}
