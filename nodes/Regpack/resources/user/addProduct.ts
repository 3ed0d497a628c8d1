import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import {
	additionalJson,
	requestBody,
	requiredRow,
	tableProperties,
	textRow,
	type FieldRow,
	type FieldTable,
} from '../../../shared/actions/fieldTable';
import type { Operation } from '../../../shared/actions/operation';
import { parameterError, type ParameterErrorFactory } from '../../../shared/actions/parameters';
import { locator } from '../../api/listSearch';
import { productsOfUser, type UserProduct } from '../../api/products';
import { userResponse } from '../../api/responseSchemas';
import { call } from '../../api/transport';
import { project } from '../fields';
import { idOrName, isSameName, keptPerExecution, nameToFind } from './byName';
import { aboutUser, user } from './fields';

const kind: INodeProperties = {
	displayName: 'Kind of Product',
	name: 'productKind',
	type: 'options',
	default: 'existing',
	description: 'Which product to add',
	options: [
		{
			name: 'Existing Product',
			value: 'existing',
			description: 'A product of the project',
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

const table: FieldTable = {
	main: [
		user,
		kind,
		{
			key: 'product_list.p_id',
			property: locator('product', {
				name: 'productId',
				displayOptions: { show: { productKind: ['existing'] } },
			}),
			convert: idOrName,
			required: true,
		},
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
		textRow('product_list.product_remark', 'Remark', 'remark', 'A remark on the line in the cart'),
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
};

/** How many names an error shows. */
const MAX_NAMES = 10;

const listOf = (names: readonly string[]): string =>
	names.slice(0, MAX_NAMES).join(', ') + (names.length > MAX_NAMES ? ' and others' : '');

const readProducts = keptPerExecution<UserProduct[]>();

/**
 * The ID of a product by its name, among those that the user may select.
 *
 * @throws NodeOperationError when the name stands for none, or for several
 */
async function productByName(
	context: IExecuteFunctions,
	{ group_id: groupId, clogin_id: cloginId }: IDataObject,
	name: string,
	refuse: ParameterErrorFactory,
): Promise<number> {
	const products = await readProducts(
		context,
		[groupId, cloginId],
		async () => await productsOfUser(context, groupId, Number(cloginId)),
	);
	const [product, ...others] = products.filter((each) => isSameName(each.name, name));
	if (others.length > 0)
		throw refuse(
			`Several products are called "${name}"`,
			`Give one by its ID: ${listOf([product, ...others].map(({ id }) => id))}.`,
		);
	if (product) return Number(product.id);
	const names = products.map((each) => each.name).filter((each) => each !== null);
	const shown =
		names.length > 0
			? `Regpack shows these: ${listOf(names)}.`
			: 'Regpack shows no names of products for this user.';
	throw refuse(
		`User ${String(cloginId)} cannot select a product "${name}"`,
		`${shown} Or give the product by its ID, which is in its information tab.`,
	);
}

/**
 * `add_product` of users (documented, addproduct). The table lists `product_list` among the basic
 * parameters and types it as an object, so one object is sent at the top level. Unknown: whether it
 * belongs inside `doc`, whether it may be an array (the intro says "array of product IDs"), and the
 * response.
 */
export const addProduct: Operation = {
	value: 'addProduct',
	name: 'Add Product',
	action: 'Add product to user',
	description: "Add a product to a user's cart",
	fields: tableProperties(table),
	schema: userResponse,
	async run(context, index) {
		const body = requestBody(context, index, table);
		const list = body.product_list as IDataObject;
		const name = nameToFind(list.p_id);
		if (name !== undefined)
			list.p_id = await productByName(context, body, name, parameterError(context, index));
		return await call(context, { ...aboutUser, action: 'add_product', body });
	},
};
