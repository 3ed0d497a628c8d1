import type { IDataObject } from 'n8n-workflow';
import findLastIndex from 'lodash/findLastIndex';
import uniqBy from 'lodash/uniqBy';

import type { Event } from '../../shared/events/types';
import { READS_AT_ONCE, readAhead } from '../../shared/http/readAhead';
import { textAt } from '../../shared/values/text';
import type { List } from '../api/transport';
import type { SkippedRecords } from './skippedRecords';
import { addSeen, type ListCursor } from './state';

/** One of JOFI's lists of records. */
export interface ListSource {
	path: string;
	/** Its records, as a gap names them. */
	what: string;
}

/** How new a record is. */
export interface RecordAge {
	/** It was there at the first poll. */
	isHistory: boolean;
	/** It was processed before, and is processed again. */
	isRepeat: boolean;
}

/** A list that was read, and what is needed to compare it. */
export interface ListReading {
	source: ListSource;
	list: List;
	/** What was seen of it before. */
	seen: ListCursor | undefined;
	skipped: SkippedRecords;
	/** Gets a sentence for each gap. */
	gaps: string[];
	/** Milliseconds since 1970. */
	deadline: number;
}

/** What is new in a list. */
export interface ListDiff {
	events: Event[];
	history: Event[];
	cursor: ListCursor;
	/** How many records are left to the next poll because time was up. */
	left: number;
}

export const idOf = (record: IDataObject): string => textAt(record, 'id') ?? '';

/**
 * IDs that are new. A list begins with the newest (documented for test takers and profiles,
 * inferred for invitations), so what comes after all that was seen is not new. It appears because
 * newer records went, or because JOFI shows more of them than it did.
 *
 * @param shown newest first
 * @param isSkipped whether one was skipped, so that it is new in any place
 */
function freshOf(
	shown: readonly string[],
	seen: ListCursor | undefined,
	isSkipped: (id: string) => boolean,
): string[] {
	if (!seen) return [...shown];
	const ids = new Set(seen.ids);
	const lastSeen = seen.hasOlder ? findLastIndex(shown, (id) => ids.has(id)) : -1;
	return shown.filter(
		(id, index) => !ids.has(id) && (lastSeen < 0 || index < lastSeen || isSkipped(id)),
	);
}

/**
 * More that is new than the list shows: all it shows is new, there is more, and the counts, where
 * JOFI gives them, say that not all of that was there before.
 */
function gapIn(
	{ hasMore, totalCount }: List,
	shown: number,
	fresh: number,
	seen: ListCursor,
	what: string,
): string[] {
	if (!hasMore || fresh < shown) return [];
	const missed =
		totalCount === null || seen.total === null ? undefined : totalCount - seen.total - fresh;
	if (missed === 0) return [];
	const counted = missed === 1 ? '1 more was' : `${missed} more were`;
	// Fewer than none: records were removed, so the counts do not help.
	const found =
		missed !== undefined && missed > 0 ? `${counted} missed` : 'others may have been missed';
	return [
		`JOFI lists only its newest ${shown} ${what}, and since the last poll all of them are new: ${found}.`,
	];
}

/** @param again whether to process those, too, that were seen before */
function compare(
	list: List,
	seen: ListCursor | undefined,
	again: boolean,
	isSkipped: (id: string) => boolean,
) {
	const records = uniqBy(list.records, idOf).filter((record) => idOf(record) !== '');
	/** Newest first. */
	const shown = records.map(idOf);
	const processed = new Set(seen?.ids);
	const fresh = new Set(freshOf(shown, seen, isSkipped));
	const repeated = again ? shown.filter((id) => processed.has(id)) : [];
	/** Those to be processed that are not new. */
	const backlog = new Set(seen ? [...seen.backlog, ...repeated] : shown);
	const toDo = records
		.filter((record) => fresh.has(idOf(record)) || backlog.has(idOf(record)))
		.reverse();
	return { shown, processed, fresh, backlog, toDo };
}

/**
 * Processes the new records of a list, oldest first, a few at once. When time is up, the rest is
 * left to the next poll; at least one is done, so that it ends at some time.
 *
 * @param process gives the events of a record
 * @param again whether to process those, too, that were seen before
 */
export async function diffList(
	{ source, list, seen, skipped, gaps, deadline }: ListReading,
	process: (record: IDataObject, age: RecordAge) => Promise<Event[]>,
	again = false,
): Promise<ListDiff> {
	const { mode, totalCount, hasMore } = list;
	const pathOf = (id: string) => `${source.path}/${encodeURIComponent(id)}`;
	const isSkipped = (id: string) => skipped.has(pathOf(id));
	const { shown, processed, fresh, backlog, toDo } = compare(list, seen, again, isSkipped);
	if (seen) gaps.push(...gapIn(list, shown.length, fresh.size, seen, source.what));

	const events: Event[] = [];
	const history: Event[] = [];
	const done = new Set<string>();
	function* inTime() {
		const due = toDo.filter((record) => skipped.isDue(pathOf(idOf(record))));
		for (const [index, record] of due.entries()) {
			if (index > 0 && Date.now() >= deadline) return;
			yield record;
		}
	}
	const reading = readAhead(inTime(), READS_AT_ONCE, async (record) => {
		const id = idOf(record);
		return await process(record, { isHistory: backlog.has(id), isRepeat: processed.has(id) });
	});
	for await (const [record, result] of reading) {
		const id = idOf(record);
		const found = await skipped.read(pathOf(id), async () => await result);
		if (!found) continue;
		(backlog.has(id) ? history : events).push(...found);
		done.add(id);
	}
	const isLeft = (id: string) => !done.has(id);
	const seenNow = shown.filter((id) => processed.has(id) || done.has(id));
	return {
		events,
		history,
		cursor: {
			ids: addSeen(seen?.ids ?? [], seenNow.reverse()),
			backlog: shown.filter((id) => backlog.has(id) && isLeft(id)),
			hasOlder: seen ? seen.hasOlder : hasMore,
			// What there was no time for counts as not there yet, so that it is no gap at the next poll.
			total: totalCount === null ? null : totalCount - [...fresh].filter(isLeft).length,
			mode,
		},
		left: toDo.filter((record) => isLeft(idOf(record)) && !isSkipped(idOf(record))).length,
	};
}
