import type { IDataObject } from 'n8n-workflow';
import difference from 'lodash/difference';
import omit from 'lodash/omit';
import { z } from 'zod';

const seen = z.object({
	/** IDs of the records that were gone through, newest last. */
	ids: z.array(z.string()),
	/**
	 * IDs of records that were there when they were first asked for, and that time did not suffice to
	 * go through: when their turn comes, they are no news.
	 */
	backlog: z.array(z.string()),
	/** Whether there were older ones than the list showed at first. */
	hasOlder: z.boolean(),
	/** How many records JOFI had, without those not gone through. */
	total: z.number().nullable(),
	/** Of the key: what a test key shows has nothing to do with what a live key shows. */
	mode: z.string().nullable(),
});

/** What is known of a test taker's assessments. */
const watched = z.object({
	/** When it was first seen, in milliseconds since 1970. */
	since: z.number(),
	/** Its latest sign of life, likewise: who is active is likely to complete next. */
	active: z.number(),
	/** When each assignment was completed, by its ID, as JOFI wrote it. */
	done: z.record(z.string(), z.string()),
});

/** A reading of test takers that time did not suffice for. */
const check = z.object({
	/** IDs of those still to be read, in this order. */
	left: z.array(z.string()),
	/** Whether all are to be read; otherwise it ends when all completions are found that the account counts. */
	all: z.boolean().optional(),
});

const cursor = z.object({
	/** What was seen of each list; absent until it was asked for. */
	invitations: seen.optional(),
	testTakers: seen.optional(),
	profiles: seen.optional(),
	/** By test taker's ID; absent until completions were asked for. */
	watched: z.record(z.string(), watched).optional(),
	/** Test takers who have completed everything, likewise: an assessment may be reset and completed again. */
	finished: z.record(z.string(), watched).optional(),
	/** How many completed assessments the account counted at the last look. */
	completed: z.number().nullable().optional(),
	/** How many more of them it has counted than were found; negative when it counts later than they are found. */
	owed: z.number().optional(),
	/** How many of these were already looked for in vain. */
	sought: z.number().optional(),
	/** Since when more were found than are counted, in milliseconds since 1970. */
	aheadSince: z.number().optional(),
	/** When the last reading of all of them began, in milliseconds since 1970. */
	checkedAt: z.number().optional(),
	check: check.optional(),
	/** Records that could not be read and were passed over, by path: when they were last tried, likewise. */
	passedOver: z.record(z.string(), z.number()).optional(),
});

export type Seen = z.infer<typeof seen>;
export type PendingTestTaker = z.infer<typeof watched>;
export type Check = z.infer<typeof check>;

/** Where a look begins. It is stored in n8n's static data, so it is kept small. */
export type Cursor = z.infer<typeof cursor>;

/** The name of a part of the cursor that keeps what was seen of a list. */
export type ListName = 'invitations' | 'testTakers' | 'profiles';

/** How many IDs are remembered that a list does not show any more; they come back when newer records go. */
const REMEMBERED = 500;

/** The stored cursor; an empty one when there is none, or it is of no version that is known. */
export function cursorOf(stored: IDataObject): Cursor {
	const read = cursor.safeParse(stored);
	return read.success ? read.data : {};
}

/** What is kept of test takers and of records, beside the lists, which know their mode. */
const OF_A_MODE = ['watched', 'finished', 'completed', 'owed', 'sought', 'aheadSince', 'checkedAt', 'check', 'passedOver'] as const;

/** The cursor without what was seen with a key of another mode: test takers and counts of a test key are made up. */
export const inMode = (before: Cursor, mode: string | null): Cursor =>
	before.testTakers && before.testTakers.mode !== mode ? omit(before, OF_A_MODE) : before;

/**
 * The IDs to remember. All that are shown are kept, however many: how many invitations JOFI lists is
 * not documented, and one that is forgotten while it is shown would be new again.
 *
 * @param shown those that the list shows and that were gone through, newest last
 */
export const addSeen = (before: readonly string[], shown: readonly string[]): string[] => [
	...difference(before, shown).slice(-REMEMBERED),
	...shown,
];
