import type { IExecuteFunctions } from 'n8n-workflow';

import type { ProcessedKeys } from '../../shared/events/types';
import { triggerIdOf } from '../../shared/events/recentKeys';
import { triggerOptionsOf } from '../../shared/events/options';

/**
 * How far back n8n's record of processed events reaches. It holds a number of the newest events,
 * has no times, and is shared by the triggers of a workflow. So from time to time a mark is
 * recorded among the events, together with the newest change at that time. While the mark is there,
 * so is everything that was recorded after it, and a later change that is not in the record was
 * never seen. When the mark is gone, the next one counts.
 */

/** How many marks a full record holds, roughly. */
const MARKS_IN_RECORD = 10;
/** Beyond this, every second mark is dropped. */
const MAX_MARKS = 20;

const keyOfMark = (context: IExecuteFunctions, changeId: number): string =>
	`jobaffinity:before:${context.getNode().id}:${changeId}`;

/** Sets a mark: everything recorded from now on is later. */
export async function noteMark(
	context: IExecuteFunctions,
	processed: ProcessedKeys,
	changeId: number,
): Promise<void> {
	await processed.record([keyOfMark(context, changeId)]);
}

/** The keys that an earlier execution recorded; the call itself records none. */
export async function recordedAmong(
	processed: ProcessedKeys,
	keys: readonly string[],
): Promise<Set<string>> {
	if (keys.length === 0) return new Set();
	const absent = await processed.record(keys);
	if (absent.size > 0) await processed.takeBack([...absent]);
	return new Set(keys.filter((key) => !absent.has(key)));
}

/** The marks from the oldest one that is still recorded. */
export async function validMarks(
	context: IExecuteFunctions,
	processed: ProcessedKeys,
	marks: readonly number[],
): Promise<number[]> {
	for (const [index, mark] of marks.entries()) {
		const key = keyOfMark(context, mark);
		if ((await recordedAmong(processed, [key])).has(key)) return marks.slice(index);
	}
	return [];
}

/** What each trigger has seen in this process since its last mark. */
const sinceMark = new Map<string, { seen: number; newest: number }>();

/**
 * Sets a mark if one is due.
 *
 * @returns all marks; `undefined` when none is due
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
	const isDue =
		since.seen >= eventsToRemember / MARKS_IN_RECORD && since.newest > Math.max(...marks);
	if (!isDue) return undefined;
	since.seen = 0;
	await noteMark(context, processed, since.newest);
	const all = [...marks, since.newest];
	return all.length > MAX_MARKS ? all.filter((_, index) => index % 2 === 0) : all;
}
