import {
	additionalJson,
	asIs,
	booleanRow,
	requiredRow,
	textRow,
	type FieldRow,
} from '../../../shared/actions/fieldTable';
import type { Operation } from '../../../shared/actions/operation';
import { parseId } from '../../api/ids';
import { productResponse } from '../../api/responseSchemas';
import { callOperation } from '../callOperation';
import { project } from '../fields';

/** The ID of a category. */
export const categoryRow = (key: string): FieldRow =>
	requiredRow({
		...textRow(
			key,
			'Category ID',
			'categoryId',
			'The ID of the category at Regpack; no call lists them',
			{ placeholder: 'e.g. 801' },
		),
		convert: parseId,
	});

/** Changes require the name as well (documented, createcategory and editcategory). */
const name = requiredRow(
	textRow('doc.category_name', 'Name', 'name', 'What the category is called', {
		placeholder: 'e.g. Week 1',
	}),
);

/** An empty remark is sent, as it clears an earlier one (documented, editcategory). */
const additional: FieldRow[] = [
	{
		...textRow(
			'doc.category_bottom_remark',
			'Bottom Remark',
			'bottomRemark',
			'Text below the products. An empty text clears an earlier one.',
		),
		convert: asIs,
	},
	{
		...textRow(
			'doc.category_top_remark',
			'Top Remark',
			'topRemark',
			'Text above the products. An empty text clears an earlier one.',
		),
		convert: asIs,
	},
	booleanRow(
		'doc.interchange_category',
		'Interchangeable',
		'isInterchangeable',
		'Whether a user can have only one product of the category',
	),
	booleanRow(
		'doc.mandatory_category',
		'Mandatory',
		'isMandatory',
		'Whether a user has to choose from the category',
	),
	{
		key: 'doc.category_quota_ordered',
		property: {
			displayName: 'Quota',
			name: 'quota',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 0 },
			default: 1,
			description: 'How many of the category can be ordered; unlimited unless set',
		},
		convert: asIs,
	},
	additionalJson('Regpack', 'doc'),
];

/**
 * `create_category` and `edit_category` of products (documented, createcategory and editcategory).
 * Their responses are not documented.
 */
export const operations: readonly Operation[] = [
	callOperation({
		value: 'create',
		name: 'Create',
		action: 'Create product category',
		description: 'Add a category of products',
		fields: { main: [name, project], additional },
		schema: productResponse,
		call: { endpoint: 'products', action: 'create_category' },
	}),
	callOperation({
		value: 'update',
		name: 'Update',
		action: 'Update product category',
		description: 'Change a category of products; its name is sent too, as Regpack requires it',
		fields: { main: [categoryRow('doc.category_id'), name, project], additional },
		schema: productResponse,
		call: {
			endpoint: 'products',
			action: 'edit_category',
			object: 'category',
			idKey: 'doc.category_id',
		},
	}),
];
