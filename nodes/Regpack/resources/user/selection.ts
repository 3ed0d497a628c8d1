import type { IDataObject } from 'n8n-workflow';

import type { FieldRow } from '../../../shared/actions/fieldTable';
import { textsIn } from '../../../shared/values/text';

/** Each name as `true` in `doc` (documented, getinfo). */
const asFlags = (_label: string, names: unknown): IDataObject =>
	Object.fromEntries(textsIn(names).map((name) => [name, true]));

/** What to get of a user besides the progress, which every record has (documented, getinfo). */
const include: FieldRow = {
	key: 'doc',
	property: {
		displayName: 'Include',
		name: 'include',
		type: 'multiOptions',
		default: [],
		description: 'What to get of the user besides name, status, progress of the forms, and amounts',
		options: [
			{
				name: 'All Fields',
				value: '_allfields',
				description: 'The values of all fields of the forms',
			},
			{
				name: 'Campaign',
				value: '_utm',
				description: 'Where the user came from, such as campaign, source and medium',
			},
			{ name: 'Cart', value: '_usercart', description: 'The products in the cart' },
			{
				name: 'Family',
				value: '_family',
				description: 'The parent and the children, in a family system',
			},
			{ name: 'Forms', value: '_userforms', description: "The forms in the user's set" },
			{ name: 'Payments', value: '_userpayments', description: "The user's payments" },
			{
				name: 'Products',
				value: '_userproducts',
				description: 'The products that the user may select',
			},
		],
	},
	convert: asFlags,
};

const fieldNames: FieldRow = {
	key: 'doc',
	property: {
		displayName: 'Form Fields',
		name: 'fieldNames',
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Field' },
		default: [],
		placeholder: 'e.g. shirt_size',
		description: 'Single form fields to get, each by its mapped name or its ID',
	},
	convert: asFlags,
};

/** The rows that select it, with what is included by default. */
export const selection = (included: string[]): FieldRow[] => [
	{ ...include, property: { ...include.property, default: included } },
	fieldNames,
];
