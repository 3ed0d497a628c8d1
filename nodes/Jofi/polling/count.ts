import type { IDataObject } from 'n8n-workflow';

import type { Cursor } from './state';

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

/** What the account counts, compared with what was found. */
export interface Balance {
	/** Whether there is anything to compare: the account has counted before, and not less than before. */
	isKnown: boolean;
	/** See `Cursor`. */
	owed: number;
}

/**
 * That the counters count every completion, and at once, is inferred. So one that is found before it is
 * counted is set off against a later count, but not for ever, lest it hides one that was missed.
 *
 * @param found how many completions this look has found
 */
export function balanceOf(before: Cursor, count: number | null, found: number, now: number, forgetMs: number): Balance {
	const risen = count === null || typeof before.completed !== 'number' ? -1 : count - before.completed;
	if (risen < 0) return { isKnown: false, owed: 0 };
	const owed = before.owed ?? 0;
	const isOld = owed < 0 && now - (before.aheadSince ?? now) >= forgetMs;
	return { isKnown: true, owed: (isOld ? 0 : owed) + risen - found };
}

/** What is counted and was not found when it was looked for twice, as it may have come into sight in between. */
export function missedIn({ sought = 0 }: Cursor, { isKnown, owed }: Balance): number {
	return isKnown ? Math.max(0, Math.min(sought, owed)) : 0;
}

/** A gap in completions, as a sentence. */
export function missedSentence(missed: number): string {
	const [completions, they] = missed === 1 ? ['1 completed assessment', 'it was'] : [`${missed} completed assessments`, 'they were'];
	return `JOFI counts ${completions} more than it shows in the test takers that this trigger knows: ${they} missed, perhaps of test takers older than those that JOFI lists.`;
}
