import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import findLastIndex from 'lodash/findLastIndex';

import type { Event, ProcessedKeys } from '../../shared/events/types';
import { addMark, noteMark, recordedAmong, validMarks } from './recordMarks';

/** What a trigger keeps in n8n's static data. */
export interface TriggerState extends IDataObject {
	/** Changes up to this one were before the trigger's time. */
	newestChangeId?: number;
	/** When it was published without that, as the API did not answer; in milliseconds since 1970. */
	publishedAt?: number;
	/** Changes with which marks were set in n8n's record, oldest first: see `vouching.ts`. */
	marks?: number[];
}

/** A step that an application reached, with the event that tells of it. */
export interface ReachedStep {
	/** The ID of the change; `null` where only the application's history shows it, which has none. */
	id: number | null;
	date: string | null;
	event: Event;
	/** Whether it passes the trigger's filters. */
	isWanted: boolean;
}

const DAY_MS = 24 * 60 * 60_000;

/** No delivery is expected to be later. */
const LATEST_MS = 30 * DAY_MS;
/** A day without a zone begins up to 14 hours sooner and ends up to 12 hours later than in UTC. */
const WEST_MS = 12 * 60 * 60_000;
/** By how much JobAffinity's clock may be behind this one. */
const SKEW_MS = 5 * 60_000;

/** The last moment that a date may mean, in milliseconds since 1970; that of a day without a zone is its end in the far west. */
const latestOf = (date: string | null): number => {
	const time = Date.parse(date ?? '');
	return date?.length === 'YYYY-MM-DD'.length ? time + DAY_MS + WEST_MS : time;
};

/** Whether a step is not certain to be older than that; one without a date is not. */
const isWithin = ({ date }: ReachedStep, ms: number): boolean => !(latestOf(date) < Date.now() - ms);

/**
 * Whether the newest change of an application may be what its delivery announces although the newest change at
 * publishing is not known, or was noted later: it is not certain to be from before publishing.
 */
const isAfterPublishing = ({ publishedAt, newestChangeId }: TriggerState, { date }: ReachedStep): boolean =>
	publishedAt === undefined ? newestChangeId === undefined : !(latestOf(date) < publishedAt - SKEW_MS);

/** The changes that a delivery may announce: of the trigger's time, and not too old. */
function announced(published: TriggerState, steps: readonly ReachedStep[]): ReachedStep[] {
	const { newestChangeId = Infinity, marks } = published;
	const from = Math.max(newestChangeId, marks?.[0] ?? -Infinity);
	const newest = steps.at(-1);
	return steps.filter(
		(step) =>
			isWithin(step, LATEST_MS) &&
			((step.id ?? 0) > from || (step === newest && from === newestChangeId && isAfterPublishing(published, step))),
	);
}

/** The key of an event that this trigger saw and filtered out; another trigger of the workflow may tell it. */
const passedOver = (context: IExecuteFunctions, { event }: ReachedStep): string => `${event.eventKey}#${context.getNode().id}`;

/** Records steps, also those that are filtered out, and gives those that were not recorded yet. */
async function recordSteps(context: IExecuteFunctions, processed: ProcessedKeys, steps: readonly ReachedStep[]) {
	const keyOf = (step: ReachedStep) => (step.isWanted ? step.event.eventKey : passedOver(context, step));
	const fresh = await processed.record(steps.map(keyOf));
	return steps.filter((step) => fresh.has(keyOf(step)));
}

/** Without those that were filtered out when they were new, because the filters were others then. */
async function withoutPassedOver(context: IExecuteFunctions, processed: ProcessedKeys, found: readonly ReachedStep[]) {
	const wanted = found.filter(({ isWanted }) => isWanted);
	const seen = await recordedAmong(processed, wanted.map((step) => passedOver(context, step)));
	const isOld = (step: ReachedStep) => step.isWanted && seen.has(passedOver(context, step));
	// It is this trigger alone that has seen them.
	await processed.takeBack(found.filter(isOld).map(({ event }) => event.eventKey));
	return found.filter((step) => !isOld(step));
}

