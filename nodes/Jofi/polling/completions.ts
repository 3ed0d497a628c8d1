import type { IDataObject } from 'n8n-workflow';
import get from 'lodash/get';
import orderBy from 'lodash/orderBy';

import type { Event } from '../../shared/events/types';
import { path } from '../../shared/http/path';
import { READS_AT_ONCE, readAhead } from '../../shared/http/readAhead';
import { asText } from '../../shared/values/text';
import { completionTime, type AssignedAssessment } from '../events/completion';
import type { CachedClient } from './cachedClient';
import { balanceOf, completedCount, missedIn, missedSentence, type Balance } from './counters';
import { COMPLETED } from '../events/definitions';
import {
	allAssessmentsCompleted,
	assessmentsCompleted,
	assignmentsOf,
	type SourcedRecord,
} from './mapEvents';
import type { PollingOptions } from './properties';
import type { SkippedRecords } from './skippedRecords';
import type { Check, TestTakersCursor, TestTakerState } from './state';

/**
 * Completions are compared by time, however it is written: an assessment that is reset can be
 * completed again.
 */
function isNew(assignment: AssignedAssessment, done: TestTakerState['done']): boolean {
	const { assignmentId, completedAt } = assignment;
	if (completedAt === null) return false;
	const before = done[asText(assignmentId) ?? ''];
	return before !== completedAt && Date.parse(before) !== completionTime(assignment);
}

/** The latest time that a test taker's record shows. */
function activityOf(record: IDataObject): number {
	const assignments = (
		Array.isArray(record.assigned_assessments) ? record.assigned_assessments : []
	) as IDataObject[];
	const times = assignments.flatMap((each) =>
		['created_at', 'started_at', 'progress_saved_at', 'completed_at'].map((name) =>
			Date.parse(String(get(each, name))),
		),
	);
	return Math.max(0, ...times.filter((time) => !Number.isNaN(time)));
}

/** How many completions are among events. */
export const countCompletions = (events: readonly Event[]): number =>
	events.filter(({ event }) => event === COMPLETED).length;

/** What a record shows about completions, compared with what was stored. */
interface Progress {
	/** The completions, and after them that all is completed. */
	events: Event[];
	/** Whether there is still something to complete. */
	isOpen: boolean;
	state: TestTakerState;
}

/** @param before `undefined` for a test taker that is new: all of its completions are new */
export function progressOf(
	client: CachedClient,
	full: SourcedRecord,
	before?: TestTakerState,
): Progress {
	const assignments = assignmentsOf(full.record);
	const completed = assignments.filter((each) => isNew(each, before?.done ?? {}));
	const done = Object.fromEntries(
		assignments.flatMap(({ assignmentId, completedAt }) =>
			completedAt === null ? [] : [[asText(assignmentId) ?? '', completedAt]],
		),
	);
	return {
		events: [
			...assessmentsCompleted(client, full, completed),
			...allAssessmentsCompleted(client, full, completed),
		],
		isOpen: assignments.length === 0 || assignments.some(({ completedAt }) => completedAt === null),
		state: { since: before?.since ?? Date.now(), active: activityOf(full.record), done },
	};
}

/** The test takers whose completions are reported, by ID; see `testTakersCursor`. */
export type TestTakers = Required<Pick<TestTakersCursor, 'pending' | 'finished'>>;

/**
 * How many of those who have completed everything are kept: the latest, as JOFI lists no more
 * either.
 */
const MOST_FINISHED = 50;

const byActivity = (those: Record<string, TestTakerState>): string[] =>
	orderBy(Object.keys(those), (id) => those[id].active, 'desc');

/** Keeps the state of a test taker; `undefined` when there is none any more. */
export function keepState(
	{ pending, finished }: TestTakers,
	id: string,
	progress: Progress | undefined,
): void {
	delete pending[id];
	delete finished[id];
	if (progress) (progress.isOpen ? pending : finished)[id] = progress.state;
	for (const each of byActivity(finished).slice(MOST_FINISHED)) delete finished[each];
}

/**
 * The reading of test takers that is needed: of all when it is time; of those with open assessments
 * when the counters do not help; otherwise until it has found what they count. Those with the
 * latest activity come first, and those who have completed everything come last.
 */
