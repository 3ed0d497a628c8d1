import type { IExecuteFunctions } from 'n8n-workflow';

import type { ProcessedKeys } from '../../shared/events/types';
import { triggerIdOf } from '../../shared/events/recentKeys';
import { triggerOptionsOf } from '../../shared/events/options';

/**
 * What n8n's record of processed events still knows. It keeps a number of events, the newest, and has no times; the
 * triggers of a workflow share it. So from time to time a mark is recorded among the events, and the newest change
 * of that time is noted: while the mark is there, whatever was recorded after it is there, too, so that a later
 * change that is not was never seen. When the mark is gone, the next one counts.
 */

/** About so many marks stand in a full record. */
const MARKS_IN_RECORD = 10;
/** No more are noted; then each second one is given up. */
const MOST_MARKS = 20;

const keyOfMark = (context: IExecuteFunctions, changeId: number): string =>
	`jobaffinity:before:${context.getNode().id}:${changeId}`;

/** Sets a mark: what is recorded from now on is later. */
export async function noteMark(context: IExecuteFunctions, processed: ProcessedKeys, changeId: number): Promise<void> {
	await processed.record([keyOfMark(context, changeId)]);
}

/** Those of the keys that an earlier execution recorded; none of them is recorded hereby. */
export async function recordedAmong(processed: ProcessedKeys, keys: readonly string[]): Promise<Set<string>> {
	if (keys.length === 0) return new Set();
	const absent = await processed.record(keys);
	if (absent.size > 0) await processed.takeBack([...absent]);
	return new Set(keys.filter((key) => !absent.has(key)));
}

/** The marks from the oldest on that is still recorded. */
export async function validMarks(context: IExecuteFunctions, processed: ProcessedKeys, marks: readonly number[]): Promise<number[]> {
	for (const [index, mark] of marks.entries()) {
		const key = keyOfMark(context, mark);
		if ((await recordedAmong(processed, [key])).has(key)) return marks.slice(index);
	}
	return [];
}

/** What a trigger has seen in this process since its last mark. */
const sinceMark = new Map<string, { seen: number; newest: number }>();

/**
 * Sets a mark where one is due.
 *
 * @returns the marks then; `undefined` when none is due
 */
export async function addMark(
	context: IExecuteFunctions,
	processed: ProcessedKeys,
	marks: readonly number[],
	{ seen, newest }: { seen: number; newest: number },
): Promise<number[] | undefined> {
	const since = sinceMark.get(triggerIdOf(context)) ?? { seen: 0, newest: 0 };
	sinceMark.set(triggerIdOf(context), since);
	since.seen += seen;
	since.newest = Math.max(since.newest, newest);
	const { eventsToRemember } = triggerOptionsOf(context.getNodeParameter('settings', 0, {}));
	const isDue = since.seen >= eventsToRemember / MARKS_IN_RECORD && since.newest > Math.max(...marks);
	if (!isDue) return undefined;
	since.seen = 0;
	await noteMark(context, processed, since.newest);
	const all = [...marks, since.newest];
	return all.length > MOST_MARKS ? all.filter((_, index) => index % 2 === 0) : all;
}
