import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
	type INodeListSearchResult,
	type INodeProperties,
} from 'n8n-workflow';
import uniqBy from 'lodash/uniqBy';

import { asText, textAt } from '../values/text';

/** Records to choose from, of a provider whose lists have pages. */
export interface ListSearchPage {
	records: IDataObject[];
	/** Whether the provider has searched for what was typed, so that all that it found is shown. */
	isFound?: boolean;
	/** Where to go on; absent where there is nothing more. */
	next?: string;
}

/** A kind of record that people choose from a list instead of looking up its ID. */
export interface ListSource {
	label: string;
	description: string;
	placeholder: string;
	/** The field that identifies it at the provider; `id` unless said. */
	field?: string;
	/** What the field is called. */
	identifiedBy?: string;
	/** Which records can be chosen; all unless said. */
	offers?(record: IDataObject): boolean;
	/** What people must know of the list, such as what it leaves out. */
	listHint?: string;
	/** What the list shows of a record. */
	title(record: IDataObject): string;
	/**
	 * Reads the records to choose from, all or a page of them.
	 *
	 * @param filter what the user has typed
	 * @param next of the page before, where there is one
	 */
	records(context: ILoadOptionsFunctions, filter: string, next?: string): Promise<IDataObject[] | ListSearchPage>;
}

/** A person as lists show them: name and e-mail address, as far as they are known. */
export function nameAndEmail(record: IDataObject): string {
	const name = [record.first_name, record.last_name].map(asText).filter(Boolean).join(' ');
	const email = asText(record.email);
	return name && email ? `${name} (${email})` : name || email || (textAt(record, 'id') ?? '');
}

type SearchMethods = Record<
	string,
	(this: ILoadOptionsFunctions, filter?: string, paginationToken?: unknown) => Promise<INodeListSearchResult>
>;

/** How many pages are searched at a time for what was typed; the editor asks for more when somebody scrolls. */
const PAGES_AT_A_TIME = 5;

/** What the list shows of the records of a choice, as far as they match what was typed. */
function shownOf({ field = 'id', offers = () => true, title }: ListSource, { records, isFound }: ListSearchPage, filter: string) {
	const words = filter.toLowerCase().split(/\s+/);
	return records
		.filter(offers)
		.map((record) => ({ name: title(record), value: textAt(record, field) ?? '' }))
		.filter(({ value }) => value !== '')
		.filter(({ name, value }) => isFound || words.every((word) => `${name} ${value}`.toLowerCase().includes(word)));
}

/** Reads pages until one has something to show, or enough were read; the rest is left for the next time. */
async function searched(context: ILoadOptionsFunctions, choice: ListSource, filter: string, token?: string): Promise<INodeListSearchResult> {
	let next = token;
	for (let count = 1; ; count++) {
		const read = await choice.records(context, filter, next);
		const page: ListSearchPage = Array.isArray(read) ? { records: read } : read;
		const results = uniqBy(shownOf(choice, page, filter), 'value');
		({ next } = page);
		if (next === undefined) return { results };
		if (results.length > 0 || count >= PAGES_AT_A_TIME) return { results, paginationToken: next };
	}
}

/** Makes the locators of a provider: a parameter for each choice, and what n8n calls for its list. */
export function resourceLocators<Name extends string>(choices: Record<Name, ListSource>) {
	/** A parameter that takes a record from the provider's list, or by its ID, also from an expression. */
	function locator(name: Name, changes: Partial<INodeProperties> = {}): INodeProperties {
		const { label, description, placeholder, identifiedBy = 'ID', listHint } = choices[name];
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
			],
			...changes,
		};
	}

	/** n8n's `methods.listSearch`: what each list shows, narrowed down by what the user types. */
	const listSearch: SearchMethods = Object.fromEntries(
		Object.entries<ListSource>(choices).map(([name, choice]) => [
			name,
			async function (this: ILoadOptionsFunctions, filter = '', paginationToken?: unknown) {
				return await searched(this, choice, filter, asText(paginationToken) ?? undefined);
			},
		]),
	);
	return { locator, listSearch };
}

/** What a locator holds, `null` when it is empty; inside a collection n8n hands it over whole. */
export function locatorText(value: unknown): string | null {
	const { __rl: isLocator, value: inner } = (value ?? {}) as IDataObject;
	return asText(isLocator ? inner : value)?.trim() || null;
}

/**
 * The value of a locator that must be set.
 *
 * @throws NodeOperationError when it is empty, or only dots, which would lead a path elsewhere
 */
export function requiredLocator(context: IExecuteFunctions, { name, displayName }: INodeProperties, index: number): string {
	const value = locatorText(context.getNodeParameter(name, index, ''));
	if (value !== null && !/^\.+$/.test(value)) return value;
	throw new NodeOperationError(context.getNode(), `${displayName} is ${value === null ? 'empty' : 'not an ID'}`, {
		itemIndex: index,
		description: 'Choose it from the list, or give it by an expression that has a value for this item.',
	});
}
