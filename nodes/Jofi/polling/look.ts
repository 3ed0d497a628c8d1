import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import pickBy from 'lodash/pickBy';

import { asText } from '../../delivery/text';
import type { Look, Observed, Wanted } from '../../polling/define';
import type { List } from '../transport';
import { cursorOf, withIds, type Cursor, type ListName } from './cursor';
import {
	invitationAccepted,
	invitationCreated,
	profileCreated,
	testTakerCreated,
	testTakerOf,
	type Sight,
} from './observe';
import { readerFor, type Reader } from './reader';
import { pollingSettingsOf, type PollingSettings } from './settings';
import { completedCount, progressOf, readWatched } from './watch';

/** A look under way: `next` and `observed` grow, and count only when it ends well. */
interface Looking {
	reader: Reader;
	wanted: Wanted;
	settings: PollingSettings;
	deadline: number;
	now: number;
	before: Cursor;
	next: Cursor;
	observed: Observed[];
	gaps: string[];
}

const idOf = (record: IDataObject): string => asText(record.id) ?? '';

/** More that is new than the list shows: all it shows is new, and there is more. */
function gapIn({ records, hasMore, totalCount }: List, fresh: number, seenTotal: number | null, what: string): string[] {
	if (!hasMore || fresh < records.length) return [];
	const missed = totalCount !== null && seenTotal !== null ? totalCount - seenTotal - fresh : 0;
	return [
		`JOFI lists only its newest ${records.length} ${what}, and since the last poll all of them are new: ${missed > 0 ? `${missed} more` : 'others'} ${missed > 0 ? 'were' : 'may have been'} missed.`,
	];
}

/** How new a record is. */
interface Newness {
	/** It was there when the trigger looked for the first time. */
	isHistory: boolean;
	/** It was seen before, and is looked at again. */
	isKnown: boolean;
}

/**
 * Goes through the new records of a list, oldest first; `again` takes those that were seen before too.
 * Stops when time is up; the rest stays new.
 */
async function lookThrough(
	looking: Looking,
	name: ListName,
	{ path, what }: { path: string; what: string },
	observe: (sight: Sight, record: IDataObject, how: Newness) => Promise<Observed[]>,
	again = false,
): Promise<void> {
	const { reader, deadline, before, next } = looking;
	const list = await reader.list(path);
	const seen = before[name];
	const known = new Set(seen?.ids);
	const fresh = list.records.filter((record) => idOf(record) !== '' && !known.has(idOf(record)));
	const isFirst = seen === undefined;
	if (!isFirst) looking.gaps.push(...gapIn(list, fresh.length, seen.total, what));

	const done: string[] = [];
	for (const record of (again ? [...list.records] : fresh).reverse()) {
		if (Date.now() >= deadline) break;
		const isKnown = known.has(idOf(record));
		const isHistory = isFirst || isKnown;
		const observed = await observe({ reader, mode: list.mode }, record, { isHistory, isKnown });
		looking.observed.push(...observed.map((each) => (isHistory ? { ...each, isHistory } : each)));
		if (!isKnown) done.push(idOf(record));
	}
	// What time did not suffice for counts as not there yet, so that it is no gap next time.
	const total = list.totalCount === null ? null : list.totalCount - (fresh.length - done.length);
	next[name] = withIds(seen, done, total);
}

async function lookAtInvitations(looking: Looking): Promise<void> {
	const { wanted } = looking;
	await lookThrough(looking, 'invitations', { path: '/invitations', what: 'invitations' }, async (sight, item, { isHistory }) =>
		isHistory && !wanted.history ? [] : [await invitationCreated(sight, item)],
	);
}

async function lookAtProfiles(looking: Looking): Promise<void> {
	const { wanted } = looking;
	const list = { path: '/career-navigation-profiles', what: 'career navigation profiles' };
	await lookThrough(looking, 'profiles', list, async (sight, item, { isHistory }) =>
		isHistory && !wanted.history ? [] : [await profileCreated(sight, item)],
	);
}

