import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { parseJsonObject, parameterError } from '../../../shared/actions/parameters';
import { asText } from '../../../shared/values/text';
import { additionalFields, additionalIn, jsonFields, text } from '../fields';

const name = text('Name', 'name', 'What the category is called', { required: true, placeholder: 'e.g. Week 1' });

const options: Array<{ key: string; property: INodeProperties }> = [
	{
		key: 'category_bottom_remark',
		property: text('Bottom Remark', 'bottomRemark', 'Text below the products; an empty one takes an earlier one away'),
	},
	{
		key: 'interchange_category',
		property: {
			displayName: 'Interchangeable',
			name: 'isInterchangeable',
			type: 'boolean',
			default: false,
			description: 'Whether a user can have only one product of the category',
		},
	},
	{
		key: 'mandatory_category',
		property: {
			displayName: 'Mandatory',
			name: 'isMandatory',
			type: 'boolean',
			default: false,
			description: 'Whether a user has to choose from the category',
		},
	},
	{
		key: 'category_quota_ordered',
		property: {
			displayName: 'Quota',
			name: 'quota',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 0 },
			default: 1,
			description: 'How many of the category can be ordered; there is no limit unless set',
		},
	},
	{
		key: 'category_top_remark',
		property: text('Top Remark', 'topRemark', 'Text above the products; an empty one takes an earlier one away'),
	},
];

export const categoryFields: INodeProperties[] = [
	name,
	additionalFields([...options.map(({ property }) => property), jsonFields]),
];

/**
 * The `doc` of a category with what is set; the name is needed for changes as well (documented, createcategory and
 * editcategory).
 *
 * @throws NodeOperationError when the name is empty
 */
export function categoryIn(context: IExecuteFunctions, index: number): IDataObject {
	const refuse = parameterError(context, index);
	const category_name = asText(context.getNodeParameter(name.name, index, ''))?.trim();
	if (!category_name) throw refuse('Name is empty', 'Regpack needs it: give it a value for this item.');
	const { additionalFieldsJson: further, ...additional } = additionalIn(context, index);
	const set = options
		.filter(({ property }) => additional[property.name] !== undefined)
		.map(({ key, property }) => [key, additional[property.name]]);
	return { category_name, ...Object.fromEntries(set), ...parseJsonObject('Additional Fields (JSON)', further, refuse) };
}
