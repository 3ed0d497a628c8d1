import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import sortBy from 'lodash/sortBy';

import { textAt } from '../../shared/values/text';
import type { PollResult, Observed, PollRequest } from '../../shared/polling/stream';
import { COMPLETED } from '../events/definitions';
import { balanceOf, completedCount, missedIn, missedSentence } from './count';
import { cursorOf, inMode } from './state';
import {
	invitationAccepted,
	invitationCreated,
	profileCreated,
	testTakerCreated,
	testTakerOf,
	type EventSource,
} from './mapEvents';
import { skippedRecords } from './passOver';
import { cachedClient } from './cachedClient';
import { pollingOptionsOf, type PollingOptions } from './properties';
import { idOf, diffList, type DiffRules, type Source, type ListDiff } from './diffList';
import { checkNeeded, keepPending, progressOf, readTestTakers, type CompletionCheck } from './completions';

const INVITATIONS: Source = { name: 'invitations', path: '/invitations', what: 'invitations' };
const TEST_TAKERS: Source = { name: 'testTakers', path: '/test-takers', what: 'test takers' };
const PROFILES: Source = {
	name: 'profiles',
	path: '/career-navigation-profiles',
	what: 'career navigation profiles',
};

/** A look under way. */
interface Looking extends ListDiff {
	wanted: PollRequest;
	settings: PollingOptions;
	/** When it began, in milliseconds since 1970. */
	now: number;
	/** The part of the next cursor with the test takers; `undefined` when completions are not wanted. */
	watching: CompletionCheck | undefined;
}

/** Records of which one event is told, when they are new. */
async function lookAtCreated(
	looking: Looking,
	source: Source,
	created: (sight: EventSource, item: IDataObject) => Promise<Observed>,
): Promise<void> {
	await diffList(looking, source, async (sight, item, { isHistory }) =>
		isHistory && !looking.wanted.history ? [] : [await created(sight, item)],
	);
}

/**
 * New test takers: their invitations were accepted, they were created, and may have completed something.
 *
 * @returns how many were left because time was up
 */
async function lookAtTestTakers(looking: Looking): Promise<number> {
	const { wanted, now, before, watching } = looking;
	// Whoever begins to ask for completions has seen test takers before, but not watched them.
	const again = watching !== undefined && before.watched === undefined;
	const observe = async (sight: EventSource, item: IDataObject, { isHistory, isKnown }: DiffRules) => {
		const tells = wanted.history || !isHistory;
		const tellsOf = (type: string) => tells && !isKnown && wanted.wants(type);
		const observed = tellsOf('invitation.accepted') ? await invitationAccepted(sight, item) : [];
		if (!watching && !tellsOf('test_taker.created')) return observed;

		const { record, from } = await testTakerOf(sight, item);
		if (tellsOf('test_taker.created')) observed.push(testTakerCreated(sight, record, from));
		if (watching) {
			const progress = progressOf(sight, record, from, undefined, now);
			if (tells) observed.push(...progress.completions);
			keepPending(watching, idOf(item), progress);
		}
		return observed;
	};
	return await diffList(looking, TEST_TAKERS, observe, again);
}

/**
 * Completions of test takers that were seen before. The account's counters tell with one request
 * whether anything was completed. That they count every completion at once is inferred, so all known
 * test takers are read now and then whatever the counters say.
 *
 * @param unread how many new test takers this look has not come to; what is not found may be theirs
 */
async function lookAtKnown(looking: Looking, watching: CompletionCheck, account: IDataObject, unread: number): Promise<void> {
	const { reader, before, next, settings, deadline, now, observed, gaps, passOver } = looking;
	const { checkAllMs, watchMs } = settings;
	const count = completedCount(account);
	const found = observed.filter(({ payload }) => payload.type === COMPLETED).length;
	const balance = balanceOf(before, count, found, now, checkAllMs);
	const check = before.check ?? checkNeeded(before, { ...balance, now, checkAllMs });
	const isNewOfAll = !before.check && check?.all === true;
	next.completed = count;
	next.checkedAt = isNewOfAll ? now : (before.checkedAt ?? now);
	if (check) {
		const sight = { reader, mode: textAt(account, 'mode') };
		const limits = { deadline, now, oldest: now - watchMs, owed: balance.owed };
		const round = await readTestTakers(sight, watching, check, limits, passOver);
		observed.push(...round.observed);
		if (balance.isKnown) balance.owed -= round.observed.length;
		next.check = round.rest;
	}
	const isThrough = check !== undefined && !next.check;
	const missed = isThrough && unread === 0 ? missedIn(before, balance) : 0;
	if (missed > 0) gaps.push(missedSentence(missed));
	next.owed = balance.owed - missed;
	next.sought = isThrough && unread === 0 ? Math.max(0, next.owed) : next.check && before.sought;
	if (next.owed < 0) next.aheadSince = next.owed < (before.owed ?? 0) ? now : (before.aheadSince ?? now);
}

/** When an event happened; those whose time is not known come last. */
const timeOf = ({ payload }: Observed): number => Date.parse(String(payload.created_at));

/** Looks at what the chosen events need, and no more; see `Poller`. */
export async function pollStreams(context: IPollFunctions, stored: IDataObject, wanted: PollRequest, deadline: number): Promise<PollResult> {
	const settings = pollingOptionsOf(wanted.settings);
	const reader = cachedClient(context, settings.acceptTestKey);
	const watches = wanted.wants(COMPLETED);
	const now = Date.now();
	// Before the rest: a completion in the meantime is then found too often, not too rarely.
	const account = watches ? await reader.account() : undefined;
	const cursor = cursorOf(stored);
	const before = account ? inMode(cursor, textAt(account, 'mode')) : cursor;
	const watching = watches ? { watched: { ...before.watched }, finished: { ...before.finished } } : undefined;
	const gaps: string[] = [];
	const looking: Looking = {
		reader,
		wanted,
		settings,
		deadline,
		now,
		before,
		// What is not asked for any more is forgotten: asked for again, it would be out of date.
		next: { ...watching },
		observed: [],
		gaps,
		passOver: skippedRecords(context, before.passedOver ?? {}, now, gaps),
		watching,
	};
	if (wanted.wants('invitation.created')) await lookAtCreated(looking, INVITATIONS, invitationCreated);
	const isListNeeded = watches || ['invitation.accepted', 'test_taker.created'].some(wanted.wants);
	const unread = isListNeeded ? await lookAtTestTakers(looking) : 0;
	if (account && watching) await lookAtKnown(looking, watching, account, unread);
	if (wanted.wants('career_navigation_profile.created')) await lookAtCreated(looking, PROFILES, profileCreated);
	const { observed, next, passOver } = looking;
	passOver.end();
	if (Object.keys(passOver.passed).length > 0) next.passedOver = passOver.passed;
	return { observed: sortBy(observed, timeOf), cursor: next as IDataObject, gaps };
}
