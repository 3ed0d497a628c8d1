import {
	NodeOperationError,
	type GenericValue,
	type IDataObject,
	type NodeApiError,
} from 'n8n-workflow';

import type { CallContext } from '../../shared/http/request';
import { textAt } from '../../shared/values/text';
import { partsOf } from '../events/applicant';
import { countIn } from '../events/numbers';
import { isRefused } from './errors';
import { post } from './transport';

/** Where reading continues after an interruption; it can be kept as JSON. */
export interface PageCursor {
	/** What `starting_position` is taken for. */
	by: 'row' | 'page';
	position: number;
	/** How many were read before it. */
	users: number;
	children: number;
	/** Those of the previous page: the next one may repeat the last. */
	ids: string[];
}

/** The records of one page that no page before it had. */
export interface UserPage {
	users: IDataObject[];
	children: IDataObject[];
	/** How many there are in all, as Regpack says; whether that counts children is not documented. */
	total: number | null;
	/** The `starting_position` of the request. */
	position: number;
	/** Where the next page starts. */
	next: PageCursor;
	/** Whether nobody comes after it, as far as that can be known without reading on. */
	isLast: boolean;
}

/** Which list to read. */
export interface Listing {
	/** The project; the credential's unless given. */
	groupId?: GenericValue;
	/**
	 * The request's `doc`, without `starting_position`, and without `return_families`, which hides
	 * children.
	 */
	doc?: IDataObject;
	/** The `next` of the last page that was read; the start unless given. */
	from?: PageCursor;
	/** Called when some users cannot be read, which then is no error. */
	onMissing?(sentence: string): void;
}

const START: PageCursor = { by: 'row', position: 0, users: 0, children: 0, ids: [] };

/**
 * The first page number to request: the second page if they count from 0, otherwise the first
 * again.
 */
const FIRST_PAGE = 1;

/**
 * The documented page size, which responses may state; in family systems it counts parents only.
 */
export const PAGE_SIZE = 50;

/** No list is that long: 2000 pages are 100,000 parents. */
const MAX_PAGES = 2000;

/** Statuses that may mean that there is no such page. */
const NO_SUCH_PAGE = [400, 404, 416, 422];

const recordsIn = (value: unknown): IDataObject[] =>
	Array.isArray(value) ? (value as IDataObject[]) : [];

const keyOf = (record: IDataObject): string =>
	textAt(partsOf(record).info, 'clogin_id') ?? JSON.stringify(record);

/** Whether the counts are next to `totals` or inside it is not documented. */
const countAt = (body: IDataObject, name: string): number | null =>
	countIn(body[name]) ?? countIn((body.totals as IDataObject | null | undefined)?.[name]);

/** Everything read so far, each record once, compared with the totals that Regpack states. */
class PageTracker {
	private readonly seen: Set<string>;

	private readonly totals: number[] = [];

	users: number;

	children: number;

	pageSize = PAGE_SIZE;

	/** The error that came instead of a page. */
	error?: NodeApiError;

	constructor({ users, children, ids }: PageCursor) {
		this.users = users;
		this.children = children;
		this.seen = new Set(ids);
	}

	/** Adds a page, and returns its new records. */
	add(body: IDataObject): { users: IDataObject[]; children: IDataObject[] } {
		const total = countAt(body, 'total_users');
		if (total !== null) this.totals.push(total);
		this.pageSize = Math.min(PAGE_SIZE, countAt(body, 'records_per_page') ?? this.pageSize);
		const users = recordsIn(body.users).filter((record) => this.isNew(record));
		const children = recordsIn(body.children).filter((record) => this.isNew(record));
		this.users += users.length;
		this.children += children.length;
		return { users, children };
	}

	/** The latest total. */
	get total(): number | null {
		return this.totals.at(-1) ?? null;
	}

	/** Whether the total is reached without the children, and so however it counts. */
	get hasAll(): boolean {
		return this.totals.length > 0 && this.users >= Math.max(...this.totals);
	}

	/** Whether the total, which may change meanwhile, is reached with or without the children. */
	get addsUp(): boolean {
		const [least, most] = [Math.min(...this.totals), Math.max(...this.totals)];
		const all = this.users + this.children;
		return this.totals.length > 0 && (this.users >= least || (all >= least && all <= most));
	}

	/**
	 * Whether a list that adds up has no other users. Children may make up for parents of pages that
	 * were missed, which reading by page numbers shows.
	 */
	get isSure(): boolean {
		return this.hasAll || this.children === 0 || this.users < this.pageSize;
	}

