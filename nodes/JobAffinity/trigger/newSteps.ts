import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import findLastIndex from 'lodash/findLastIndex';

import type { Event, ProcessedKeys } from '../../shared/events/types';
import { addMark, noteMark, recordedAmong, validMarks } from './recordMarks';

/** What a trigger keeps in n8n's static data. */
export interface TriggerState extends IDataObject {
	/** Changes up to this one happened before the trigger was published. */
	newestChangeId?: number;
	/**
	 * When it was published without that, because the API did not answer; in milliseconds since 1970.
	 */
	publishedAt?: number;
	/** Set if only events that are read from step changes were selected at the last publishing. */
	isDerivedOnly?: true;
	/** The changes at which marks were set in n8n's record, oldest first: see `recordMarks.ts`. */
	marks?: number[];
}

/** A step that an application reached, and its event. */
export interface ReachedStep {
	/** The ID of the change; `null` if only the application's history shows it, which has no IDs. */
	id: number | null;
	date: string | null;
	/** The key of the change itself, as an event. */
	key: string;
	/** What it is to the workflow; nothing if it is filtered out, or not what the user selected. */
	events: Event[];
}

const DAY_MS = 24 * 60 * 60_000;

/** No delivery is expected to be later than this. */
const MAX_DELAY_MS = 30 * DAY_MS;
/** A day without a zone starts up to 14 hours earlier and ends up to 12 hours later than in UTC. */
const WEST_MS = 12 * 60 * 60_000;
/** How far JobAffinity's clock may be behind this one. */
const SKEW_MS = 5 * 60_000;

/**
 * The latest moment that a date may mean, in milliseconds since 1970; for a day without a zone, its
 * end in the far west.
 */
const latestOf = (date: string | null): number => {
	const time = Date.parse(date ?? '');
	return date?.length === 'YYYY-MM-DD'.length ? time + DAY_MS + WEST_MS : time;
};

/** Whether a step may be this recent; one without a date may. */
const isWithin = ({ date }: ReachedStep, ms: number): boolean =>
	!(latestOf(date) < Date.now() - ms);

/**
 * Whether the newest change of an application may be what its delivery announces, if the newest
 * change at publishing is unknown or was stored later: it must not be certain that it is older than
 * publishing.
 */
const isAfterPublishing = (
	{ publishedAt, newestChangeId }: TriggerState,
	{ date }: ReachedStep,
): boolean =>
	publishedAt === undefined
		? newestChangeId === undefined
		: !(latestOf(date) < publishedAt - SKEW_MS);

/** The changes that a delivery may announce: after publishing, and not too old. */
function candidatesIn(state: TriggerState, steps: readonly ReachedStep[]): ReachedStep[] {
	const { newestChangeId = Infinity, marks } = state;
	const from = Math.max(newestChangeId, marks?.[0] ?? -Infinity);
	const newest = steps.at(-1);
	return steps.filter(
		(step) =>
			isWithin(step, MAX_DELAY_MS) &&
			((step.id ?? 0) > from ||
				(step === newest && from === newestChangeId && isAfterPublishing(state, step))),
	);
}

/** Whether the workflow gets the change itself. */
const isRun = ({ key, events }: ReachedStep): boolean =>
	events.some(({ eventKey }) => eventKey === key);

/**
 * The key of a change that this trigger has seen and does not run itself, because it is filtered out
 * or only what is read from it is selected; another trigger of the workflow may run it.
 */
const seenKey = (context: IExecuteFunctions, { key }: ReachedStep): string =>
	`${key}#${context.getNode().id}`;

/** Records steps, including those that do not run; gives those that were not recorded yet. */
async function recordSteps(
	context: IExecuteFunctions,
	processed: ProcessedKeys,
	steps: readonly ReachedStep[],
) {
	const keyOf = (step: ReachedStep) => (isRun(step) ? step.key : seenKey(context, step));
	const fresh = await processed.record(steps.map(keyOf));
	return steps.filter((step) => fresh.has(keyOf(step)));
}

