import type { IDataObject } from 'n8n-workflow';
import get from 'lodash/get';
import orderBy from 'lodash/orderBy';

import { path } from '../../shared/http/path';
import type { Observed } from '../../shared/polling/stream';
import { completionTime, type AssignedAssessment } from '../events/completion';
import { asText } from '../../shared/values/text';
import type { Balance } from './count';
import type { Check, Cursor, PendingTestTaker } from './state';
import { assessmentsCompleted, assignmentsOf, type EventSource } from './mapEvents';
import type { SkippedRecords } from './passOver';

/** Completions are compared by time, however it is written: an assessment that is reset can be completed again. */
function isNew(assignment: AssignedAssessment, done: PendingTestTaker['done']): boolean {
	const { assignmentId, completedAt } = assignment;
	if (completedAt === null) return false;
	const known = done[asText(assignmentId) ?? ''];
	return known !== completedAt && Date.parse(known) !== completionTime(assignment);
}

/** The latest time that a test taker's record shows. */
function activityOf(record: IDataObject): number {
	const assignments = (Array.isArray(record.assigned_assessments) ? record.assigned_assessments : []) as IDataObject[];
	const times = assignments.flatMap((each) =>
		['created_at', 'started_at', 'progress_saved_at', 'completed_at'].map((name) => Date.parse(String(get(each, name)))),
	);
	return Math.max(0, ...times.filter((time) => !Number.isNaN(time)));
}

/** What a record says about completions, compared with what was known. */
export interface Progress {
	completions: Observed[];
	/** Whether there is still something to complete. */
	isOpen: boolean;
	state: PendingTestTaker;
}

/** @param before `undefined` for a test taker that was not known: all of its completions are new */
export function progressOf(sight: EventSource, record: IDataObject, from: string[], before: PendingTestTaker | undefined, now: number): Progress {
	const assignments = assignmentsOf(record);
	const completed = assignments.filter((each) => isNew(each, before?.done ?? {}));
	const done = Object.fromEntries(
		assignments.flatMap(({ assignmentId, completedAt }) =>
			completedAt === null ? [] : [[asText(assignmentId) ?? '', completedAt]],
		),
	);
	return {
		completions: assessmentsCompleted(sight, record, completed, from),
		isOpen: assignments.length === 0 || assignments.some(({ completedAt }) => completedAt === null),
		state: { since: before?.since ?? now, active: activityOf(record), done },
	};
}

/** The test takers whose completions are looked for, by ID; see `Cursor`. */
export interface CompletionCheck {
	watched: Record<string, PendingTestTaker>;
	finished: Record<string, PendingTestTaker>;
}

/** How many of those who have completed everything are kept: the latest, as JOFI lists no more either. */
const MOST_FINISHED = 50;

const byActivity = (those: Record<string, PendingTestTaker>): string[] => orderBy(Object.keys(those), (id) => those[id].active, 'desc');

/** Keeps what is known of a test taker; `undefined` when there is nothing to know any more. */
export function keepPending({ watched, finished }: CompletionCheck, id: string, progress: Progress | undefined): void {
	delete watched[id];
	delete finished[id];
	if (progress) (progress.isOpen ? watched : finished)[id] = progress.state;
	for (const each of byActivity(finished).slice(MOST_FINISHED)) delete finished[each];
}

/** What is known when it is decided whether test takers are read. */
interface Known extends Balance {
	now: number;
	checkAllMs: number;
}

/**
 * The reading of test takers that is needed: of all when it is time; of those with open assessments when the
 * counters do not tell; otherwise until it has found what they count. Those with the latest activity come
 * first, and who has completed everything comes last.
 */
export function checkNeeded(
	{ watched = {}, finished = {}, checkedAt }: Cursor,
	{ isKnown, owed, now, checkAllMs }: Known,
): Check | undefined {
	const open = byActivity(watched);
	const all = [...open, ...byActivity(finished)];
	if (now - (checkedAt ?? now) >= checkAllMs) return { left: all, all: true };
	if (!isKnown) return { left: open, all: true };
	return owed > 0 ? { left: all, all: false } : undefined;
}

/** The limits of a reading, in milliseconds since 1970. */
interface Limits {
	deadline: number;
	now: number;
	/** Test takers first seen earlier are not watched any longer. */
	oldest: number;
	/** How many completions are to be found. */
	owed: number;
}

/**
 * Reads test takers for new completions, and brings what is known of them up to date; one at least.
 *
 * @returns `rest` is what is left to the next look when time ran out
 */
export async function readTestTakers(
	sight: EventSource,
	watching: CompletionCheck,
	{ left, all = false }: Check,
	{ deadline, now, oldest, owed }: Limits,
	passOver: SkippedRecords,
): Promise<{ observed: Observed[]; rest?: Check }> {
	const observed: Observed[] = [];
	for (const [index, id] of left.entries()) {
		if (!all && observed.length >= owed) break;
		if (index > 0 && Date.now() >= deadline) return { observed, rest: { left: left.slice(index), all } };
		const known = watching.watched[id] ?? watching.finished[id];
		if (!known) continue;
		const at = path`/test-takers/${id}`;
		const progress = await passOver.read(at, async () => {
			const record = known.since < oldest ? undefined : await sight.reader.find(at);
			return { of: record && progressOf(sight, record, [`GET ${at}`], known, now) };
		});
		if (!progress) continue;
		observed.push(...(progress.of?.completions ?? []));
		keepPending(watching, id, progress.of);
	}
	return { observed };
}
