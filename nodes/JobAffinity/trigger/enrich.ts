import {
	NodeApiError,
	type IDataObject,
	type IExecuteFunctions,
	type JsonObject,
} from 'n8n-workflow';
import once from 'lodash/once';

import { isLastAttempt } from '../../shared/events/attempts';
import type { Event, ProcessedKeys } from '../../shared/events/types';
import { passesFilters } from '../../shared/events/filter';
import { triggerIdOf } from '../../shared/events/recentKeys';
import { sentenceOf } from '../../shared/http/errors';
import { asText, textAt } from '../../shared/values/text';
import { changeIdOf, stepOf } from '../api/stepChanges';
import { deliveredRecord } from '../events/deliveredRecord';
import { detailFields, partialDetails, deliveredDetails } from '../events/details';
import { keyOfChange, STEP_CHANGED } from '../events/definitions';
import { filters } from '../events/filters';
import { historyOf, isBehind, keyInHistory, showsCurrent, stateKeyOf } from './stepHistory';
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
}

const NOT_LISTED = "JobAffinity's list of step changes does not show this change.";

/** Whether the event passes the trigger's filters with these fields. */
function passes({ context, event }: Delivery, extra: IDataObject): boolean {
	const values = context.getNodeParameter('filters', 0, {}) as IDataObject;
	return passesFilters({ ...event, extra }, filters, values);
}

/**
 * The event with these fields, if it passes the filters. Where nothing distinguishes a repeat from
 * the next change of the same application, the key is this execution's, so that nothing is ever a
 * duplicate of it.
 */
function single(delivery: Delivery, key: string | undefined, extra: IDataObject): Event[] {
	const { context, event } = delivery;
	const eventKey =
		key === undefined
			? `${event.eventKey}:${context.getExecutionId()}`
			: `${event.provider}:${event.event}:${key}`;
	return passes(delivery, extra)
		? [{ ...event, eventKey, extra: { ...event.extra, ...extra } }]
		: [];
}

/** The event with only what its delivery says. */
function deliveredOnly(delivery: Delivery, because: string): Event[] {
	const delivered = deliveredRecord(delivery.event.payload);
	const key =
		delivered.changeId === null
			? undefined
			: keyOfChange(asText(delivered.application.id), { change_id: delivered.changeId });
	return single(delivery, key, deliveredDetails(delivered, because));
}

/** The event with what the application shows, without its change. */
function applicationOnly(delivery: Delivery, { application, id, missing }: Snapshot): Event[] {
	const key = delivery.event.event === STEP_CHANGED ? stateKeyOf(application) : undefined;
	const gaps = missing === undefined ? {} : partialDetails('partly fetched', missing);
	return single(delivery, key && `${id}:${key}`, {
		...detailFields(application, undefined, historyOf(application)?.at(-2)),
		...gaps,
	});
}

function reached(
	delivery: Delivery,
	{ id }: Snapshot,
	change: IDataObject,
	key: string,
	extra: IDataObject,
): ReachedStep {
	const { event } = delivery;
	const eventKey = `${event.provider}:${event.event}:${id}:${key}`;
	return {
		id: changeIdOf(change),
		date: asText(change.date),
		event: { ...event, eventKey, extra: { ...event.extra, ...extra } },
		isPassing: passes(delivery, extra),
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

/** The listed changes. */
const listedSteps = (delivery: Delivery, snapshot: Snapshot): ReachedStep[] =>
	(snapshot.changes ?? []).map((change, index) =>
		reached(
			delivery,
			snapshot,
			change,
			String(changeIdOf(change)),
			detailFields(snapshot.application, change, stepBefore(snapshot, index)),
		),
	);

/** The steps of the application's own history. */
const pastSteps = (delivery: Delivery, snapshot: Snapshot): ReachedStep[] =>
	(historyOf(snapshot.application) ?? []).map((step, index, steps) => {
		const gaps = {
			change: null,
			...partialDetails('partly fetched', snapshot.missing ?? NOT_LISTED),
		};
		return reached(delivery, snapshot, step, keyInHistory(step, index), {
			...detailFields(snapshot.application, step, steps[index - 1]),
			...gaps,
		});
	});

/** Without a record of what is new, a delivery is one event: the newest change. */
const newestOnly = (steps: readonly ReachedStep[]): NewSteps => ({
	seen: 1,
	events: steps
		.slice(-1)
		.filter(({ isPassing }) => isPassing)
		.map(({ event }) => event),
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
	const { events } = processed ? await newStepsInList(context, processed, steps) : { events: [] };
	const hasCurrent =
		showsCurrent(snapshot) && events.some((event) => event === steps.at(-1)?.event);
	return hasCurrent
		? events
		: [
				...events,
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
	const delivery: Delivery = {
		context,
		event,
		processed,
		isLastAttempt: once(() => isLastAttempt(context)),
	};
	const link = textAt(event.payload, 'application._self');
	const reason = whyNotFetched(context, link);
	if (link === null || reason !== undefined) return deliveredOnly(delivery, reason ?? '');
	try {
		return await fetchEvents(delivery, link);
	} catch (error) {
		if (!delivery.isLastAttempt()) throw new NodeApiError(context.getNode(), error as JsonObject);
		context.logger.warn(
			`The details of a JobAffinity event could not be fetched: ${(error as Error).message}`,
		);
		return deliveredOnly(delivery, sentenceOf(error));
	}
}
