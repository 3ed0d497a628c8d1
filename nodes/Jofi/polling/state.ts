import difference from 'lodash/difference';
import { z } from 'zod';

/** What was seen of a list. It is stored in n8n's static data, so it is kept small. */
export const listCursor = z.object({
	/** IDs of the records that were processed, newest last. */
	ids: z.array(z.string()),
	/**
	 * IDs of records that were present at the first poll and are not yet processed; never reported as
	 * new.
	 */
	backlog: z.array(z.string()),
	/** Whether there were older records than the list showed at first. */
	hasOlder: z.boolean(),
	/** How many records JOFI had, without those not yet processed. */
	total: z.number().nullable(),
	/** Of the key: what a test key shows has nothing to do with what a live key shows. */
	mode: z.string().nullable(),
	/**
	 * Records that could not be read and were skipped, by path: when they were last tried, in
	 * milliseconds since 1970.
	 */
	skipped: z.record(z.string(), z.number()).optional(),
});

/** The state of a test taker's assessments. */
const testTakerState = z.object({
	/** When it was first seen, in milliseconds since 1970. */
	since: z.number(),
	/** Its latest activity, likewise: those who are active are likely to complete next. */
	active: z.number(),
	/** When each assignment was completed, by its ID, as JOFI wrote it. */
	done: z.record(z.string(), z.string()),
});

/** A reading of test takers that ran out of time. */
const check = z.object({
	/** IDs of those still to be read, in this order. */
	left: z.array(z.string()),
	/**
	 * Whether to read all; otherwise it ends when all completions are found that the account counts.
	 */
	all: z.boolean(),
});

/** The same of test takers. The optional fields are absent until completions are selected. */
export const testTakersCursor = listCursor.extend({
	/** Test takers with something to complete, by ID. */
	pending: z.record(z.string(), testTakerState).optional(),
	/**
	 * Those who have completed everything, likewise: an assessment may be reset and completed again.
	 */
	finished: z.record(z.string(), testTakerState).optional(),
	/** How many completed assessments the account counted at the last poll. */
	completed: z.number().nullable().optional(),
	/**
	 * How many more of them it has counted than were found; negative when it counts later than they
	 * are found.
	 */
	owed: z.number().optional(),
	/** How many of these a reading has already failed to find. */
	sought: z.number().optional(),
	/** Since when more were found than are counted, in milliseconds since 1970. */
	aheadSince: z.number().optional(),
	/** When the last reading of all test takers began, in milliseconds since 1970. */
	checkedAt: z.number().optional(),
	check: check.optional(),
});

export type ListCursor = z.infer<typeof listCursor>;
export type TestTakersCursor = z.infer<typeof testTakersCursor>;
export type TestTakerState = z.infer<typeof testTakerState>;
export type Check = z.infer<typeof check>;

/**
 * How many IDs are remembered that a list no longer shows; they come back when newer records go.
 */
const REMEMBERED = 500;

/**
 * The IDs to remember. All that are shown are kept, however many: how many invitations JOFI lists
 * is not documented, and one that is forgotten while it is shown would be new again.
 *
 * @param shown those that the list shows and that were processed, newest last
 */
export const addSeen = (before: readonly string[], shown: readonly string[]): string[] => [
	...difference(before, shown).slice(-REMEMBERED),
	...shown,
];
