import { createHash } from 'node:crypto';
import { NodeApiError, NodeOperationError, type IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import type { CallContext } from '../../shared/http/request';
import { pageLink, readPage, type Page } from '../api/pagination';
import { apiPath } from '../api/transport';
import { trendOf, timestampOf } from '../api/webhookCalls';

/**
 * Where to continue in the history of webhook calls, so that a poll does not read all of a long
 * one.
 */
export const pagePositionSchema = z.object({
	/** If listed oldest first: the page from which to read again, and a digest of its first call. */
	start: z.object({ link: z.string(), first: z.string() }).optional(),
	/** The page where new calls show, and a digest of its calls. */
	end: z.object({ link: z.string(), digest: z.string(), isLast: z.boolean() }),
	/** When more than that page was last read, in milliseconds since 1970. */
	readAt: z.number(),
});

type PagePosition = z.infer<typeof pagePositionSchema>;

/** Longer links are not stored. */
const LONGEST_LINK = 2000;

/**
 * How long it is enough that this page did not change. Sorted by written times, calls of a repeated
 * hour show elsewhere.
 */
const ENOUGH_MS = 30 * 60_000;

/** All that distinguishes a call from others. */
export const identityOf = ({
	datetime,
	event,
	application,
	response_status,
}: IDataObject): string => JSON.stringify([datetime, event, application, response_status]);

const digestOf = (texts: readonly string[]): string =>
	createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 32);

const firstOf = ({ items }: Page): string => digestOf(items.slice(0, 1).map(identityOf));

const contentOf = ({ items }: Page): string => digestOf(items.map(identityOf));

/** Reads pages of the history, each once in a poll. */
export function historyReader(context: CallContext) {
	const request = { link: apiPath`/webhook/task` };
	const read = new Map<string, Page>();
	const page = async (link: string): Promise<Page> => {
		const found = read.get(link) ?? (await readPage(context, request, link));
		read.set(link, found);
		return found;
	};
	return {
		/** The first page, or the one after another. */
		next: async (from?: Page): Promise<Page> => await page(await pageLink(context, request, from)),
		/**
		 * A page by its stored link; `undefined` if that is no longer valid. How long links are valid
		 * is not documented.
		 */
		stored: async (link: string): Promise<Page | undefined> =>
			await page(link).catch(async (error: unknown) =>
				isGone(error) ? undefined : await Promise.reject(error),
			),
	};
}

type Reader = ReturnType<typeof historyReader>;

/**
 * Whether a link leads nowhere, as opposed to JobAffinity not being available; INVALID comes with
 * 200.
 */
const isGone = (error: unknown): boolean =>
	error instanceof NodeApiError
		? ['200', '400', '404', '410', '422'].includes(error.httpCode ?? '')
		: error instanceof NodeOperationError;

/** Whether the page where new calls show is the same as not long ago. */
export async function isUnchanged(reader: Reader, { end, readAt }: PagePosition): Promise<boolean> {
	const age = Date.now() - readAt;
	if (!(age >= 0 && age < ENOUGH_MS)) return false;
	const page = await reader.stored(end.link);
	return page !== undefined && contentOf(page) === end.digest && (!end.isLast || page.next === '');
}

/** What to read. */
interface HistoryRequest {
	place?: PagePosition;
	/** The written time from which to read; by default, the overlap before the latest call. */
	since?: number;
	overlapMs: number;
	/** In milliseconds since 1970. */
	deadline: number;
}

/** What was read. */
export interface CallHistory {
	/** Oldest first, as far as the list tells. */
	calls: IDataObject[];
	isOldestFirst: boolean;
	/** Whether there was not enough time to read all. */
	isCut: boolean;
	/** Where to continue, if the wanted calls are to be read again. */
	placeFrom(isWanted: (call: IDataObject) => boolean): PagePosition | undefined;
}

/** The page to begin with; the stored one only if its first call is still the same. */
async function startOf(
	reader: Reader,
	start: PagePosition['start'],
): Promise<{ page: Page; isStored: boolean }> {
	const page = start && (await reader.stored(start.link));
	if (page && page.items.length > 0 && firstOf(page) === start.first)
		return { page, isStored: true };
	return { page: await reader.next(), isStored: false };
}

/** Where to continue after these pages; `undefined` if their links are too long to be stored. */
function placeOf(
	pages: readonly Page[],
	{ isStored, isCut, isOldestFirst }: { isStored: boolean; isCut: boolean; isOldestFirst: boolean },
	isWanted: (call: IDataObject) => boolean,
): PagePosition | undefined {
	const last = pages.at(-1)!;
	let start = isOldestFirst ? (pages.find(({ items }) => items.some(isWanted)) ?? last) : pages[0];
	// Otherwise it would get no further.
	if (isOldestFirst && isCut && start === pages[0]) start = last;
	const end = isOldestFirst ? last : pages[0];
	if (start.link.length > LONGEST_LINK || end.link.length > LONGEST_LINK) return undefined;
	const isFirst = start === pages[0] && !isStored;
	return {
		...(!isFirst && { start: { link: start.link, first: firstOf(start) } }),
		end: { link: end.link, digest: contentOf(end), isLast: isOldestFirst },
		readAt: Date.now(),
	};
}

/**
 * Reads the history as far as it is wanted. Its order is not documented. Listed newest first,
 * reading ends where older calls begin; listed oldest first, it begins at the stored page and ends
 * with the list, or at the deadline.
 */
export async function readCalls(
	reader: Reader,
	{ place, since, overlapMs, deadline }: HistoryRequest,
): Promise<CallHistory> {
	const { page: start, isStored } = await startOf(reader, place?.start);
	const pages = [start];
	const links = new Set([start.link]);
	let trend = trendOf(start.items);
	let latest = -Infinity;
	let isCut = false;
	for (let page = start; ; ) {
		latest = Math.max(latest, ...page.items.map((call) => timestampOf(call) ?? -Infinity));
		const oldest = Math.min(...page.items.map((call) => timestampOf(call) ?? Infinity));
		const isEnough = !isStored && trend < 0 && oldest < (since ?? latest - overlapMs);
		if (isEnough || page.next === '') break;
		if (Date.now() >= deadline && pages.length > 1) {
			isCut = true;
			break;
		}
		const next = await reader.next(page);
		// A circle ends where it began.
		if (links.has(next.link)) break;
		links.add(next.link);
		trend += trendOf([...page.items.slice(-1), ...next.items]);
		pages.push(next);
		page = next;
	}
	const isOldestFirst = isStored || trend > 0;
	const calls = pages.flatMap(({ items }) => items);
	return {
		calls: isOldestFirst ? calls : calls.reverse(),
		isOldestFirst,
		isCut,
		placeFrom: (isWanted) => placeOf(pages, { isStored, isCut, isOldestFirst }, isWanted),
	};
}
