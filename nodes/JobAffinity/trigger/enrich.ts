import { NodeApiError, type IDataObject, type IExecuteFunctions, type JsonObject } from 'n8n-workflow';
import once from 'lodash/once';

import type { ReceivedEvent } from '../../shared/events/types';
import type { ProcessedKeys } from '../../shared/events/deduplicate';
import { isWanted } from '../../shared/events/filter';
import { triggerIdOf } from '../../shared/events/recentKeys';
import { asText, textAt } from '../../shared/values/text';
import { changeIdOf } from '../api/stepChanges';
import { deliveredRecord } from './deliveredRecord';
import { detailFields, partialDetails, deliveredDetails } from '../events/details';
import { keyOfChange, STEP_CHANGED } from '../events/definitions';
import { filters } from '../events/filters';
import { historyOf, isBehind, keyInHistory, showsCurrent, stateKeyOf } from './stepHistory';
import { isLastTry } from './lastTry';
import { RetryBudget } from './askAgain';
import { newStepsInList, newStepsInHistory, type NewSteps, type ReachedStep } from './seenChanges';
import { sentenceOf, snapshotOf, type Snapshot } from './snapshot';
import { JOBAFFINITY_CREDENTIAL } from '../api/transport';

/** A delivery that is asked about. */
interface Delivery {
	context: IExecuteFunctions;
	received: ReceivedEvent;
	/** The record of processed events, where this execution keeps to it. */
	processed?: ProcessedKeys;
	isLastTry(): boolean;
}

const NOT_LISTED = "JobAffinity's list of step changes does not show this change.";

/** Whether an event passes the trigger's filters, by what is known of it. */
function passes({ context, received }: Delivery, extra: IDataObject): boolean {
	const chosen = context.getNodeParameter('filters', 0, {}) as IDataObject;
	return isWanted({ type: received.event, payload: extra }, [received.event], filters, chosen);
}

/**
 * An event with what is known of it, if it passes the filters. Where nothing tells a repeat from the next change
 * of the same application, the key is this execution's, and nothing is ever taken for a duplicate of it.
 */
function single(delivery: Delivery, key: string | undefined, extra: IDataObject): ReceivedEvent[] {
	const { context, received } = delivery;
	const eventKey =
		key === undefined ? `${received.eventKey}:${context.getExecutionId()}` : `${received.provider}:${received.event}:${key}`;
	return passes(delivery, extra) ? [{ ...received, eventKey, extra }] : [];
}

/** The event as its delivery tells it. */
function undetailedEvent(delivery: Delivery, because: string): ReceivedEvent[] {
	const delivered = deliveredRecord(delivery.received.payload);
	const key = delivered.changeId === null ? undefined : keyOfChange(asText(delivered.application.id), { change_id: delivered.changeId });
	return single(delivery, key, deliveredDetails(delivered, because));
}

/** The event as the application tells it, without its change. */
function ofApplication(delivery: Delivery, { application, id, missing }: Snapshot): ReceivedEvent[] {
	const key = delivery.received.event === STEP_CHANGED ? stateKeyOf(application) : undefined;
	const lacks = missing === undefined ? {} : partialDetails('partly fetched', missing);
	return single(delivery, key && `${id}:${key}`, { ...detailFields(application), ...lacks });
}

function reached(delivery: Delivery, { id }: Snapshot, change: IDataObject, key: string, extra: IDataObject): ReachedStep {
	const { received } = delivery;
	const eventKey = `${received.provider}:${received.event}:${id}:${key}`;
	const isPassing = passes(delivery, extra);
	return { id: changeIdOf(change), date: asText(change.date), event: { ...received, eventKey, extra }, isWanted: isPassing };
}

/** The changes that are listed. */
const listedSteps = (delivery: Delivery, snapshot: Snapshot): ReachedStep[] =>
	(snapshot.changes ?? []).map((change) =>
		reached(delivery, snapshot, change, String(changeIdOf(change)), detailFields(snapshot.application, change)),
	);

/** The steps of the application's own history. */
const pastSteps = (delivery: Delivery, snapshot: Snapshot): ReachedStep[] =>
	(historyOf(snapshot.application) ?? []).map((step, index) => {
		const lacks = { change: null, ...partialDetails('partly fetched', snapshot.missing ?? NOT_LISTED) };
		return reached(delivery, snapshot, step, keyInHistory(step, index), { ...detailFields(snapshot.application, step), ...lacks });
	});

/** Where no record says what is new, a delivery is one event, the newest. */
const newestOnly = (steps: readonly ReachedStep[]): NewSteps => ({
	seen: 1,
	events: steps.slice(-1).filter(({ isWanted: isPassing }) => isPassing).map(({ event }) => event),
});