/** New test takers: their invitations were accepted, they were created, and may have completed something. */
async function lookAtTestTakers(looking: Looking, watches: boolean): Promise<void> {
	const { wanted, now, before, next } = looking;
	const list = { path: '/test-takers', what: 'test takers' };
	if (watches) next.watched ??= {};
	// Whoever begins to ask for completions has seen test takers before, but not watched them.
	const again = watches && before.watched === undefined;
	const observe = async (sight: Sight, item: IDataObject, { isHistory, isKnown }: Newness) => {
		const tells = wanted.history || !isHistory;
		const tellsOf = (type: string) => tells && !isKnown && wanted.wants(type);
		const observed = tellsOf('invitation.accepted') ? await invitationAccepted(sight, item) : [];
		if (!watches && !tellsOf('test_taker.created')) return observed;

		const { record, from } = await testTakerOf(sight, item);
		if (tellsOf('test_taker.created')) observed.push(testTakerCreated(sight, record, from));
		if (watches) {
			const { completions, watched } = progressOf(sight, record, from, undefined, now);
			if (tells) observed.push(...completions);
			if (watched) next.watched = { ...next.watched, [idOf(item)]: watched };
		}
		return observed;
	};
	await lookThrough(looking, 'testTakers', list, observe, again);
}

/**
 * Completions of test takers that were seen before. The account's counters tell with one request
 * whether anything was completed. That they count every completion at once is inferred, so all watched
 * test takers are read now and then whatever the counters say.
 */
async function lookAtWatched(looking: Looking, account: IDataObject): Promise<void> {
	const { reader, before, next, settings, deadline, now, observed } = looking;
	const count = completedCount(account);
	const fresh = observed.filter(({ payload }) => payload.type === 'test_taker.assessment_completed').length;
	const more = count === null || typeof before.completed !== 'number' ? null : count - before.completed;
	const isDue = now - (before.checkedAt ?? now) >= settings.checkAllMs;
	next.checkedAt ??= now;
	next.completed ??= count;
	if (!isDue && more === 0) return;

	const round = await readWatched(
		{ reader, mode: asText(account.mode) },
		before.watched ?? {},
		{ expected: isDue || more === null || more < 0 ? null : Math.max(0, more - fresh), deadline, oldest: now - settings.watchMs, now },
	);
	const isNew = (_: unknown, id: string) => before.watched?.[id] === undefined;
	next.watched = { ...round.watched, ...pickBy(next.watched, isNew) };
	observed.push(...round.observed);
	if (!round.isWhole) return;
	next.completed = count;
	if (isDue) next.checkedAt = now;
}

/** Looks at what the chosen events need, and no more; see `Poller`. */
export async function look(context: IPollFunctions, stored: IDataObject, wanted: Wanted, deadline: number): Promise<Look> {
	const settings = pollingSettingsOf(wanted.settings);
	const before = cursorOf(stored);
	const looking: Looking = {
		reader: readerFor(context, settings.acceptTestKey),
		wanted,
		settings,
		deadline,
		now: Date.now(),
		before,
		next: { ...before },
		observed: [],
		gaps: [],
	};
	const watches = wanted.wants('test_taker.assessment_completed');
	// Before the rest: a completion in the meantime is then found too often, not too rarely.
	const account = watches ? await looking.reader.account() : undefined;
	if (wanted.wants('invitation.created')) await lookAtInvitations(looking);
	if (watches || ['invitation.accepted', 'test_taker.created'].some(wanted.wants)) {
		await lookAtTestTakers(looking, watches);
	}
	if (account) await lookAtWatched(looking, account);
	if (wanted.wants('career_navigation_profile.created')) await lookAtProfiles(looking);
	return { observed: looking.observed, cursor: looking.next as IDataObject, gaps: looking.gaps };
}
