import type { IDataObject } from 'n8n-workflow';
import get from 'lodash/get';
import orderBy from 'lodash/orderBy';

import { path } from '../../api/path';
import type { Observed } from '../../polling/define';
import type { AssignedAssessment } from '../completion';
import { asText } from '../../delivery/text';
import type { Check, Cursor, Watched } from './cursor';
import { assessmentsCompleted, assignmentsOf, type Sight } from './observe';

/** The account's counters of completed assessments (documented, api/accounts). */
const COUNTERS = [
	'prescreens_completed_count',
	'thinking_skills_completed_count',
	'personality_completed_count',
	'career_interests_completed_count',
];

/** How many assessments the account has seen completed; `null` when it does not say. */
export function completedCount(account: IDataObject): number | null {
	const counts = COUNTERS.map((name) => account[name]).filter((count) => typeof count === 'number');
	return counts.length > 0 ? counts.reduce((sum, count) => sum + count, 0) : null;
}

/** Completions are compared by time, because an assessment that is reset can be completed again. */
const isNew = ({ assignmentId, completedAt }: AssignedAssessment, done: Watched['done']): boolean =>
	completedAt !== null && done[asText(assignmentId) ?? ''] !== completedAt;

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
	/** What to go on watching; `undefined` when nothing is open any more. */
	watched: Watched | undefined;
}

/** @param before `undefined` for a test taker that was not watched: all of its completions are new */
export function progressOf(sight: Sight, record: IDataObject, from: string[], before: Watched | undefined, now: number): Progress {
	const assignments = assignmentsOf(record);
	const completed = assignments.filter((each) => isNew(each, before?.done ?? {}));
	const isOpen = assignments.length === 0 || assignments.some(({ completedAt }) => completedAt === null);
	const done = Object.fromEntries(
		assignments.flatMap(({ assignmentId, completedAt }) =>
			completedAt === null ? [] : [[asText(assignmentId) ?? '', completedAt]],
		),
	);
	return {
		completions: assessmentsCompleted(sight, record, completed, from),
		watched: isOpen ? { since: before?.since ?? now, active: activityOf(record), done } : undefined,
	};
}

/** What is known when it is decided whether watched test takers are read. */
interface Known {
	/** See `completedCount`. */
	count: number | null;
	/** How many completions this look has found without them. */
	foundAlready: number;
	now: number;
	checkAllMs: number;
}

/**
 * The reading of watched test takers that is needed, those with the latest activity first: of all when
 * it is time, or when the counters do not tell; otherwise until it has found what they count.
 */
export function checkNeeded(
	{ watched = {}, completed, checkedAt }: Cursor,
	{ count, foundAlready, now, checkAllMs }: Known,
): Check | undefined {
	const left = orderBy(Object.keys(watched), (id) => watched[id].active, 'desc');
	const isDue = now - (checkedAt ?? now) >= checkAllMs;
	const counted = count === null || typeof completed !== 'number' ? -1 : count - completed;
	if (isDue || counted < 0) return { left, missing: null };
	return counted > foundAlready ? { left, missing: counted - foundAlready } : undefined;
}

/** The limits of a reading, in milliseconds since 1970. */
interface Limits {
	deadline: number;
	now: number;
	/** Test takers first seen earlier are not watched any longer. */
	oldest: number;
}

/**
 * Reads watched test takers for new completions, and brings `watched` up to date; one at least.
 *
 * @returns `rest` is what is left to the next look when time ran out
 */
export async function readWatched(
	sight: Sight,
	watched: Record<string, Watched>,
	{ left, missing }: Check,
	{ deadline, now, oldest }: Limits,
): Promise<{ observed: Observed[]; rest?: Check }> {
	const observed: Observed[] = [];
	for (const [index, id] of left.entries()) {
		const stillMissing = missing === null ? null : missing - observed.length;
		if (stillMissing !== null && stillMissing <= 0) break;
		if (index > 0 && Date.now() >= deadline) return { observed, rest: { left: left.slice(index), missing: stillMissing } };
		const known = watched[id];
		if (!known) continue;
		const at = path`/test-takers/${id}`;
		const record = known.since < oldest ? undefined : await sight.reader.find(at);
		const progress = record && progressOf(sight, record, [`GET ${at}`], known, now);
		observed.push(...(progress?.completions ?? []));
		if (progress?.watched) watched[id] = progress.watched;
		else delete watched[id];
	}
	return { observed };
}
