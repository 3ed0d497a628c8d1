import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import sortBy from 'lodash/sortBy';

import { textAt } from '../../delivery/text';
import type { Look, Observed, Wanted } from '../../polling/define';
import { cursorOf } from './cursor';
import {
	invitationAccepted,
	invitationCreated,
	profileCreated,
	testTakerCreated,
	testTakerOf,
	type Sight,
} from './observe';
import { readerFor } from './reader';
import { pollingSettingsOf, type PollingSettings } from './settings';
import { idOf, walkThrough, type Newness, type Source, type Walk } from './walk';
import { checkNeeded, completedCount, progressOf, readWatched } from './watch';

const INVITATIONS: Source = { name: 'invitations', path: '/invitations', what: 'invitations' };
const TEST_TAKERS: Source = { name: 'testTakers', path: '/test-takers', what: 'test takers' };
const PROFILES: Source = {
	name: 'profiles',
	path: '/career-navigation-profiles',
	what: 'career navigation profiles',
};

const COMPLETED = 'test_taker.assessment_completed';

/** A look under way. */
interface Looking extends Walk {
	wanted: Wanted;
	settings: PollingSettings;
	/** When it began, in milliseconds since 1970. */
	now: number;
}

/** Records of which one event is told, when they are new. */
async function lookAtCreated(
	looking: Looking,
	source: Source,
	created: (sight: Sight, item: IDataObject) => Promise<Observed>,
): Promise<void> {
	await walkThrough(looking, source, async (sight, item, { isHistory }) =>
		isHistory && !looking.wanted.history ? [] : [await created(sight, item)],
	);
}

/** New test takers: their invitations were accepted, they were created, and may have completed something. */
async function lookAtTestTakers(looking: Looking): Promise<void> {
	const { wanted, now, before, next } = looking;
	const watched = next.watched;
	// Whoever begins to ask for completions has seen test takers before, but not watched them.
	const again = watched !== undefined && before.watched === undefined;
	const observe = async (sight: Sight, item: IDataObject, { isHistory, isKnown }: Newness) => {
		const tells = wanted.history || !isHistory;
		const tellsOf = (type: string) => tells && !isKnown && wanted.wants(type);
		const observed = tellsOf('invitation.accepted') ? await invitationAccepted(sight, item) : [];
		if (!watched && !tellsOf('test_taker.created')) return observed;

		const { record, from } = await testTakerOf(sight, item);
		if (tellsOf('test_taker.created')) observed.push(testTakerCreated(sight, record, from));
		if (watched) {
			const progress = progressOf(sight, record, from, undefined, now);
			if (tells) observed.push(...progress.completions);
			if (progress.watched) watched[idOf(item)] = progress.watched;
		}
		return observed;
	};
	await walkThrough(looking, TEST_TAKERS, observe, again);
}

/**
 * Completions of test takers that were seen before. The account's counters tell with one request
 * whether anything was completed. That they count every completion at once is inferred, so all watched
 * test takers are read now and then whatever the counters say.
 */
async function lookAtWatched(looking: Looking, account: IDataObject): Promise<void> {
	const { reader, before, next, settings, deadline, now, observed } = looking;
	const count = completedCount(account);
	const foundAlready = observed.filter(({ payload }) => payload.type === COMPLETED).length;
	const { checkAllMs } = settings;
	const check = before.check ?? checkNeeded(before, { count, foundAlready, now, checkAllMs });
	// What was completed since an unfinished reading began is for the one that follows it.
	next.completed = before.check ? before.completed : count;
	const isOfAll = !before.check && check?.missing === null;
	next.checkedAt = isOfAll ? now : (before.checkedAt ?? now);
	if (!check || !next.watched) return;

	const sight = { reader, mode: textAt(account, 'mode') };
	const round = await readWatched(sight, next.watched, check, { deadline, now, oldest: now - settings.watchMs });
	observed.push(...round.observed);
	next.check = round.rest;
}

/** When an event happened; those whose time is not known come last. */
const timeOf = ({ payload }: Observed): number => Date.parse(String(payload.created_at));

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
		// What is not asked for any more is forgotten: asked for again, it would be out of date.
		next: {},
		observed: [],
		gaps: [],
	};
	const watches = wanted.wants(COMPLETED);
	if (watches) looking.next.watched = { ...before.watched };
	// Before the rest: a completion in the meantime is then found too often, not too rarely.
	const account = watches ? await looking.reader.account() : undefined;
	if (wanted.wants('invitation.created')) await lookAtCreated(looking, INVITATIONS, invitationCreated);
	if (watches || ['invitation.accepted', 'test_taker.created'].some(wanted.wants)) await lookAtTestTakers(looking);
	if (account) await lookAtWatched(looking, account);
	if (wanted.wants('career_navigation_profile.created')) await lookAtCreated(looking, PROFILES, profileCreated);
	return { observed: sortBy(looking.observed, timeOf), cursor: looking.next as IDataObject, gaps: looking.gaps };
}
