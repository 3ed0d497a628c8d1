import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import type { CallContext } from '../../shared/http/request';
import type { Observed } from '../../shared/polling/stream';
import { hasFailed, redactCall, datetimeOf, timestampOf } from '../api/webhookCalls';
import { callFailed } from './definitions';
import { historyReader, identityOf, isUnchanged, pagePositionSchema, readCalls, type Reading } from './history';

/**
 * How far back calls are read again, by the times that are written: further than clocks are ever set back, so that
 * nothing hides among the calls of an hour that is written twice, whatever the zone is.
 */
const OVERLAP_MS = 2 * 3_600_000;

/** No two hours have so many failed calls. */
const MOST_KEPT = 10_000;

/** What is kept of the history; older versions kept `latest` and the keys of that second alone. */
export const callsCursor = z.object({
	/** The latest time that was read. */
	latest: z.string(),
	/** Failed calls that were read and are not older than `since`, by their keys. */
	keys: z.array(z.string()),
	/** What is written before this is known. */
	since: z.number().optional(),
	place: pagePositionSchema.optional(),
	/** Whether what was there at first has not been read to its end, and whether it is told. */
	first: z.enum(['told', 'passed']).optional(),
});

type CallsCursor = z.infer<typeof callsCursor>;

/** Payloads of calls, counted where they cannot be told apart. */
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

/** What is kept of a failed call: its time and a digest, as the texts of an answer may have any length. */
function keptOf(payload: IDataObject): string {
	const key = callFailed.key(payload) ?? '';
	const time = (datetimeOf(payload.call as IDataObject) ?? '').slice(0, TIME_LENGTH);
	return `${time}|${createHash('sha256').update(key).digest('hex').slice(0, 16)}`;
}

const isFrom = (since: number) => (call: IDataObject) => (timestampOf(call) ?? Infinity) >= since;

/** What a look at the history needs of a look. */
interface CallsRequest {
	context: CallContext;
	/** Whether what is there at first is told. */
	history: boolean;
	before?: CallsCursor;
	deadline: number;
}

/** What was found, and where the next look goes on. */
interface CallsResult {
	observed: Observed[];
	cursor: CallsCursor;
	gaps: string[];
}

/** From where calls have not been told, by the times that are written. */
const sinceOf = (before?: CallsCursor): number =>
	before?.since ?? timestampOf({ datetime: before?.latest ?? '' }) ?? -Infinity;

/** The latest of the times that are written, of calls and of what was read before. */
function latestOf(calls: readonly IDataObject[], before?: CallsCursor): string {
	const times = [before?.latest ?? '', ...calls.map((call) => datetimeOf(call) ?? '')];
	return times.reduce((latest, time) =>
		(timestampOf({ datetime: time }) ?? -Infinity) > (timestampOf({ datetime: latest }) ?? -Infinity) ? time : latest,
	);
}

function foundIn({ calls, isCut, isOldestFirst, ...reading }: Reading, { history, before }: CallsRequest): CallsResult {
	const first = before ? before.first : history ? 'told' : 'passed';
	const latest = latestOf(calls, before);
	const overlap = (timestampOf({ datetime: latest }) ?? -Infinity) - OVERLAP_MS;
	// What was not reached is not told later.
	const reached = isCut && !isOldestFirst ? Math.min(...calls.map((call) => timestampOf(call) ?? Infinity)) + 1 : -Infinity;
	const since = Math.max(overlap, reached);
	const payloads = callPayloads(calls.filter(isFrom(before || history ? sinceOf(before) : since)));
	const failed = payloads.filter(({ call }) => hasFailed(call as IDataObject));
	const known = new Set(before?.keys);
	// Keys of older versions are whole.
	const isKnown = (payload: IDataObject) => known.has(keptOf(payload)) || known.has(callFailed.key(payload) ?? '');
	const isPending = isCut && isOldestFirst;
	const kept = new Set([...known, ...failed.map(keptOf)]);
	return {
		observed: (first === 'passed' ? [] : failed.filter((payload) => !isKnown(payload))).map((payload) => ({
			payload,
			extra: {},
			isHistory: first === 'told',
		})),
		cursor: {
			latest,
			keys: [...kept].filter((key) => isFrom(since)({ datetime: key.split('|', 1)[0] })).slice(-MOST_KEPT),
			...(since > -Infinity && { since }),
			place: reading.placeFrom(isFrom(since)),
			...(isPending && first && { first }),
		},
		gaps:
			isCut && !isOldestFirst && first !== 'passed'
				? ['The history of webhook calls is longer than one poll can read: failed calls before the newest were missed.']
				: [],
	};
}

/**
 * Failed calls that were not told. The history shows no ID, and times without a zone, of which an hour comes twice in
 * autumn. So what is written within two hours of the latest is read again, and told apart by keys that count what
 * looks alike. That works whether calls are listed as they were made or sorted by what is written, in either order.
 */
export async function failedCallsSince(look: CallsRequest): Promise<CallsResult> {
	const { context, before } = look;
	const read = historyReader(context);
	if (before?.place && (await isUnchanged(read, before.place))) return { observed: [], cursor: before, gaps: [] };
	const since = before || look.history ? sinceOf(before) : undefined;
	const reading = await readCalls(read, { place: before?.place, since, overlapMs: OVERLAP_MS, deadline: look.deadline });
	return foundIn(reading, look);
}
