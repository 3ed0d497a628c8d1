import type { IDataObject, INodeProperties } from 'n8n-workflow';

/**
 * The choice whether the one entry of a list is sent as it is, in an array, or under a key: texts call such lists arrays,
 * tables and examples have objects (documented, addemail and addproduct).
 */
export const listAs = (displayName: string, entry: string): INodeProperties => ({
	displayName,
	name: 'listIs',
	type: 'options',
	default: 'object',
	description: `How the ${entry} is sent. Regpack does not document it for certain: try the other if it does not arrive.`,
	options: [
		{ name: 'A List of One', value: 'list' },
		{ name: 'An Object', value: 'object' },
		{ name: 'An Object in an Object', value: 'keyed', description: 'Under the key 1' },
	],
});

const SHAPES: Record<string, (entry: IDataObject) => IDataObject | IDataObject[]> = {
	list: (entry) => [entry],
	keyed: (entry) => ({ 1: entry }),
};

export const shaped = (entry: IDataObject, listIs: unknown): IDataObject | IDataObject[] =>
	SHAPES[String(listIs)]?.(entry) ?? entry;

/** The collection of what only matters where the documentation can be read in two ways. */
export const optionsOf = (options: INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options,
});