/** The news of a snapshot; `undefined` when something is missing from it. */
async function newsIn(delivery: Delivery, snapshot: Snapshot): Promise<NewSteps | undefined> {
	const { context, processed } = delivery;
	if (snapshot.changes) {
		if (isBehind(snapshot)) return undefined;
		const steps = listedSteps(delivery, snapshot);
		return processed ? await newStepsInList(context, processed, steps) : newestOnly(steps);
	}
	const steps = pastSteps(delivery, snapshot);
	if (steps.length === 0) return { seen: 1, events: ofApplication(delivery, snapshot) };
	return processed ? await newStepsInHistory(context, processed, steps) : newestOnly(steps);
}

/** What can be told where something is missing: the changes that are listed, and the application as it is. */
async function newsInPart(delivery: Delivery, snapshot: Snapshot): Promise<ReceivedEvent[]> {
	const { context, processed } = delivery;
	const steps = listedSteps(delivery, snapshot);
	const { events } = processed ? await newStepsInList(context, processed, steps) : { events: [] };
	const isCurrentTold = showsCurrent(snapshot) && events.some((event) => event === steps.at(-1)?.event);
	return isCurrentTold ? events : [...events, ...ofApplication(delivery, { ...snapshot, missing: snapshot.missing ?? NOT_LISTED })];
}

/** The same, later; what was known before where the API does not answer. */
async function later({ context }: Delivery, link: string, before: Snapshot): Promise<Snapshot> {
	try {
		const snapshot = await snapshotOf(context, link, true);
		if (!snapshot.failure) return snapshot;
		throw snapshot.failure;
	} catch (error) {
		context.logger.warn(`JobAffinity could not be asked again: ${(error as Error).message}`);
		return before;
	}
}

const newestOf = ({ application, changes }: Snapshot): string =>
	String(changes ? changeIdOf(changes.at(-1) ?? {}) : stateKeyOf(application));

/**
 * The events that the delivery of a step change announces. The API may not show yet what is delivered: then it is
 * asked again after a while, see `Patience`.
 */
async function changesAnnounced(delivery: Delivery, link: string): Promise<ReceivedEvent[]> {
	const { context, processed } = delivery;
	let snapshot = await snapshotOf(context, link, true);
	if (snapshot.failure) {
		if (!delivery.isLastTry()) throw snapshot.failure;
		return ofApplication(delivery, snapshot);
	}
	const name = `${triggerIdOf(context)}:${snapshot.id}`;
	const patience = new RetryBudget(processed ? name : `${name}:${context.getExecutionId()}`);
	try {
		for (;;) {
			const news = await newsIn(delivery, snapshot);
			if (news && news.seen > 0) {
				patience.noteSeen(news.seen);
				return news.events;
			}
			const next = await patience.pause(news && newestOf(snapshot));
			if (next === 'end' && !news) {
				patience.noteSeen(1);
				return await newsInPart(delivery, snapshot);
			}
			if (next !== 'again') return [];
			snapshot = await later(delivery, link, snapshot);
		}
	} finally {
		patience.end();
	}
}

async function fetched(delivery: Delivery, link: string): Promise<ReceivedEvent[]> {
	if (delivery.received.event === STEP_CHANGED) return await changesAnnounced(delivery, link);
	const snapshot = await snapshotOf(delivery.context, link, false);
	if (snapshot.failure && !delivery.isLastTry()) throw snapshot.failure;
	return ofApplication(delivery, snapshot);
}

/** Why the details of an event are not asked for; `undefined` when they are. */
function obstacleTo(context: IExecuteFunctions, link: string | null): string | undefined {
	if (context.getNodeParameter('fetchDetails', 0, true) !== true) return 'Fetch Application Details is off.';
	if (!context.getNode().credentials?.[JOBAFFINITY_CREDENTIAL]) return 'No JobAffinity API credential is chosen.';
	return link === null ? 'The delivery has no link to an application.' : undefined;
}

/**
 * What a delivery announces. It is thin and may come late, twice, after a later one, or before the API shows it,
 * so the application's changes are asked for, and every one that was not told yet is an event: A→B→A is three,
 * a repeat is none. If the API does not answer, the delivery is told as far as is known. It takes two requests,
 * four in the older generation of the reference, and two more for each time that is asked again.
 */
export async function enrich(context: IExecuteFunctions, received: ReceivedEvent, processed?: ProcessedKeys): Promise<ReceivedEvent[]> {
	const delivery: Delivery = { context, received, processed, isLastTry: once(() => isLastTry(context)) };
	const link = textAt(received.payload, 'application._self');
	const obstacle = obstacleTo(context, link);
	if (link === null || obstacle !== undefined) return undetailedEvent(delivery, obstacle ?? '');
	try {
		return await fetched(delivery, link);
	} catch (error) {
		if (!delivery.isLastTry()) throw new NodeApiError(context.getNode(), error as JsonObject);
		context.logger.warn(`The details of a JobAffinity event could not be fetched: ${(error as Error).message}`);
		return undetailedEvent(delivery, sentenceOf(error));
	}
}