/** What is new among the steps of an application. */
export interface NewSteps {
	/** How many are seen for the first time, also those that are filtered out. */
	seen: number;
	events: Event[];
}

const newsOf = (found: readonly ReachedStep[], told: readonly ReachedStep[]): NewSteps => ({
	seen: found.length,
	events: told.filter(({ isWanted }) => isWanted).map(({ event }) => event),
});

/** Whether a step needs no further thought: the newest alone, of these days. Anything else may have been forgotten. */
const isObvious = (found: readonly ReachedStep[], newest: ReachedStep | undefined): boolean =>
	found.length === 1 && found[0] === newest && isWithin(newest, DAY_MS);

/** Of what was found, what may be told, as n8n's record may have forgotten the rest; brings the marks up to date. */
async function vouchedFor(
	context: IExecuteFunctions,
	processed: ProcessedKeys,
	steps: readonly ReachedStep[],
	found: readonly ReachedStep[],
): Promise<ReachedStep[]> {
	const published = context.getWorkflowStaticData('node') as TriggerState;
	const marks = published.marks ?? [];
	const vouching = await validMarks(context, processed, marks);
	if (vouching.length === 0) {
		// Nothing is known of what was told, so the delivery is one event.
		const newest = steps.at(-1)!;
		published.marks = [newest.id ?? 0];
		await noteMark(context, processed, published.marks[0]);
		return found.filter((step) => step === newest);
	}
	if (vouching.length < marks.length) published.marks = vouching;
	const timely = announced(published, steps);
	return found.filter((step) => timely.includes(step));
}

/**
 * The news among the changes of an application, oldest first. All that is seen is recorded, whether it passes the
 * filters or not, and nothing is news that is older than what n8n's record still vouches for: of an event that
 * was forgotten nobody knows whether it was told. Where the newest change at publishing is not known, the first
 * delivery that gets through sets it: its own change is news, and what was before is not.
 */
export async function newStepsInList(context: IExecuteFunctions, processed: ProcessedKeys, steps: readonly ReachedStep[]): Promise<NewSteps> {
	const published = context.getWorkflowStaticData('node') as TriggerState;
	const candidates = announced(published, steps);
	const newest = steps.at(-1);
	if (!newest || candidates.length === 0) return { seen: 0, events: [] };
	const isFirst = published.marks === undefined;
	const start = published.newestChangeId ?? newest.id ?? 0;
	if (isFirst) await noteMark(context, processed, start);
	const found = await recordSteps(context, processed, candidates);
	if (found.length === 0) return { seen: 0, events: [] };
	if (published.newestChangeId === undefined) Object.assign(published, { newestChangeId: start, publishedAt: published.publishedAt ?? Date.now() });
	published.marks ??= [start];

	let told: ReachedStep[] = found;
	if (!isObvious(found, newest)) {
		told = await withoutPassedOver(context, processed, found);
		if (!isFirst) told = await vouchedFor(context, processed, steps, told);
	}
	const marks = await addMark(context, processed, published.marks, { seen: found.length, newest: newest.id ?? 0 });
	if (marks) published.marks = marks;
	return newsOf(found, told);
}

/** How much of a history is looked at. */
const MOST_PAST = 50;

/**
 * The news in an application's own history, oldest first, where its changes cannot be listed: what comes after
 * the newest step that was seen, or the current step where none was.
 */
export async function newStepsInHistory(context: IExecuteFunctions, processed: ProcessedKeys, steps: readonly ReachedStep[]): Promise<NewSteps> {
	const past = steps.slice(-MOST_PAST);
	const found = await recordSteps(context, processed, past);
	if (found.length === 0) return { seen: 0, events: [] };
	const lastSeen = findLastIndex(past, (step) => !found.includes(step));
	const news = lastSeen < 0 ? past.slice(-1) : past.slice(lastSeen + 1);
	return newsOf(news, await withoutPassedOver(context, processed, news));
}
