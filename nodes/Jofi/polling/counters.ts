import type { IDataObject } from 'n8n-workflow';

import type { TestTakersCursor } from './state';

/** The account's counters of completed assessments (documented, api/accounts). */
const COUNTERS = [
	'prescreens_completed_count',
	'thinking_skills_completed_count',
	'personality_completed_count',
	'career_interests_completed_count',
];

/** How many completed assessments the account counts; `null` when it does not say. */
export function completedCount(account: IDataObject): number | null {
	const counts = COUNTERS.map((name) => account[name]).filter((count) => typeof count === 'number');
	return counts.length > 0 ? counts.reduce((sum, count) => sum + count, 0) : null;
}

/** What the account counts, compared with what was found. */
export interface Balance {
	/**
	 * Whether there is anything to compare: the account has counted before, and not less than before.
	 */
	isComparable: boolean;
	/** See `testTakersCursor`. */
	owed: number;
}

/**
 * That the counters count every completion, and at once, is inferred. So a completion that is found
 * before it is counted is offset against a later count, but only for a time, so that it does not
 * hide one that was missed.
 *
 * @param found how many completions this poll has found
 */
export function balanceOf(
	before: Partial<TestTakersCursor>,
	count: number | null,
	found: number,
	now: number,
	forgetMs: number,
): Balance {
	const risen =
		count === null || typeof before.completed !== 'number' ? -1 : count - before.completed;
	if (risen < 0) return { isComparable: false, owed: 0 };
	const owed = before.owed ?? 0;
	const isOld = owed < 0 && now - (before.aheadSince ?? now) >= forgetMs;
	return { isComparable: true, owed: (isOld ? 0 : owed) + risen - found };
}

/**
 * What is counted and was not found in two readings, as it may have appeared between the two
 * requests of one.
 */
export function missedIn(
	{ sought = 0 }: Partial<TestTakersCursor>,
	{ isComparable, owed }: Balance,
): number {
	return isComparable ? Math.max(0, Math.min(sought, owed)) : 0;
}

/** A gap in completions, as a sentence. */
export function missedSentence(missed: number): string {
	const [completions, they] =
		missed === 1
			? ['1 completed assessment', 'it was']
			: [`${missed} completed assessments`, 'they were'];
	return `JOFI counts ${completions} more than it shows in the test takers that this trigger knows: ${they} missed, perhaps of test takers older than those that JOFI lists.`;
}
