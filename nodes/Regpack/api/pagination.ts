import { NodeOperationError, type IDataObject } from 'n8n-workflow';

import type { CallContext } from '../../shared/http/request';
import { isRefused } from './errors';
import { idOf, recordsIn, PageTracker, type PageCursor } from './pageTracker';
import { post } from './transport';

export type { PageCursor };

/** No list is that long: 2000 pages are 100,000 parents. */
const MOST_PAGES = 2000;

/** What one request brought that none before it had. */
export interface UserPage {
	users: IDataObject[];
	children: IDataObject[];
	/** How many there are in all, as Regpack says; whether that counts children is not documented. */
	total: number | null;
	/** The `starting_position` that was asked for. */
	position: number;
	/** Where the page after this one begins. */
	next: PageCursor;
}

/** Which list to read. */
export interface Listing {
	/** The project; the credential's unless given. */
	groupId?: unknown;
	/** What is asked of the list, without `starting_position`, and without `return_families`, which hides children. */
	doc?: IDataObject;
	/** The `next` of the last page that was read; the beginning unless given. */
	from?: PageCursor;
	/** Is told when there are users that cannot be got; nothing is thrown then. */
	onMissing?(sentence: string): void;
}

const BEGINNING: PageCursor = { by: 'row', position: 0, users: 0, children: 0, ids: [] };

/** The first page number to ask for: the second page where they are counted from 0, else the first again. */
const LOWEST_PAGE = 1;

/** Statuses that may say that there is no such page. */
const NO_SUCH_PAGE = [400, 404, 416, 422];

/** One answer. A refusal of any but the first page is taken for the end, which the total shows to be right or wrong. */
async function pageAt(
	context: CallContext,
	{ groupId, doc = {} }: Listing,
	tally: PageTracker,
	position: number,
): Promise<IDataObject> {
	const { answer, refusal } = await post(context, {
		endpoint: 'users',
		action: 'get_user_list',
		groupId,
		// The first call goes without a position (documented, paginated-requests).
		doc: position === 0 ? doc : { ...doc, starting_position: position },
		isRead: true,
		expectsList: true,
	});
	if (!refusal) return answer.body as IDataObject;
	if (position === 0 || !(isRefused(answer.body) || NO_SUCH_PAGE.includes(answer.status))) throw refusal;
	tally.refusal = refusal;
	return {};
}

/** Reads on until the list ends or pages bring nothing new, and tells whether that was all. */
async function* walk(
	context: CallContext,
	listing: Listing,
	tally: PageTracker,
	{ by, position: begin }: Pick<PageCursor, 'by' | 'position'>,
): AsyncGenerator<UserPage, boolean> {
	// By page numbers one page may well be known: the first again, or one that was met by its row.
	const patience = by === 'row' ? 1 : 2;
	let position = begin;
	let idle = 0;
	for (let asked = 0; asked < MOST_PAGES; asked++) {
		const answer = await pageAt(context, listing, tally, position);
		const fresh = tally.take(answer);
		const all = [...recordsIn(answer.users), ...recordsIn(answer.children)];
		// Children come beside their parents, unless they alone were asked for.
		const rows = recordsIn(answer.users).length || recordsIn(answer.children).length;
		const isShort = rows < tally.perPage;
		const at = position;
		position += by === 'row' ? rows : 1;
		if (fresh.users.length + fresh.children.length > 0) {
			idle = 0;
			const { total, users, children } = tally;
			yield { ...fresh, total, position: at, next: { by, position, users, children, ids: all.map(idOf) } };
		} else idle++;
		// By page numbers some may be counted twice after an interruption.
		if (by === 'row' && tally.hasAll) return true;
		if (isShort && (tally.total === null ? at === 0 : tally.addsUp)) return true;
		if (idle >= patience) return tally.addsUp;
	}
	throw new NodeOperationError(context.getNode(), `The list of users did not end after ${MOST_PAGES} pages`, {
		description: 'Regpack gave new users with each page. Ask for fewer, or look for a newer version of this package.',
	});
}

/**
 * Reads the list of users page by page (documented, getuserlist and paginated-requests), each user once. What
 * `starting_position` counts is not documented: it is taken for a row, and where that does not bring what the total
 * says, for the number of a page. Nor is whether rows and pages count from 0 or 1, whether the total counts
 * children, and what comes past the end: nothing, the last page again, or a refusal.
 *
 * A look that goes on `from` a place and does not add up begins anew, so that users come a second time.
 *
 * @throws NodeApiError as `call` of `transport` does; NodeOperationError when there are users that cannot be got,
 * unless `onMissing` is given
 */
export async function* userPages(context: CallContext, listing: Listing = {}): AsyncGenerator<UserPage, void> {
	const { from } = listing;
	if (from && (yield* walk(context, listing, new PageTracker(from), from))) return;
	const tally = new PageTracker(BEGINNING);
	// Children may make up for parents of pages that were not met, which asking by page numbers shows.
	const isSure = () => tally.hasAll || tally.children === 0 || tally.users < tally.perPage;
	if ((yield* walk(context, listing, tally, BEGINNING)) && isSure()) return;
	if (yield* walk(context, listing, tally, { by: 'page', position: LOWEST_PAGE })) return;
	if (tally.total === null) return;
	const sentence = `Regpack says that it has ${tally.total} users, and gave ${tally.users + tally.children}`;
	if (listing.onMissing) return listing.onMissing(sentence);
	throw new NodeOperationError(context.getNode(), sentence, {
		description: `${tally.refusal ? `${tally.refusal.message}. ` : ''}The others could not be read. Try again; if it stays so, look for a newer version of this package.`,
	});
}
