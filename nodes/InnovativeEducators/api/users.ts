import { NodeOperationError, type IDataObject } from 'n8n-workflow';

import { path } from '../../shared/http/path';
import type { CallContext } from '../../shared/http/request';
import { textAt } from '../../shared/values/text';
import { recordIn } from './envelope';
import { pages, type Listing } from './pagination';
import { call } from './transport';

/** `GET /users` (documented, rest/users/list) with the page size of lists (rest/pagination). */
export const userList = (query: IDataObject = {}): Listing => ({
	path: '/users',
	list: 'users',
	by: 'number',
	query: { perPage: 100, ...query },
});

/** How far down in the list a user may be that is looked up by address. */
const MAX_PAGES_READ = 200;

/** The users of the list, read as far as an address was needed, once for all items of a node. */
class Directory {
	private readonly byEmail = new Map<string, IDataObject>();
	private reader: ReturnType<typeof pages>;
	private pagesRead = 0;
	private turn: Promise<unknown> = Promise.resolve();

	constructor(private readonly context: CallContext) {
		this.reader = pages(context, userList());
	}

	/** One after the other, as all read on in the same list. A failure does not end the list. */
	async find(email: string): Promise<IDataObject | 'none' | 'tooMany'> {
		const search = this.turn.then(async () => await this.search(email));
		this.turn = search.catch(() => {
			this.reader = pages(this.context, userList());
			this.pagesRead = 0;
		});
		return await search;
	}

	private async search(email: string): Promise<IDataObject | 'none' | 'tooMany'> {
		for (;;) {
			const found = this.byEmail.get(email);
			if (found) return found;
			if (this.pagesRead >= MAX_PAGES_READ) return 'tooMany';
			const { value, done } = await this.reader.next();
			if (done) return value === undefined ? 'none' : 'tooMany';
			this.pagesRead++;
			for (const record of value.records) {
				const address = textAt(record, 'email')?.trim().toLowerCase();
				if (address !== undefined && !this.byEmail.has(address)) this.byEmail.set(address, record);
			}
		}
	}
}

const directories = new WeakMap<object, Directory>();

/**
 * The user with an address. No route for that is documented, so the list is read until the user is
 * found.
 *
 * @throws NodeApiError as `call` does; NodeOperationError when there is none, or the list is too long
 */
async function userByEmail(
	context: CallContext,
	email: string,
	itemIndex: number,
): Promise<IDataObject> {
	const directory = directories.get(context) ?? new Directory(context);
	directories.set(context, directory);
	const found = await directory.find(email.trim().toLowerCase());
	if (typeof found === 'object') return found;
	const isTooLong = found === 'tooMany';
	throw new NodeOperationError(
		context.getNode(),
		isTooLong
			? 'Thought Industries has too many users to look for an email address'
			: 'Thought Industries has no user with this email address',
		{
			itemIndex,
			description: isTooLong
				? `It is not among the first ${MAX_PAGES_READ} pages. Use the user's ID instead of the address: completions have it in person.id.`
				: 'Check the address, and that the user belongs to this site.',
		},
	);
}

/** A user by ID (documented, rest/users/details) or email address. */
export async function findUser(
	context: CallContext,
	idOrEmail: string,
	itemIndex: number,
): Promise<IDataObject> {
	if (idOrEmail.includes('@')) return await userByEmail(context, idOrEmail, itemIndex);
	const request = { path: path`/users/${idOrEmail}`, object: 'user', id: idOrEmail };
	return recordIn(await call(context, request), 'user');
}
