import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';
import { z } from 'zod';

import {
	resourceLocators,
	nameAndEmail,
	type ListSearchPage,
} from '../../shared/actions/resourceLocator';
import { textAt } from '../../shared/values/text';
import { pageLink, readPage } from './pagination';
import { rootLink } from './rootLinks';

const title = (record: IDataObject) =>
	[textAt(record, 'title'), textAt(record, 'reference')].filter(Boolean).join(' – ') ||
	(textAt(record, 'id') ?? '');

/** One way to search for the typed text. */
interface Search {
	query: IDataObject;
	/** Whether JobAffinity searches; otherwise the whole list is read and searched here. */
	isFound: boolean;
}

const WHOLE_LIST: Search = { query: {}, isFound: false };

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

const byQuery = (query: IDataObject): Search => ({ query, isFound: true });

/**
 * How to search for a candidate by the documented filters. Whether a name must match exactly is not
 * documented, so if they find nothing, the whole list is searched. Two words may be both names in
 * either order, or one name of two words.
 */
function candidateSearches(typed: string): Search[] {
	const text = typed.trim();
	if (text === '' || /^\d+$/.test(text)) return [WHOLE_LIST];
	if (EMAIL.test(text)) return [byQuery({ email: text }), WHOLE_LIST];
	if (text.includes('@')) return [WHOLE_LIST];
	const [first, ...words] = text.split(/\s+/);
	const rest = words.join(' ');
	const pairs =
		rest === ''
			? []
			: [
					{ first_name: first, last_name: rest },
					{ last_name: first, first_name: rest },
				];
	return [...pairs, { last_name: text }, { first_name: text }].map(byQuery).concat(WHOLE_LIST);
}

/** Where a list continues: with which search and page, and whether anything was found so far. */
const tokenSchema = z.object({
	search: z.number(),
	link: z.string().optional(),
	hasFound: z.boolean(),
});

type Token = z.infer<typeof tokenSchema>;

function parseToken(text?: string): Token {
	try {
		return tokenSchema.parse(JSON.parse(text ?? ''));
	} catch {
		return { search: 0, hasFound: false };
	}
}

/**
 * The token after a page: the next page, the next search, or none; the whole list is searched only
 * if nothing was found.
 */
function nextToken(
	searches: readonly Search[],
	{ search, link, hasFound }: Token,
): string | undefined {
	const hasNext =
		link !== undefined ||
		(search + 1 < searches.length && !(hasFound && !searches[search + 1].isFound));
	if (!hasNext) return undefined;
	return JSON.stringify({
		search: link === undefined ? search + 1 : search,
		...(link !== undefined && { link }),
		hasFound,
	});
}

/** Reads the list in the largest pages, as the limit is 45 requests per minute. */
const recordsOf =
	(list: 'candidates' | 'jobs', searchesOf: (text: string) => Search[] = () => [WHOLE_LIST]) =>
	async (
		context: ILoadOptionsFunctions,
		filter: string,
		next?: string,
	): Promise<ListSearchPage> => {
		const searches = searchesOf(filter);
		const token = parseToken(next);
		const { query, isFound } = searches[token.search] ?? WHOLE_LIST;
		const request = { link: token.link ?? (await rootLink(context, list)), query };
		const page = await readPage(context, request, await pageLink(context, request));
		const link = page.next === '' ? undefined : await pageLink(context, request, page);
		const hasFound = token.hasFound || (isFound && page.items.length > 0);
		return {
			records: page.items,
			isFound,
			next: nextToken(searches, { search: token.search, link, hasFound }),
		};
	};

export const { locator, listSearch } = resourceLocators({
	candidate: {
		label: 'Candidate',
		description: 'The candidate; type a first name, a last name or an email address to search',
		placeholder: 'e.g. 77',
		records: recordsOf('candidates', candidateSearches),
		title: nameAndEmail,
	},
	job: {
		label: 'Job',
		description: 'The job',
		placeholder: 'e.g. 301',
		records: recordsOf('jobs'),
		title,
	},
});
