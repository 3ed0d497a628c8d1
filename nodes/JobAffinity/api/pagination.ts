import type { IDataObject } from 'n8n-workflow';

import type { CallContext } from '../../shared/http/request';
import { baseUrlOf, call, urlOf, type Call } from './transport';
import { apiUrl } from './urlPolicy';

/** The largest page (documented); the default is 20. */
export const PAGE_SIZE = 100;

/** A page of a list. */
export interface Page {
	/** Its URL. */
	link: string;
	items: IDataObject[];
	/** The link to the next page, as this one has it; empty on the last. */
	next: string;
}

/**
 * The URL of a page of a list. That `_next` keeps the page size and the filters is not documented,
 * so those that it lacks are added again.
 *
 * @param from the page that links to it; without it, the URL of the list's first page
 */
export async function pageLink(context: CallContext, request: Call, from?: Page): Promise<string> {
	const query = { limit: PAGE_SIZE, ...request.query };
	return (await urlOf(context, from?.next ?? request.link, query, from?.link)).href;
}

/** Reads one page of a list; `_next` is empty, absent or `null` on the last (documented). */
export async function readPage(context: CallContext, request: Call, link: string): Promise<Page> {
	const { items, _next } = await call(context, { ...request, link, query: {}, expectsList: true });
	return { link, items: items as IDataObject[], next: typeof _next === 'string' ? _next : '' };
}

/**
 * Whether a page leads to one that was not read. A link that leads elsewhere does not count: it
 * fails when it is followed.
 */
async function hasNext(
	context: CallContext,
	request: Call,
	page: Page,
	read: ReadonlySet<string>,
): Promise<boolean> {
	if (page.next === '' || !apiUrl(await baseUrlOf(context), page.next, page.link)) return false;
	return !read.has(await pageLink(context, request, page));
}

/**
 * Reads a list page by page.
 *
 * @param onPage gets, before each page is yielded, whether the page leads to another
 * @returns whether reading ended because a page links back to one that was read
 */
export async function* pages(
	context: CallContext,
	request: Call,
	onPage?: (hasNext: boolean) => void,
): AsyncGenerator<IDataObject[], boolean> {
	const read = new Set<string>();
	for (let page: Page | undefined; page?.next !== ''; ) {
		// A page has several links: relative or absolute, with the page size or without.
		const link = await pageLink(context, request, page);
		if (read.has(link)) return true;
		read.add(link);
		page = await readPage(context, request, link);
		onPage?.(await hasNext(context, request, page, read));
		yield page.items;
	}
	return false;
}

/** Records of a list, and whether and why there may be more. */
export interface Collected {
	items: IDataObject[];
	isCircular: boolean;
	/**
	 * Whether there are more than these; `maybe` if they would be on pages that were not read.
	 */
	hasMore: boolean | 'maybe';
}

/** Which records of a list count. */
export interface Select {
	accepts(record: IDataObject): boolean;
	/** Reads what only a record of its own shows; `undefined` if it does not count after all. */
	load?(record: IDataObject): Promise<IDataObject | undefined>;
}

/** What counts of a page's records, up to a number of them, and whether there is more. */
async function selected(
	records: readonly IDataObject[],
	most: number,
	{ accepts, load }: Select,
): Promise<{ items: IDataObject[]; hasMore: Collected['hasMore'] }> {
	const items: IDataObject[] = [];
	for (const record of records.filter(accepts)) {
		// Nothing is read only to learn whether there is more.
		if (items.length >= most) return { items, hasMore: load ? 'maybe' : true };
		const item = load ? await load(record) : record;
		if (item) items.push(item);
	}
	return { items, hasMore: false };
}

const EVERY: Select = { accepts: () => true };

/**
 * Reads a list until it has `limit` records that count, or has read `maxPages`; later pages are not
 * requested.
 *
 * @param isLast whether, judging by a page's records, no later page can have one that counts
 */
export async function collect(
	context: CallContext,
	request: Call,
	limit = Infinity,
	select?: Select,
	isLast: (pageItems: IDataObject[]) => boolean = () => false,
	maxPages = Infinity,
): Promise<Collected> {
	const query = { limit: select ? PAGE_SIZE : Math.min(PAGE_SIZE, limit), ...request.query };
	let hasNextPage = false;
	const reader = pages(context, { ...request, query }, (hasNext) => (hasNextPage = hasNext));
	const items: IDataObject[] = [];
	let hasMore: Collected['hasMore'] = false;
	for (let count = 0; items.length < limit && count < maxPages; count++) {
		const { value, done } = await reader.next();
		if (done) return { items, isCircular: value, hasMore: false };
		const page = await selected(value, limit - items.length, select ?? EVERY);
		({ hasMore } = page);
		items.push(...page.items);
		if (isLast(value)) return { items, isCircular: false, hasMore };
	}
	return { items, isCircular: false, hasMore: hasMore || (hasNextPage && 'maybe') };
}
