import type { IDataObject } from 'n8n-workflow';
import findLastIndex from 'lodash/findLastIndex';
import uniqBy from 'lodash/uniqBy';

import { textAt } from '../../shared/values/text';
import type { Observed } from '../../shared/polling/stream';
import type { List } from '../api/transport';
import { addSeen, type Cursor, type ListName, type Seen } from './state';
import type { EventSource } from './mapEvents';
import type { SkippedRecords } from './passOver';
import type { CachedClient } from './cachedClient';

/** One of JOFI's lists of records that events are about. */
export interface Source {
	name: ListName;
	path: string;
	/** Its records, as a gap names them. */
	what: string;
}

/** How new a record is. */
export interface DiffRules {
	/** It was there when it was first asked for. */
	isHistory: boolean;
	/** It was gone through before, and is looked at again. */
	isKnown: boolean;
}

/** What is found grows here, and counts only when the look ends well. */
export interface ListDiff {
	reader: CachedClient;
	/** Milliseconds since 1970. */
	deadline: number;
	before: Cursor;
	next: Cursor;
	observed: Observed[];
	gaps: string[];
	passOver: SkippedRecords;
}

export const idOf = (record: IDataObject): string => textAt(record, 'id') ?? '';

/**
 * IDs that are new. A list begins with the newest (documented for test takers and profiles, inferred
 * for invitations), so what stands behind all that was seen is no news: it came into sight because
 * newer records went, or because JOFI shows more of them than it did.
 *
 * @param shown newest first
 * @param isPassed whether one was passed over, so that it is new wherever it stands
 */
function freshOf(shown: readonly string[], seen: Seen | undefined, isPassed: (id: string) => boolean): string[] {
	if (!seen) return [...shown];
	const known = new Set(seen.ids);
	const lastKnown = seen.hasOlder ? findLastIndex(shown, (id) => known.has(id)) : -1;
	return shown.filter((id, index) => !known.has(id) && (lastKnown < 0 || index < lastKnown || isPassed(id)));
}

/**
 * More that is new than the list shows: all it shows is new, there is more, and the counts, where JOFI
 * gives them, say that not all of that was there before.
 */
function gapIn({ hasMore, totalCount }: List, shown: number, fresh: number, seen: Seen, what: string): string[] {
	if (!hasMore || fresh < shown) return [];
	const missed = totalCount === null || seen.total === null ? undefined : totalCount - seen.total - fresh;
	if (missed === 0) return [];
	// Fewer than none: records were removed, so the counts do not tell.
	const known = missed === 1 ? '1 more was' : `${missed} more were`;
	const told = missed !== undefined && missed > 0 ? `${known} missed` : 'others may have been missed';
	return [`JOFI lists only its newest ${shown} ${what}, and since the last poll all of them are new: ${told}.`];
}

/**
 * A list, compared with what was seen of it.
 *
 * @param again whether those that were seen before are to be gone through too
 */
function compare(list: List, seen: Seen | undefined, again: boolean, isPassed: (id: string) => boolean) {
	const records = uniqBy(list.records, idOf).filter((record) => idOf(record) !== '');
	/** Newest first. */
	const shown = records.map(idOf);
	const known = new Set(seen?.ids);
	const fresh = new Set(freshOf(shown, seen, isPassed));
	const seenAgain = again ? shown.filter((id) => known.has(id)) : [];
	/** Those to be gone through that are no news. */
	const backlog = new Set(seen ? [...seen.backlog, ...seenAgain] : shown);
	const toDo = records.filter((record) => fresh.has(idOf(record)) || backlog.has(idOf(record))).reverse();
	return { shown, known, fresh, backlog, toDo };
}

/**
 * Goes through the new records of a list, oldest first. When time is up the rest is left to the next
 * look; one at least is done, so that there is an end to it.
 *
 * @param again whether to look at those too that were seen before
 * @returns how many were left because time was up
 */
export async function diffList(
	{ reader, deadline, before, next, observed, gaps, passOver }: ListDiff,
	{ name, path, what }: Source,
	observe: (sight: EventSource, record: IDataObject, how: DiffRules) => Promise<Observed[]>,
	again = false,
): Promise<number> {
	const list = await reader.list(path);
	const { mode, totalCount, hasMore } = list;
	const seen = before[name]?.mode === mode ? before[name] : undefined;
	const pathOf = (id: string) => `${path}/${encodeURIComponent(id)}`;
	const isPassed = (id: string) => passOver.has(pathOf(id));
	const { shown, known, fresh, backlog, toDo } = compare(list, seen, again, isPassed);
	if (seen) gaps.push(...gapIn(list, shown.length, fresh.size, seen, what));

	const done = new Set<string>();
	for (const record of toDo) {
		if (done.size > 0 && Date.now() >= deadline) break;
		const id = idOf(record);
		const how = { isHistory: backlog.has(id), isKnown: known.has(id) };
		const found = await passOver.read(pathOf(id), async () => await observe({ reader, mode }, record, how));
		if (!found) continue;
		observed.push(...found.map((each) => (how.isHistory ? { ...each, isHistory: true } : each)));
		done.add(id);
	}
	const isLeft = (id: string) => !done.has(id);
	const goneThrough = shown.filter((id) => known.has(id) || done.has(id));
	next[name] = {
		ids: addSeen(seen?.ids ?? [], goneThrough.reverse()),
		backlog: shown.filter((id) => backlog.has(id) && isLeft(id)),
		hasOlder: seen ? seen.hasOlder : hasMore,
		// What time did not suffice for counts as not there yet, so that it is no gap next time.
		total: totalCount === null ? null : totalCount - [...fresh].filter(isLeft).length,
		mode,
	};
	return toDo.filter((record) => isLeft(idOf(record)) && !isPassed(idOf(record))).length;
}
