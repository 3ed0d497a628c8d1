import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';
import { z } from 'zod';

import { resourceLocators, nameAndEmail, type ListSearchPage } from '../../shared/actions/resourceLocator';
import { textAt } from '../../shared/values/text';
import { rootLink } from './rootLinks';
import { pageLink, readPage } from './transport';

const title = (record: IDataObject) =>
	[textAt(record, 'title'), textAt(record, 'reference')].filter(Boolean).join(' – ') || (textAt(record, 'id') ?? '');

/** One way to search for what was typed. */
interface Search {
	query: IDataObject;
	/** Whether JobAffinity does the searching; otherwise the list is gone through. */
	isFound: boolean;
}

const THROUGH: Search = { query: {}, isFound: false };

const AN_EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

const byQuery = (query: IDataObject): Search => ({ query, isFound: true });

/**
 * How to search for a candidate, by the documented filters. Whether a name must be equal is not documented, so where
 * they find nothing the list is gone through. Two words may be both names in either order, or one of two parts.
 */
export function searchesFor(typed: string): Search[] {
	const text = typed.trim();
	if (text === '' || /^\d+$/.test(text)) return [THROUGH];
	if (AN_EMAIL.test(text)) return [byQuery({ email: text }), THROUGH];
	if (text.includes('@')) return [THROUGH];
	const [first, ...others] = text.split(/\s+/);
	const rest = others.join(' ');
	const pairs = rest === '' ? [] : [{ first_name: first, last_name: rest }, { last_name: first, first_name: rest }];
	return [...pairs, { last_name: text }, { first_name: text }].map(byQuery).concat(THROUGH);
}

/** Where a list goes on: which of the searches, by which page, and whether anything was found before. */
const tokenShape = z.object({ search: z.number(), link: z.string().optional(), hasFound: z.boolean() });

type Token = z.infer<typeof tokenShape>;

function tokenOf(text?: string): Token {
	try {
		return tokenShape.parse(JSON.parse(text ?? ''));
	} catch {
		return { search: 0, hasFound: false };
	}
}

/** What comes after a page: the next one, the next search, or nothing; the list is gone through only if nothing was found. */
function after(searches: readonly Search[], { search, link, hasFound }: Token): string | undefined {
	const hasNext = link !== undefined || (search + 1 < searches.length && !(hasFound && !searches[search + 1].isFound));
	if (!hasNext) return undefined;
	return JSON.stringify({ search: link === undefined ? search + 1 : search, ...(link !== undefined && { link }), hasFound });
}

/** A page of a list, the largest there is: a request for each is what the limit of 45 a minute allows. */
const from =
	(entry: 'candidates' | 'jobs', searchesOf: (typed: string) => Search[] = () => [THROUGH]) =>
	async (context: ILoadOptionsFunctions, filter: string, next?: string): Promise<ListSearchPage> => {
		const searches = searchesOf(filter);
		const token = tokenOf(next);
		const { query, isFound } = searches[token.search] ?? THROUGH;
		const request = { link: token.link ?? (await rootLink(context, entry)), query };
		const page = await readPage(context, request, await pageLink(context, request));
		const link = page.next === '' ? undefined : await pageLink(context, request, page);
		const hasFound = token.hasFound || (isFound && page.items.length > 0);
		return { records: page.items, isFound, next: after(searches, { search: token.search, link, hasFound }) };
	};

export const { locator, listSearch } = resourceLocators({
	candidate: {
		label: 'Candidate',
		description: 'The candidate; type a first name, a last name or an email address to search for it',
		placeholder: 'e.g. 77',
		records: from('candidates', searchesFor),
		title: nameAndEmail,
	},
	job: {
		label: 'Job',
		description: 'The job',
		placeholder: 'e.g. 301',
		records: from('jobs'),
		title,
	},
});
