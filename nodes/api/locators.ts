import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
	type INodeListSearchResult,
	type INodeProperties,
} from 'n8n-workflow';

import { asText, textAt } from '../delivery/text';

/** A kind of record that people choose from a list instead of looking up its ID. */
export interface Choice {
	label: string;
	description: string;
	placeholder: string;
	/** The field that identifies it at the provider; `id` unless said. */
	field?: string;
	/** What the field is called. */
	identifiedBy?: string;
	/** Which records can be chosen; all unless said. */
	offers?(record: IDataObject): boolean;
	/** What the list shows of a record. */
	title(record: IDataObject): string;
	/** Reads the records to choose from; `filter` is what the user has typed. */
	records(context: ILoadOptionsFunctions, filter: string): Promise<IDataObject[]>;
}

/** A person as lists show them: name and e-mail address, as far as they are known. */
export function nameAndEmail(record: IDataObject): string {
	const name = [record.first_name, record.last_name].map(asText).filter(Boolean).join(' ');
	const email = asText(record.email);
	return name && email ? `${name} (${email})` : name || email || (textAt(record, 'id') ?? '');
}

type SearchMethods = Record<
	string,
	(this: ILoadOptionsFunctions, filter?: string) => Promise<INodeListSearchResult>
>;

/** Makes the locators of a provider: a parameter for each choice, and what n8n calls for its list. */
export function locatorsOf<Name extends string>(choices: Record<Name, Choice>) {
	/** A parameter that takes a record from the provider's list, or by its ID, also from an expression. */
	function locator(name: Name, changes: Partial<INodeProperties> = {}): INodeProperties {
		const { label, description, placeholder, identifiedBy = 'ID' } = choices[name];
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
				},
				{ displayName: `By ${identifiedBy}`, name: 'id', type: 'string', placeholder },
			],
			...changes,
		};
	}

	/** n8n's `methods.listSearch`: what each list shows, narrowed down by what the user types. */
	const listSearch: SearchMethods = Object.fromEntries(
		Object.entries<Choice>(choices).map(([name, { records, field = 'id', offers = () => true, title }]) => [
			name,
			async function (this: ILoadOptionsFunctions, filter = '') {
				const results = (await records(this, filter))
					.filter(offers)
					.map((record) => ({ name: title(record), value: textAt(record, field) ?? '' }))
					.filter(({ value }) => value !== '')
					.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(filter.toLowerCase()));
				return { results };
			},
		]),
	);
	return { locator, listSearch };
}

/** What a locator holds, `null` when it is empty; inside a collection n8n hands it over whole. */
export function located(value: unknown): string | null {
	const { __rl: isLocator, value: inner } = (value ?? {}) as IDataObject;
	return asText(isLocator ? inner : value)?.trim() || null;
}

/**
 * The value of a locator that must be set.
 *
 * @throws NodeOperationError when it is empty, or only dots, which would lead a path elsewhere
 */
export function valueOf(context: IExecuteFunctions, { name, displayName }: INodeProperties, index: number): string {
	const value = located(context.getNodeParameter(name, index, ''));
	if (value !== null && !/^\.+$/.test(value)) return value;
	throw new NodeOperationError(context.getNode(), `${displayName} is ${value === null ? 'empty' : 'not an ID'}`, {
		itemIndex: index,
		description: 'Choose it from the list, or give it by an expression that has a value for this item.',
	});
}
