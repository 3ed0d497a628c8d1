import type { IDataObject } from 'n8n-workflow';

import type { ListRead, ReadLimits } from '../../shared/actions/list';
import { LIMIT_MAYBE_REACHED, LIMIT_REACHED } from '../../shared/actions/listInfo';
import type { CallContext } from '../../shared/http/request';
import { textAt } from '../../shared/values/text';
import { millisecondsOf } from '../events/timestamp';
import { pageIn, type Page } from './envelope';
import { tryCall } from './transport';

/** A list of the API. */
export interface Listing {
	path: string;
	/** The name of the list in a response. */
	list: string;
	query?: IDataObject;
	/**
	 * How the next page is asked for: by its number, or by the cursor of this one. Where there is no
	 * cursor, or it leads nowhere, `endDate` is set to the oldest event of the page, as others do.
	 */
	by: 'number' | 'cursor';
	/** A time as `startDate` and `endDate` have it. */
	dateOf?(ms: number): string | number;
}

/** No list is that long: 200,000 records. */
const MAX_PAGES = 2000;

const TOO_MANY_PAGES = `The list did not end after ${MAX_PAGES} pages: narrow it down by time.`;
/** The reason when no more pages were to be read. */
const pagesReached = (pages: number) =>
	`Counting stopped after ${pages} pages. Get Many with Return All reads the rest.`;
const STUCK =
	'Thought Industries says that there are more, but its next page brought nothing new. Narrow the list down by time.';

/** Statuses that may mean that there is no such page. */
const NO_SUCH_PAGE = ['400', '404', '416', '422'];

/** A completion that was reset may come again with the same ID. */
const identityOf = (record: IDataObject): string => {
	const id = textAt(record, 'id');
	return id === null ? JSON.stringify(record) : `${id} ${textAt(record, 'timestamp')}`;
};

/** The time of a record, in milliseconds; `NaN` if it has none. */
export const timeOf = (record: IDataObject): number =>
	millisecondsOf(textAt(record, 'timestamp') ?? '');

/** Follows a list from page to page. */
class Follower {
	private number = 1;
	private by: Listing['by'] | 'time';
	private readonly used = new Set<string>();

	constructor(private readonly listing: Listing) {
		this.by = listing.by;
	}

	/**
	 * The query of the page behind this one; `undefined` if there is none, or no way to get there.
	 *
	 * @param isNew whether this page brought anything new
	 */
	next(page: Page, isNew: boolean): IDataObject | undefined {
		const { records, hasMore, totalPages, cursor } = page;
		const isLast = totalPages !== undefined && hasMore === undefined && this.number >= totalPages;
		if (records.length === 0 || hasMore === false || isLast) return undefined;
		if (this.by === 'number') {
			if (isNew) return { page: ++this.number };
			// It may not understand page numbers, although they are documented.
			this.by = 'cursor';
			return cursor === undefined ? undefined : this.once({ cursor });
		}
		if (this.by === 'cursor' && isNew && cursor !== undefined) return this.once({ cursor });
		this.by = 'time';
		return this.before(records);
	}

	/** A query that was not used yet. */
	private once(query: IDataObject): IDataObject | undefined {
		const name = JSON.stringify(query);
		if (this.used.has(name)) return undefined;
		this.used.add(name);
		return query;
	}

	/** The events up to the oldest one, which come again and are recognized. */
	private before(records: readonly IDataObject[]): IDataObject | undefined {
		const times = records.map(timeOf).filter((time) => !Number.isNaN(time));
		if (!this.listing.dateOf || times.length === 0) return undefined;
		const oldest = times.reduce((a, b) => Math.min(a, b));
		return this.once({ endDate: this.listing.dateOf(oldest) });
	}
}

/** The records of a page that no page before it had, and whether a page follows. */
interface NewRecords {
	records: IDataObject[];
	hasNext: boolean;
}

/**
 * Reads a list page by page, each record once. The documents contradict each other about how lists
 * are paged; an error on any page but the first is taken for the end, unless the page before
 * promised more.
 *
 * @param most how many pages to request; Infinity for as many as a list may have
 * @returns why there may be more that was not read; `undefined` if that was all
 * @throws NodeApiError as `call` does
 */
export async function* pages(
	context: CallContext,
	listing: Listing,
	most = Infinity,
): AsyncGenerator<NewRecords, string | undefined> {
	const follower = new Follower(listing);
	const seen = new Set<string>();
	let query: IDataObject = {};
	let isPromised = true;
	for (let count = 0; count < Math.min(most, MAX_PAGES); count++) {
		const { path, list } = listing;
		const request = { path, list, query: { ...listing.query, ...query }, expectsList: true };
		const { body, error } = await tryCall(context, request);
		if (error && (isPromised || !NO_SUCH_PAGE.includes(error.httpCode ?? ''))) throw error;
		const page = (error ? undefined : pageIn(body, list)) ?? { records: [] };
		const records = page.records.filter((record) => {
			const identity = identityOf(record);
			const isNew = !seen.has(identity);
			seen.add(identity);
			return isNew;
		});
		const next = follower.next(page, records.length > 0);
		isPromised = page.hasMore === true;
		if (records.length > 0) yield { records, hasNext: next !== undefined };
		if (next === undefined) return isPromised ? STUCK : undefined;
		query = next;
	}
	return most < MAX_PAGES ? pagesReached(most) : TOO_MANY_PAGES;
}

/**
 * Reads a list until it has as many accepted records as the limits allow; later pages are not
 * requested.
 *
 * @param isLast whether no later page can have an accepted record
 */
export async function collect(
	context: CallContext,
	listing: Listing,
	limits: ReadLimits,
	accepts: (record: IDataObject) => boolean = () => true,
	isLast: (records: IDataObject[]) => boolean = () => false,
): Promise<ListRead> {
	const { records: limit } = limits;
	const reader = pages(context, listing, limits.pages);
	const records: IDataObject[] = [];
	for (;;) {
		const { value, done } = await reader.next();
		if (done) return { records, ...(value !== undefined && { partial: { reason: value } }) };
		const accepted = value.records.filter(accepts);
		const left = limit - records.length;
		for (const record of accepted.slice(0, left)) records.push(record);
		if (accepted.length > left)
			return { records, partial: { reason: LIMIT_REACHED, isRequested: true } };
		if (isLast(value.records)) return { records };
		if (records.length >= limit && value.hasNext)
			return { records, partial: { reason: LIMIT_MAYBE_REACHED, isRequested: true } };
		if (records.length >= limit) return { records };
	}
}
