import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
	type INodeListSearchResult,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';
import uniqBy from 'lodash/uniqBy';

import { asText, textAt } from '../values/text';

/** One page of the records to choose from. */
export interface ListSearchPage {
	records: IDataObject[];
	/** Whether the provider itself has searched for the filter, so that all records match. */
	isFound?: boolean;
	/** The token of the next page, if there is one. */
	next?: string;
}

/** A kind of record that users choose from a list instead of looking up its ID. */
export interface ListSource {
	label: string;
	description: string;
	placeholder: string;
	/** The field that identifies it at the provider; `id` unless given. */
	field?: string;
	/** The label of this field; ID unless given. */
	identifiedBy?: string;
	/** Whether a record can be chosen; every record can unless given. */
	offers?(record: IDataObject): boolean;
	/** A hint about the list, such as what it leaves out. */
	listHint?: string;
	/** The placeholder of By Name, for an operation that finds the record by its name. */
	namePlaceholder?: string;
	/** The label of a record in the list. */
	title(record: IDataObject): string;
	/**
	 * Reads the records to choose from, all or a page of them.
	 *
	 * @param filter what the user has typed
	 * @param next the token from the previous page, if there was one
	 */
	records(
		context: ILoadOptionsFunctions,
		filter: string,
		next?: string,
	): Promise<IDataObject[] | ListSearchPage>;
}

/** A person's label in a list: name and email address, as far as the record has them. */
export function nameAndEmail(record: IDataObject): string {
	const name = [record.first_name, record.last_name].map(asText).filter(Boolean).join(' ');
	const email = asText(record.email);
	return name && email ? `${name} (${email})` : name || email || (textAt(record, 'id') ?? '');
}

type SearchMethods = Record<
	string,
	(
		this: ILoadOptionsFunctions,
		filter?: string,
		paginationToken?: unknown,
	) => Promise<INodeListSearchResult>
>;

/**
 * How many pages are searched at a time, or read for a list to choose several from; in a searched
 * list the editor requests more when the user scrolls.
 */
const MAX_PAGES = 5;

/** The list entries of a page's records that match the filter. */
function matchesOn(
	{ field = 'id', offers = () => true, title }: ListSource,
	{ records, isFound }: ListSearchPage,
	filter: string,
) {
	const words = filter.toLowerCase().split(/\s+/);
	return records
		.filter(offers)
		.map((record) => ({ name: title(record), value: textAt(record, field) ?? '' }))
		.filter(({ value }) => value !== '')
		.filter(
			({ name, value }) =>
				isFound || words.every((word) => `${name} ${value}`.toLowerCase().includes(word)),
		);
}

async function pageOf(
	context: ILoadOptionsFunctions,
	source: ListSource,
	filter: string,
	next?: string,
): Promise<ListSearchPage> {
	const read = await source.records(context, filter, next);
	return Array.isArray(read) ? { records: read } : read;
}

/**
 * Reads pages until one has matches, or enough were read; the rest is left for the next request.
 */
async function search(
	context: ILoadOptionsFunctions,
	source: ListSource,
	filter: string,
	token?: string,
): Promise<INodeListSearchResult> {
	let next = token;
	for (let count = 1; ; count++) {
		const page: ListSearchPage = await pageOf(context, source, filter, next);
		const results = uniqBy(matchesOn(source, page, filter), 'value');
		({ next } = page);
		if (next === undefined) return { results };
		if (results.length > 0 || count >= MAX_PAGES) return { results, paginationToken: next };
	}
}

/** A method that reads a list to choose several from. */
export type LoadOptions = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

/** Entries of a list to choose from: each value once, in the order of their names. */
export const choicesOf = (entries: readonly INodePropertyOptions[]): INodePropertyOptions[] =>
	uniqBy(entries, 'value').sort((a, b) => a.name.localeCompare(b.name));

/**
 * Makes a provider's resource locators: a parameter for each source, the methods that n8n calls for
 * their lists, and those for lists to choose several from.
 */
export function resourceLocators<Name extends string>(sources: Record<Name, ListSource>) {
	/**
	 * A parameter that takes a record from the provider's list, by its ID or, where the source has it,
	 * by its name; also by an expression.
	 */
	function locator(name: Name, changes: Partial<INodeProperties> = {}): INodeProperties {
		const {
			label,
			description,
			placeholder,
			identifiedBy = 'ID',
			listHint,
			namePlaceholder,
		} = sources[name];
		return {
			displayName: label,
			name,
			type: 'resourceLocator',
			default: { mode: 'list', value: '' },
			description,
			modes: [
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					typeOptions: { searchListMethod: name, searchable: true },
					...(listHint && { hint: listHint }),
				},
				{ displayName: `By ${identifiedBy}`, name: 'id', type: 'string', placeholder },
				...(namePlaceholder
					? [
							{
								displayName: 'By Name',
								name: 'name',
								type: 'string' as const,
								placeholder: namePlaceholder,
							},
						]
					: []),
			],
			...changes,
		};
	}

	/** n8n's `methods.listSearch`: the entries of each list, filtered by what the user types. */
	const listSearch: SearchMethods = Object.fromEntries(
		Object.entries<ListSource>(sources).map(([name, source]) => [
			name,
			async function (this: ILoadOptionsFunctions, filter = '', paginationToken?: unknown) {
				return await search(this, source, filter, asText(paginationToken) ?? undefined);
			},
		]),
	);
	/** A method for `loadOptions`: what can be chosen on the first pages of a source's list. */
	const choices = (name: Name): LoadOptions =>
		async function (this: ILoadOptionsFunctions) {
			const entries: INodePropertyOptions[] = [];
			let next: string | undefined;
			for (let count = 0; count < MAX_PAGES; count++) {
				const page: ListSearchPage = await pageOf(this, sources[name], '', next);
				entries.push(...matchesOn(sources[name], page, ''));
				({ next } = page);
				if (next === undefined) break;
			}
			return choicesOf(entries);
		};

	return { locator, listSearch, choices };
}

/** A locator's value, `null` when it is empty; inside a collection n8n passes the whole object. */
export function locatorText(value: unknown): string | null {
	const { __rl: isLocator, value: inner } = (value ?? {}) as IDataObject;
	return asText(isLocator ? inner : value)?.trim() || null;
}

/** The name in a locator that is set to By Name; `undefined` in any other mode. */
export function nameInLocator(value: unknown): string | undefined {
	const { __rl: isLocator, mode } = (value ?? {}) as IDataObject;
	return isLocator && mode === 'name' ? (locatorText(value) ?? '') : undefined;
}

/**
 * The value of a locator that must be set.
 *
 * @throws NodeOperationError when it is empty, or only dots, which would change the request's path
 */
export function requiredLocator(
	context: IExecuteFunctions,
	{ name, displayName }: INodeProperties,
	index: number,
): string {
	const value = locatorText(context.getNodeParameter(name, index, ''));
	if (value !== null && !/^\.+$/.test(value)) return value;
	throw new NodeOperationError(
		context.getNode(),
		`${displayName} is ${value === null ? 'empty' : 'not an ID'}`,
		{
			itemIndex: index,
			description:
				'Choose it from the list, or give it by an expression that has a value for this item.',
		},
	);
}
