import type { INodeProperties } from 'n8n-workflow';

import {
	additionalJson,
	requiredRow,
	textRow,
	type FieldRow,
} from '../../../shared/actions/fieldTable';
import { userResponse } from '../../api/responseSchemas';
import { parseId } from '../../api/ids';
import { callOperation } from '../callOperation';
import { project } from '../fields';
import { aboutUser, user } from './fields';

const kind: INodeProperties = {
	displayName: 'Product',
	name: 'productKind',
	type: 'options',
	default: 'existing',
	description: 'Which product to add',
	options: [
		{
			name: 'Existing Product',
			value: 'existing',
			description: 'A product of the project, by its ID',
		},
		{
			name: 'New Private Product',
			value: 'private',
			description:
				'A product that is created for this user alone, by a name. Regpack discourages it.',
		},
	],
};

const quantity: FieldRow = {
	key: 'product_list.q',
	property: {
		displayName: 'Quantity',
		name: 'quantity',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 1,
		description:
			'How many to add. Regpack reduces it to one if the product can be ordered only once.',
	},
	convert(label, value, refuse) {
		const count = Number(value);
		if (Number.isInteger(count) && count >= 1) return count;
		throw refuse(`${label} is not a whole number of at least 1`, 'Give how many to add.');
	},
};

/**
 * `add_product` of users (documented, addproduct). The table lists `product_list` among the basic
 * parameters and types it as an object, so one object is sent at the top level. Unknown: whether it
 * belongs inside `doc`, whether it may be an array (the intro says "array of product IDs"), and the
 * response.
 */
export const addProduct = callOperation({
	value: 'addProduct',
	name: 'Add Product',
	action: 'Add product to user',
	description: "Add a product to a user's cart",
	fields: {
		main: [
			user,
			kind,
			requiredRow({
				...textRow(
					'product_list.p_id',
					'Product ID',
					'productId',
					"The ID in the product's information tab at Regpack",
					{
						placeholder: 'e.g. 501',
						displayOptions: { show: { productKind: ['existing'] } },
					},
				),
				convert: parseId,
			}),
			requiredRow(
				textRow(
					'product_list.name',
					'Product Name',
					'productName',
					'The name of the private product',
					{
						displayOptions: { show: { productKind: ['private'] } },
					},
				),
			),
			quantity,
			project,
		],
		additional: [
			textRow(
				'product_list.product_remark',
				'Remark',
				'remark',
				'A remark on the line in the cart',
			),
			textRow(
				'product_list.recurring_start_date',
				'Recurring Start Date',
				'recurringStartDate',
				'When a recurring product starts, as mm-dd-yyyy unless Date Structure sets another format',
				{ placeholder: 'e.g. 03-05-2026' },
			),
			textRow(
				'product_list.date_structure',
				'Date Structure',
				'dateStructure',
				'The format of the recurring start date. Regpack does not document how to write it.',
			),
			additionalJson('Regpack', 'product_list'),
		],
	},
	schema: userResponse,
	call: { ...aboutUser, action: 'add_product' },
});
