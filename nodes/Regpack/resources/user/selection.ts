import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

/** What can be had of a user beside the progress that each record has (documented, getinfo). */
const include: INodeProperties = {
	displayName: 'Include',
	name: 'include',
	type: 'multiOptions',
	default: [],
	description: 'What to get of the user, beside name, status, progress of the forms, and amounts',
	options: [
		{ name: 'All Fields', value: '_allfields', description: 'The values of all fields of the forms' },
		{ name: 'Campaign', value: '_utm', description: 'Where the user came from: campaign, source, medium and the like' },
		{ name: 'Cart', value: '_usercart', description: 'The products in the cart' },
		{ name: 'Family', value: '_family', description: 'The parent and the children, in a family system' },
		{ name: 'Forms', value: '_userforms', description: "The forms in the user's set" },
		{ name: 'Payments', value: '_userpayments', description: "The user's payments" },
		{ name: 'Products', value: '_userproducts', description: 'The products that the user may select' },
	],
};

const fieldNames: INodeProperties = {
	displayName: 'Fields',
	name: 'fieldNames',
	type: 'string',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Field' },
	default: [],
	placeholder: 'e.g. shirt_size',
	description: 'Single fields to get, each by its mapped name or its ID',
};

/** The parameters that select it, with what is included unless changed. */
export const selection = (included: string[]): INodeProperties[] => [{ ...include, default: included }, fieldNames];

/** The `doc` that asks for it: each as `true` (documented, getinfo). */
export function selected(context: IExecuteFunctions, index: number): IDataObject {
	const wanted = [include, fieldNames].flatMap(({ name }) => context.getNodeParameter(name, index, []) as string | string[]);
	return Object.fromEntries(wanted.map((name) => [String(name).trim(), true]).filter(([name]) => name !== ''));
}
