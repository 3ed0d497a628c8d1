import { createHash } from 'node:crypto';
import { NodeApiError, NodeOperationError, type IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import type { CallContext } from '../../shared/http/request';
import { pageLink, readPage, type Page } from '../api/pagination';
import { apiPath } from '../api/transport';
import { trendOf, timestampOf } from '../api/webhookCalls';

/** Where to go on reading the history of webhook calls, so that a long one is not read as a whole at each poll. */
export const pagePositionSchema = z.object({
	/** Listed oldest first: the page from which to read again, and what its first call was. */
	start: z.object({ link: z.string(), first: z.string() }).optional(),
	/** The page where new calls show, and what it held. */
	end: z.object({ link: z.string(), digest: z.string(), isLast: z.boolean() }),
	/** When calls were last read and not only that page, in milliseconds since 1970. */
	readAt: z.number(),
});

type Place = z.infer<typeof pagePositionSchema>;

/** Longer links are not kept. */
const LONGEST_LINK = 2000;

/** How long a page that did not change is enough. Sorted by what is written, calls of a repeated hour come elsewhere. */
const ENOUGH_MS = 30 * 60_000;

/** All by which a call can be told from others. */
export const identityOf = ({ datetime, event, application, response_status }: IDataObject): string =>
	JSON.stringify([datetime, event, application, response_status]);

const digestOf = (texts: readonly string[]): string =>
	createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 32);

const firstOf = ({ items }: Page): string => digestOf(items.slice(0, 1).map(identityOf));

const contentOf = ({ items }: Page): string => digestOf(items.map(identityOf));

/** Reads pages of the history, each once in a look. */
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
		/** A page whose link was kept, `undefined` where it is no longer one: how long links are valid is not documented. */
		kept: async (link: string): Promise<Page | undefined> =>
			await page(link).catch(async (error: unknown) => (isGone(error) ? undefined : await Promise.reject(error))),
	};
}

type Reader = ReturnType<typeof historyReader>;

/** Whether a link leads nowhere, and not whether JobAffinity could not be asked; 200 is what INVALID comes with. */
const isGone = (error: unknown): boolean =>
	error instanceof NodeApiError
		? ['200', '400', '404', '410', '422'].includes(error.httpCode ?? '')
		: error instanceof NodeOperationError;

/** Whether the page where new calls show is as it was not long ago. */
export async function isUnchanged(reader: Reader, { end, readAt }: Place): Promise<boolean> {
	const age = Date.now() - readAt;
	if (!(age >= 0 && age < ENOUGH_MS)) return false;
	const page = await reader.kept(end.link);
	return page !== undefined && contentOf(page) === end.digest && (!end.isLast || page.next === '');
}

/** What is to be read. */
interface Task {
	place?: Place;
	/** From where, by the times that are written; not given, the time of overlap before the latest. */
	since?: number;
	overlapMs: number;
	/** In milliseconds since 1970. */
	deadline: number;
}

/** What was read. */
export interface Reading {
	/** Oldest first, as far as the list tells. */
	calls: IDataObject[];
	isOldestFirst: boolean;
	/** Whether the time did not suffice. */
	isCut: boolean;
	/** Where to go on, if calls that are wanted are to be read again. */
	placeFrom(isWanted: (call: IDataObject) => boolean): Place | undefined;
}

/** The page to begin with; a kept one only where it begins as it did. */
async function startOf(reader: Reader, start: Place['start']): Promise<{ page: Page; isKept: boolean }> {
	const kept = start && (await reader.kept(start.link));
	if (kept && kept.items.length > 0 && firstOf(kept) === start.first) return { page: kept, isKept: true };
	return { page: await reader.next(), isKept: false };
}

/** Where to go on after these pages, `undefined` where their links are too long to be kept. */
function placeOf(
	pages: readonly Page[],
	{ isKept, isCut, isOldestFirst }: { isKept: boolean; isCut: boolean; isOldestFirst: boolean },
	isWanted: (call: IDataObject) => boolean,
): Place | undefined {
	const last = pages.at(-1)!;
	let start = isOldestFirst ? (pages.find(({ items }) => items.some(isWanted)) ?? last) : pages[0];
	// Otherwise it would go no further.
	if (isOldestFirst && isCut && start === pages[0]) start = last;
	const end = isOldestFirst ? last : pages[0];
	if (start.link.length > LONGEST_LINK || end.link.length > LONGEST_LINK) return undefined;
	const isFirst = start === pages[0] && !isKept;
	return {
		...(!isFirst && { start: { link: start.link, first: firstOf(start) } }),
		end: { link: end.link, digest: contentOf(end), isLast: isOldestFirst },
		readAt: Date.now(),
	};
}

/**
 * Reads the history as far as it is wanted. In which order it is listed is not documented: newest first, reading ends
 * where older calls begin; oldest first, it begins at the page that was kept and ends with the list, or at the
 * deadline.
 */
export async function readCalls(reader: Reader, { place, since, overlapMs, deadline }: Task): Promise<Reading> {
	const { page: begin, isKept } = await startOf(reader, place?.start);
	const pages = [begin];
	const links = new Set([begin.link]);
	let trend = trendOf(begin.items);
	let latest = -Infinity;
	let isCut = false;
	for (let page = begin; ; ) {
		latest = Math.max(latest, ...page.items.map((call) => timestampOf(call) ?? -Infinity));
		const oldest = Math.min(...page.items.map((call) => timestampOf(call) ?? Infinity));
		const isEnough = !isKept && trend < 0 && oldest < (since ?? latest - overlapMs);
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
	const isOldestFirst = isKept || trend > 0;
	const calls = pages.flatMap(({ items }) => items);
	return {
		calls: isOldestFirst ? calls : calls.reverse(),
		isOldestFirst,
		isCut,
		placeFrom: (isWanted) => placeOf(pages, { isKept, isCut, isOldestFirst }, isWanted),
	};
}
