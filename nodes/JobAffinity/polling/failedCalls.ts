import { createHash } from 'node:crypto';
import maxBy from 'lodash/maxBy';
import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { identify } from '../../shared/events/identify';
import type { CallContext } from '../../shared/http/request';
import { nothingFound, type StreamRequest, type StreamResult } from '../../shared/polling/stream';
import { hasFailed, redactCall, datetimeOf, timestampOf } from '../api/webhookCalls';
import {
	historyReader,
	identityOf,
	isUnchanged,
	pagePositionSchema,
	readCalls,
	type CallHistory,
} from './callHistory';
import { callFailed, polledJobAffinity } from './definitions';

/**
 * How far back calls are read again, by their written times. It is further than clocks are ever set
 * back, so that nothing hides among the calls of an hour that is written twice, in any zone.
 */
const OVERLAP_MS = 2 * 3_600_000;

/** No two hours have so many failed calls. */
const MOST_KEPT = 10_000;

/**
 * Where to continue in the history; older versions stored only `latest` and the keys of that
 * second.
 */
export const failedCallsCursor = z.object({
	/** The latest time that was read. */
	latest: z.string(),
	/** The keys of failed calls that were read and are not older than `since`. */
	keys: z.array(z.string()),
	/** Calls that are written before this have been read. */
	since: z.number().optional(),
	place: pagePositionSchema.optional(),
	/**
	 * Set until what was there at the first poll has been read to its end: whether it is reported.
	 */
	first: z.enum(['reported', 'skipped']).optional(),
});

type Cursor = z.infer<typeof failedCallsCursor>;

/** The payloads of calls, numbered where nothing else distinguishes them. */
export function callPayloads(calls: readonly IDataObject[]): IDataObject[] {
	const counts = new Map<string, number>();
	return calls.map((each) => {
		const alike = identityOf(each);
		const repeat = counts.get(alike) ?? 0;
		counts.set(alike, repeat + 1);
		return { event: callFailed.type, call: redactCall(each), repeat };
	});
}

const TIME_LENGTH = 'YYYY-MM-DD HH:MM:SS'.length;

/**
 * What is stored of a failed call: its time and a digest, because the texts of a call may have any
 * length.
 */
function storedKey(payload: IDataObject): string {
	const key = callFailed.key(payload) ?? '';
	const time = (datetimeOf(payload.call as IDataObject) ?? '').slice(0, TIME_LENGTH);
	return `${time}|${createHash('sha256').update(key).digest('hex').slice(0, 16)}`;
}

const isFrom = (since: number) => (call: IDataObject) => (timestampOf(call) ?? Infinity) >= since;

/** The written time from which calls have not been reported. */
const sinceOf = (cursor?: Cursor): number =>
	cursor?.since ?? timestampOf({ datetime: cursor?.latest ?? '' }) ?? -Infinity;

/** The latest of the written times, of these calls and of those that were read before. */
function latestOf(calls: readonly IDataObject[], cursor?: Cursor): string {
	const written = [{ datetime: cursor?.latest ?? '' }, ...calls];
	const latest = maxBy(written, (call) => timestampOf(call) ?? -Infinity);
	return (latest && datetimeOf(latest)) ?? '';
}

function newIn(
	{ calls, isCut, isOldestFirst, placeFrom }: CallHistory,
	cursor: Cursor | undefined,
	history: boolean,
): StreamResult<Cursor> {
	const first = cursor ? cursor.first : history ? 'reported' : 'skipped';
	const latest = latestOf(calls, cursor);
	const overlap = (timestampOf({ datetime: latest }) ?? -Infinity) - OVERLAP_MS;
	// What was not reached is not reported later.
	const reached =
		isCut && !isOldestFirst
			? Math.min(...calls.map((call) => timestampOf(call) ?? Infinity)) + 1
			: -Infinity;
	const since = Math.max(overlap, reached);
	const payloads = callPayloads(calls.filter(isFrom(cursor || history ? sinceOf(cursor) : since)));
	const failed = payloads.filter(({ call }) => hasFailed(call as IDataObject));
	const seen = new Set(cursor?.keys);
	// Older versions stored whole keys.
	const isNew = (payload: IDataObject) =>
		!seen.has(storedKey(payload)) && !seen.has(callFailed.key(payload) ?? '');
	const found = first === 'skipped' ? [] : failed.filter(isNew);
	const events = found.map((payload) =>
		identify(polledJobAffinity, { type: callFailed.type, payload }),
	);
	const keys = [...new Set([...seen, ...failed.map(storedKey)])];
	const isPending = isCut && isOldestFirst;
	const isGap = isCut && !isOldestFirst && first !== 'skipped';
	return {
		...nothingFound,
		...(first === 'reported' ? { history: events } : { events }),
		cursor: {
			latest,
			keys: keys
				.filter((key) => isFrom(since)({ datetime: key.split('|', 1)[0] }))
				.slice(-MOST_KEPT),
			...(since > -Infinity && { since }),
			place: placeFrom(isFrom(since)),
			...(isPending && first && { first }),
		},
		gaps: isGap
			? [
					'The history of webhook calls is longer than one poll can read: failed calls before the newest were missed.',
				]
			: [],
	};
}

/**
 * Failed calls that were not reported. The history shows no ID, and times without a zone, of which
 * one hour comes twice in autumn. So what is written within two hours of the latest call is read
 * again, and distinguished by keys that count calls that look alike. That works whether calls are
 * listed as they were made or sorted by their written times, in either order.
 */
export async function failedCallsSince(
	context: CallContext,
	cursor: Cursor | undefined,
	{ history }: Pick<StreamRequest, 'history'>,
	deadline: number,
): Promise<StreamResult<Cursor>> {
	const reader = historyReader(context);
	if (cursor?.place && (await isUnchanged(reader, cursor.place)))
		return { ...nothingFound, cursor };
	const since = cursor || history ? sinceOf(cursor) : undefined;
	return newIn(
		await readCalls(reader, { place: cursor?.place, since, overlapMs: OVERLAP_MS, deadline }),
		cursor,
		history,
	);
}