	private isNew(record: IDataObject): boolean {
		const key = keyOf(record);
		const isNew = !this.seen.has(key);
		this.seen.add(key);
		return isNew;
	}
}

/**
 * Requests one page. An error on any but the first is taken for the end of the list, which the
 * total then confirms or not.
 */
async function pageAt(
	context: CallContext,
	{ groupId, doc = {} }: Listing,
	tracker: PageTracker,
	position: number,
): Promise<IDataObject> {
	const { response, error } = await post(context, {
		endpoint: 'users',
		action: 'get_user_list',
		// The first call has no position (documented, paginated-requests).
		body: {
			group_id: groupId,
			doc: position === 0 ? doc : { ...doc, starting_position: position },
		},
		isRead: true,
		expectsList: true,
	});
	if (!error) return response.body as IDataObject;
	if (position === 0 || !(isRefused(response.body) || NO_SUCH_PAGE.includes(response.status)))
		throw error;
	tracker.error = error;
	return {};
}

/** Reads pages until the list ends or they bring nothing new. Returns whether that was all. */
async function* readPages(
	context: CallContext,
	listing: Listing,
	tracker: PageTracker,
	{ by, position: start }: Pick<PageCursor, 'by' | 'position'>,
): AsyncGenerator<UserPage, boolean> {
	// By page numbers one page may well bring nothing new: the first again, or one that was already
	// read by its row.
	const maxIdle = by === 'row' ? 1 : 2;
	let position = start;
	let idle = 0;
	for (let count = 0; count < MAX_PAGES; count++) {
		const body = await pageAt(context, listing, tracker, position);
		const fresh = tracker.add(body);
		const [users, children] = [recordsIn(body.users), recordsIn(body.children)];
		// Children come beside their parents, unless only children were requested.
		const rows = users.length || children.length;
		const current = position;
		position += by === 'row' ? rows : 1;
		const isEnd =
			// By page numbers some may be counted twice after an interruption.
			(by === 'row' && tracker.hasAll) ||
			(rows < tracker.pageSize && (tracker.total === null ? current === 0 : tracker.addsUp));
		if (fresh.users.length + fresh.children.length > 0) {
			idle = 0;
			const ids = [...users, ...children].map(keyOf);
			const next = { by, position, users: tracker.users, children: tracker.children, ids };
			const isLast = isEnd && tracker.isSure;
			yield { ...fresh, total: tracker.total, position: current, next, isLast };
		} else idle++;
		if (isEnd) return true;
		if (idle >= maxIdle) return tracker.addsUp;
	}
	throw new NodeOperationError(
		context.getNode(),
		`The list of users did not end after ${MAX_PAGES} pages`,
		{
			description:
				'Regpack gave new users with each page. Request fewer, or look for a newer version of this package.',
		},
	);
}

/**
 * Reads the list of users page by page (documented, getuserlist and paginated-requests), each user
 * once. What `starting_position` counts is not documented: it is taken for a row and, if that does
 * not bring as many as the total says, for a page number. Nor is it documented whether rows and
 * pages count from 0 or 1, whether the total counts children, or what comes past the end: nothing,
 * the last page again, or an error.
 *
 * If reading that continues `from` a cursor does not add up, it starts again, so that users come a
 * second time.
 *
 * @throws NodeApiError as `call` of `transport` does; NodeOperationError when some users cannot be
 * read, unless `onMissing` is given
 */
export async function* userPages(
	context: CallContext,
	listing: Listing = {},
): AsyncGenerator<UserPage, void> {
	const { from } = listing;
	if (from && (yield* readPages(context, listing, new PageTracker(from), from))) return;
	const tracker = new PageTracker(START);
	if ((yield* readPages(context, listing, tracker, START)) && tracker.isSure) return;
	if (yield* readPages(context, listing, tracker, { by: 'page', position: FIRST_PAGE })) return;
	if (tracker.total === null) return;
	const sentence = `Regpack says that it has ${tracker.total} users, and gave ${tracker.users + tracker.children}`;
	if (listing.onMissing) return listing.onMissing(sentence);
	throw new NodeOperationError(context.getNode(), sentence, {
		description: `${tracker.error ? `${tracker.error.message}. ` : ''}The others could not be read. Try again; if this persists, look for a newer version of this package.`,
	});
}