/** The steps without those that other parameters kept away when they were new. */
async function withoutFilteredBefore(
	context: IExecuteFunctions,
	processed: ProcessedKeys,
	found: readonly ReachedStep[],
) {
	const seen = await recordedAmong(
		processed,
		found.filter(isRun).map((step) => seenKey(context, step)),
	);
	const isOld = (step: ReachedStep) => isRun(step) && seen.has(seenKey(context, step));
	// Only this trigger has seen them.
	await processed.takeBack(found.filter(isOld).map(({ key }) => key));
	return found.filter((step) => !isOld(step));
}

/** What is new among the steps of an application. */
export interface NewSteps {
	/** How many are seen for the first time, including those that do not run. */
	seen: number;
	events: Event[];
}

const newStepsOf = (found: readonly ReachedStep[], steps: readonly ReachedStep[]): NewSteps => ({
	seen: found.length,
	events: steps.flatMap(({ events }) => events),
});

/**
 * Whether only the newest step was found, and it is recent. Anything else n8n's record may have
 * forgotten.
 */
const isObvious = (found: readonly ReachedStep[], newest: ReachedStep | undefined): boolean =>
	found.length === 1 && found[0] === newest && isWithin(newest, DAY_MS);

/**
 * The steps that are certain to be new, because n8n's record may have forgotten others; updates the
 * marks.
 */
async function certainlyNew(
	context: IExecuteFunctions,
	processed: ProcessedKeys,
	steps: readonly ReachedStep[],
	found: readonly ReachedStep[],
): Promise<ReachedStep[]> {
	const state = context.getWorkflowStaticData('node') as TriggerState;
	const marks = state.marks ?? [];
	const valid = await validMarks(context, processed, marks);
	if (valid.length === 0) {
		// The record says nothing, so the delivery is one event.
		const newest = steps.at(-1)!;
		state.marks = [newest.id ?? 0];
		await noteMark(context, processed, state.marks[0]);
		return found.filter((step) => step === newest);
	}
	if (valid.length < marks.length) state.marks = valid;
	const timely = candidatesIn(state, steps);
	return found.filter((step) => timely.includes(step));
}

/**
 * The new changes of an application, oldest first. Every change is recorded, whether or not it
 * passes the filters. A change that is older than what n8n's record still covers is not new,
 * because the record may have forgotten it. If the newest change at publishing is unknown, the
 * first delivery that gets through sets it: its own change is new, earlier ones are not.
 */
export async function newStepsInList(
	context: IExecuteFunctions,
	processed: ProcessedKeys,
	steps: readonly ReachedStep[],
): Promise<NewSteps> {
	const state = context.getWorkflowStaticData('node') as TriggerState;
	const candidates = candidatesIn(state, steps);
	const newest = steps.at(-1);
	if (!newest || candidates.length === 0) return { seen: 0, events: [] };
	const isFirst = state.marks === undefined;
	const start = state.newestChangeId ?? newest.id ?? 0;
	if (isFirst) await noteMark(context, processed, start);
	const found = await recordSteps(context, processed, candidates);
	if (found.length === 0) return { seen: 0, events: [] };
	if (state.newestChangeId === undefined)
		Object.assign(state, { newestChangeId: start, publishedAt: state.publishedAt ?? Date.now() });
	state.marks ??= [start];

	let fresh: ReachedStep[] = found;
	if (!isObvious(found, newest)) {
		fresh = await withoutFilteredBefore(context, processed, found);
		if (!isFirst) fresh = await certainlyNew(context, processed, steps, fresh);
	}
	const marks = await addMark(context, processed, state.marks, {
		seen: found.length,
		newest: newest.id ?? 0,
	});
	if (marks) state.marks = marks;
	return newStepsOf(found, fresh);
}

/** How many steps of a history are considered. */
const MAX_PAST = 50;

/**
 * The new steps in an application's own history, oldest first, if its changes cannot be listed:
 * those after the newest step that was seen, or the current step if none was.
 */
export async function newStepsInHistory(
	context: IExecuteFunctions,
	processed: ProcessedKeys,
	steps: readonly ReachedStep[],
): Promise<NewSteps> {
	const past = steps.slice(-MAX_PAST);
	const found = await recordSteps(context, processed, past);
	if (found.length === 0) return { seen: 0, events: [] };
	const lastSeen = findLastIndex(past, (step) => !found.includes(step));
	const later = lastSeen < 0 ? past.slice(-1) : past.slice(lastSeen + 1);
	return newStepsOf(later, await withoutFilteredBefore(context, processed, later));
}
