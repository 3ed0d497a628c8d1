import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../../shared/actions/operation';
import { parseJsonObject, parameterError } from '../../../shared/actions/parameters';
import { asText } from '../../../shared/values/text';
import { userAnswer } from '../../api/responseSchemas';
import { idOf } from '../../api/ids';
import { locator } from '../../api/listSearch';
import { call } from '../../api/transport';
import { additionalFields, additionalIn, jsonFields, project, projectIn, text } from '../fields';
import { CHECK_USER } from './fields';
import { listAs, optionsOf, shaped } from './listShape';

const user = locator('user', { required: true });

const kind: INodeProperties = {
	displayName: 'Product',
	name: 'productKind',
	type: 'options',
	default: 'existing',
	description: 'Which product to add',
	options: [
		{ name: 'Existing Product', value: 'existing', description: 'A product of the project, by its ID' },
		{
			name: 'New Private Product',
			value: 'private',
			description: 'A product that is made for this user alone, by a name. Regpack discourages it.',
		},
	],
};

const productId = text('Product ID', 'productId', 'The ID in the information tab of the product at Regpack', {
	required: true,
	placeholder: 'e.g. 501',
	displayOptions: { show: { productKind: ['existing'] } },
});

const productName = text('Product Name', 'productName', 'The name of the private product', {
	required: true,
	displayOptions: { show: { productKind: ['private'] } },
});

const quantity: INodeProperties = {
	displayName: 'Quantity',
	name: 'quantity',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 1,
	description: 'How many; Regpack makes it one where the product can be ordered only once',
};

const details: INodeProperties[] = [
	text('Remark', 'remark', 'A remark on the line in the cart'),
	text('Recurring Start Date', 'recurringStartDate', 'When a recurring product begins, as mm-dd-yyyy unless Date Structure says otherwise', {
		placeholder: 'e.g. 03-05-2026',
	}),
	text('Date Structure', 'dateStructure', 'How the recurring start date is written; how Regpack wants that to be told is not documented'),
	jsonFields,
];

const DETAILS: Record<string, string> = {
	remark: 'product_remark',
	recurringStartDate: 'recurring_start_date',
	dateStructure: 'date_structure',
};

const goes: INodeProperties = {
	displayName: 'Product List Goes',
	name: 'listGoes',
	type: 'options',
	default: 'beside',
	description: 'Where the product is sent. Regpack does not document it for certain: try the other if products do not arrive.',
	options: [
		{ name: 'Beside the Other Arguments', value: 'beside' },
		{ name: 'Inside Doc', value: 'inside' },
	],
};

/**
 * `add_product` of users (documented, addproduct). The table has `product_list` among the basic parameters and calls
 * it an object; whether it belongs in `doc`, and whether several or one may be in an array, is not documented. Nor is the
 * answer.
 */
export const addProduct: Operation = {
	value: 'addProduct',
	name: 'Add Product',
	action: 'Add product to user',
	description: "Add a product to a user's cart",
	fields: [
		user,
		kind,
		productId,
		productName,
		quantity,
		project,
		additionalFields(details),
		optionsOf([goes, listAs('Product List Is', 'product')]),
	],
	schema: userAnswer,
	async run(context, index) {
		const refuse = parameterError(context, index);
		const clogin_id = idOf(context, user, index);
		const q = Number(context.getNodeParameter('quantity', index, 1));
		if (!Number.isInteger(q) || q < 1) throw refuse('Quantity is not a whole number of at least 1', 'Give how many to add.');
		const product: IDataObject = { q };
		if (context.getNodeParameter('productKind', index, 'existing') === 'private') {
			const name = asText(context.getNodeParameter('productName', index, ''))?.trim();
			if (!name) throw refuse('Product Name is empty', 'Give it a value for this item.');
			product.name = name;
		} else product.p_id = idOf(context, productId, index);
		const { additionalFieldsJson: further, ...additional } = additionalIn(context, index);
		for (const [name, key] of Object.entries(DETAILS)) {
			const value = asText(additional[name]);
			if (value !== null) product[key] = value;
		}
		Object.assign(product, parseJsonObject('Additional Fields (JSON)', further, refuse));
		const { listGoes, listIs } = context.getNodeParameter('options', index, {}) as IDataObject;
		const product_list = shaped(product, listIs);
		return await call(context, {
			endpoint: 'users',
			action: 'add_product',
			groupId: projectIn(context, index),
			...(listGoes === 'inside'
				? { fields: { clogin_id }, doc: { product_list } }
				: { fields: { clogin_id, product_list } }),
			object: 'user',
			id: String(clogin_id),
			advice: `${CHECK_USER} Options has other ways to send the product.`,
		});
	},
};
