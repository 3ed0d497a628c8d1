import { NodeOperationError, type IDataObject } from 'n8n-workflow';

import { locatorText } from '../../shared/actions/resourceLocator';
import type { CallContext } from '../../shared/http/request';
import { applicantOf } from '../events/applicant';
import { PAGE_SIZE, userPages, type UserPage } from './pagination';

/** How many users are read to find something: Regpack has no search (documented by omission). */
export const MAX_READ = 5000;

/** What to look for in the list of users. */
interface Search {
	/** The project; the credential's unless given. */
	groupId?: unknown;
	/** The request's `doc`. */
	doc?: IDataObject;
	maxRead?: number;
	/** When to stop, in milliseconds since 1970. */
	deadline?: number;
}

/** A page of users, and how far the search has come with it. */
export interface FoundPage {
	/** Parents, individuals and children. */
	users: IDataObject[];
	/** How many were read so far. */
	read: number;
	/** How many there are, as Regpack says. */
	total: number | null;
	/** Whether there may be users after this page. */
	mayHaveMore: boolean;
	/** Why some cannot be read, on the last page, as a sentence without its full stop. */
	missing?: string;
}

/**
 * Whether there may be users after a page. Parents alone reach the total whether or not it counts
 * children, which is not documented; with their children they may reach it too early, unless
 * everything is on one page that is not full.
 */
function mayHaveMore({ users, children, total, position, next }: UserPage): boolean {
	const isOnly = position === 0 && users.length < PAGE_SIZE;
	if (total === null) return !isOnly;
	return next.users < total && !(isOnly && users.length + children.length >= total);
}

/**
 * Pages of users, with those who have an excluding status, until the list ends or enough is read.
 * Users whom Regpack counts but does not list are no error here.
 */
export async function* searchPages(
	context: CallContext,
	{ groupId, doc, maxRead = MAX_READ, deadline = Infinity }: Search,
): AsyncGenerator<FoundPage, void> {
	let missing: string | undefined;
	let read = 0;
	let total: number | null = null;
	for await (const page of userPages(context, {
		groupId: groupId as string,
		doc: { with_excluded: true, ...doc },
		onMissing: (sentence) => void (missing = sentence),
	})) {
		const users = [...page.users, ...page.children];
		read += users.length;
		({ total } = page);
		yield { users, read, total, mayHaveMore: mayHaveMore(page) };
		if (read >= maxRead || Date.now() >= deadline) return;
	}
	yield { users: [], read, total, mayHaveMore: false, missing };
}

/**
 * The same pages for several readers, each of whom may stop anywhere: none is requested twice. After
 * a failure the next reader starts anew.
 */
export class SharedPages {
	private pages: Array<Promise<FoundPage | undefined>> = [];

	private source: AsyncGenerator<FoundPage, void>;

	/** @param start starts to read from the first page on */
	constructor(private readonly start: () => AsyncGenerator<FoundPage, void>) {
		this.source = start();
	}

	async *read(): AsyncGenerator<FoundPage, void> {
		const { pages } = this;
		for (let index = 0; ; index++) {
			// A generator gives its pages in the order in which they are requested.
			pages[index] ??= this.source.next().then(({ value }) => value ?? undefined);
			const page = await pages[index].catch(async (error: unknown) => {
				this.startAnew(pages);
				return await Promise.reject(error);
			});
			if (!page) return;
			yield page;
		}
	}

	private startAnew(failed: unknown): void {
		if (this.pages !== failed) return;
		this.pages = [];
		this.source = this.start();
	}
}

/**
 * The user of a parameter, or the first of the project while none is chosen, as with an expression
 * in the editor.
 *
 * @throws NodeOperationError when the project has none
 */
export async function userOrFirst(
	context: CallContext,
	groupId: unknown,
	chosen: unknown,
): Promise<number> {
	const id = locatorText(chosen);
	if (id !== null && /^\d{1,15}$/.test(id)) return Number(id);
	for await (const { users } of searchPages(context, { groupId })) {
		const { cloginId } = applicantOf(users[0]);
		if (cloginId !== null) return Number(cloginId);
	}
	throw new NodeOperationError(context.getNode(), 'The project has no users', {
		description: 'Regpack shows this list for a user only. Enter the value by its ID.',
	});
}
