import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

/** A test taker with open assessments. */
const watched = z.object({
	/** When it was first seen, in milliseconds since 1970. */
	since: z.number(),
	/** Its latest sign of life, likewise: who is active is likely to complete next. */
	active: z.number(),
	/** When each assignment was completed, by its ID, as JOFI wrote it. */
	done: z.record(z.string()),
});

const seen = z.object({
	/** IDs, newest last. */
	ids: z.array(z.string()),
	total: z.number().nullable(),
});

const cursor = z.object({
	/** What was seen of each list; absent until it was looked at. */
	invitations: seen.optional(),
	testTakers: seen.optional(),
	profiles: seen.optional(),
	/** By test taker's ID; absent until completions were asked for. */
	watched: z.record(watched).optional(),
	/** How many completed assessments the account counted. */
	completed: z.number().nullable().optional(),
	/** When every watched test taker was last read, in milliseconds since 1970. */
	checkedAt: z.number().optional(),
});

export type Seen = z.infer<typeof seen>;
export type Watched = z.infer<typeof watched>;

/** Where a look begins. It is stored in n8n's static data, so it is kept small. */
export type Cursor = z.infer<typeof cursor>;

/** The name of a part of the cursor that keeps what was seen of a list. */
export type ListName = 'invitations' | 'testTakers' | 'profiles';

/**
 * How many IDs of a list are remembered. JOFI shows 30 to 50; the rest is for older ones that come
 * back into sight when newer ones are deleted.
 */
const REMEMBERED = 500;

/** The stored cursor; an empty one when there is none, or it is of no version that is known. */
export function cursorOf(stored: IDataObject): Cursor {
	const read = cursor.safeParse(stored);
	return read.success ? read.data : {};
}

/** What was seen of a list, with further IDs. */
export const withIds = (before: Seen | undefined, ids: readonly string[], total: number | null): Seen => ({
	ids: [...(before?.ids ?? []), ...ids].slice(-REMEMBERED),
	total,
});