function checkNeeded(
	{ pending = {}, finished = {} }: Partial<TestTakers>,
	{ isComparable, owed }: Balance,
	isTime: boolean,
): Check | undefined {
	const open = byActivity(pending);
	const all = [...open, ...byActivity(finished)];
	if (isTime) return { left: all, all: true };
	if (!isComparable) return { left: open, all: true };
	return owed > 0 ? { left: all, all: false } : undefined;
}

/** What is needed to find the completions of test takers that were seen before. */
interface CompletionReading {
	client: CachedClient;
	account: IDataObject;
	before: Partial<TestTakersCursor>;
	/** Is brought up to date. */
	testTakers: TestTakers;
	/** How many completions of new test takers this poll has found. */
	found: number;
	/** How many new test takers this poll had no time for; what is not found may be theirs. */
	unread: number;
	options: PollingOptions;
	skipped: SkippedRecords;
	gaps: string[];
	/** Milliseconds since 1970. */
	deadline: number;
}

/**
 * Reads test takers for new completions, at least one.
 *
 * @param owed how many completions to find
 * @returns `check` is what is left to the next poll when time ran out
 */
async function readTestTakers(
	{ client, testTakers, options, skipped, deadline }: CompletionReading,
	{ left, all }: Check,
	owed: number,
): Promise<{ events: Event[]; check?: Check }> {
	const events: Event[] = [];
	const oldest = Date.now() - options.watchMs;
	let check: Check | undefined;
	function* needed() {
		for (const [index, id] of left.entries()) {
			if (!all && countCompletions(events) >= owed) return;
			if (index > 0 && Date.now() >= deadline) {
				check = { left: left.slice(index), all };
				return;
			}
			const state = testTakers.pending[id] ?? testTakers.finished[id];
			const at = path`/test-takers/${id}`;
			if (state && skipped.isDue(at)) yield { id, at, state };
		}
	}
	// A search may end with the next one, so it reads none ahead.
	const reading = readAhead(needed(), all ? READS_AT_ONCE : 1, async ({ at, state }) =>
		state.since < oldest ? undefined : await client.find(at),
	);
	for await (const [{ id, at, state }, found] of reading) {
		const read = await skipped.read(at, async () => {
			const record = await found;
			return { progress: record && progressOf(client, { record, from: [`GET ${at}`] }, state) };
		});
		if (!read) continue;
		events.push(...(read.progress?.events ?? []));
		keepState(testTakers, id, read.progress);
	}
	return { events, check };
}

/**
 * Completions of test takers that were seen before. The account's counters show with one request
 * whether anything was completed. That they count every completion at once is inferred, so all of
 * these test takers are read now and then, whatever the counters say.
 */
export async function readCompletions(
	reading: CompletionReading,
): Promise<{ events: Event[]; cursor: Partial<TestTakersCursor> }> {
	const { account, before, testTakers, found, unread, options, gaps } = reading;
	const now = Date.now();
	const completed = completedCount(account);
	const balance = balanceOf(before, completed, found, now, options.checkAllMs);
	const isTime = now - (before.checkedAt ?? now) >= options.checkAllMs;
	const needed = before.check ?? checkNeeded(before, balance, isTime);
	const { events, check } = needed
		? await readTestTakers(reading, needed, balance.owed)
		: { events: [], check: undefined };
	if (balance.isComparable) balance.owed -= countCompletions(events);

	// Only a reading that has reached its end shows that something is missing.
	const isThrough = needed !== undefined && !check && unread === 0;
	const missed = isThrough ? missedIn(before, balance) : 0;
	if (missed > 0) gaps.push(missedSentence(missed));
	const owed = balance.owed - missed;
	return {
		events,
		cursor: {
			...testTakers,
			completed,
			owed,
			sought: isThrough ? Math.max(0, owed) : check && before.sought,
			aheadSince:
				owed < 0 ? (owed < (before.owed ?? 0) ? now : (before.aheadSince ?? now)) : undefined,
			checkedAt: needed?.all && !before.check ? now : (before.checkedAt ?? now),
			check,
		},
	};
}
