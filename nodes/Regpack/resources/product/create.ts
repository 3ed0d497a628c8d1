import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../../shared/actions/operation';
import { parseJsonObject, parameterError } from '../../../shared/actions/parameters';
import { asText } from '../../../shared/values/text';
import { productAnswer } from '../../api/responseSchemas';
import { idOf } from '../../api/ids';
import { call } from '../../api/transport';
import { additionalFields, additionalIn, jsonFields, project, projectIn, text } from '../fields';

const DISCOUNT = 2;

const name = text('Name', 'name', 'What the product is called', { required: true });

/** Documented (products create); 5, a day within a session, is made by Regpack and not by the API. */
const type: INodeProperties = {
	displayName: 'Type',
	name: 'type',
	type: 'options',
	default: 1,
	description: 'What kind of product it is',
	options: [
		{ name: 'Discount', value: DISCOUNT },
		{ name: 'Event', value: 1, description: 'One Time Event at Regpack' },
		{ name: 'Merchandise', value: 7 },
		{ name: 'Session', value: 4, description: 'A session of a session holder' },
		{ name: 'Session Holder', value: 3, description: 'Offering with Sessions at Regpack' },
		{ name: 'Subscription', value: 6, description: 'Recurring at Regpack' },
	],
};

const TYPES = [1, DISCOUNT, 3, 4, 6, 7];

const price: INodeProperties = {
	displayName: 'Price',
	name: 'price',
	type: 'number',
	typeOptions: { numberPrecision: 2 },
	default: 0,
	description: 'The price in the currency of the project, with two decimals; it may be 0 except for a discount',
};

const category = text('Category ID', 'categoryId', 'The ID of the category at Regpack; no call lists them', {
	required: true,
	placeholder: 'e.g. 801',
});

/** The other documented keys. Which formats the dates have is not documented, but for an example of the activity's. */
const options: Array<{ key: string; property: INodeProperties }> = [
	{
		key: 'product_activity_end_date',
		property: text('Activity End Date', 'activityEndDate', 'When what is sold ends', { placeholder: 'e.g. 2026-07-10' }),
	},
	{
		key: 'product_activity_start_date',
		property: text('Activity Start Date', 'activityStartDate', 'When what is sold begins', { placeholder: 'e.g. 2026-07-06' }),
	},
	{
		key: 'product_start_date',
		property: text('Available From', 'availableFrom', 'From when the product can be ordered; not for merchandise', { placeholder: 'e.g. 2026-03-05' }),
	},
	{
		key: 'product_end_date',
		property: text('Available Until', 'availableUntil', 'Until when the product can be ordered; not for merchandise', { placeholder: 'e.g. 2026-06-30' }),
	},
	{ key: 'internalid', property: text('Internal ID', 'internalId', 'Your own ID of the product') },
	{ key: 'location', property: text('Location', 'location', 'Where it takes place') },
	{
		key: 'lock_once_funds_allocated',
		property: {
			displayName: 'Lock Once Paid',
			name: 'lockOncePaid',
			type: 'boolean',
			default: false,
			description: 'Whether the product cannot be taken out of the cart once funds are allocated to it',
		},
	},
	{ key: 'misc1', property: text('Misc 1', 'misc1', 'A text for your own use') },
	{ key: 'misc2', property: text('Misc 2', 'misc2', 'Another text for your own use') },
	{
		key: 'only_one',
		property: {
			displayName: 'Only One',
			name: 'onlyOne',
			type: 'boolean',
			default: false,
			description: 'Whether a user can order only one',
		},
	},
	{ key: 'product_short_remarks', property: text('Short Remarks', 'shortRemarks', 'Text that users see') },
	{
		key: 'product_type',
		property: {
			displayName: 'Sold To',
			name: 'soldTo',
			type: 'options',
			default: 0,
			description: 'Who can order the product in a family system',
			options: [
				{ name: 'Children', value: 2 },
				{ name: 'Parents', value: 1 },
				{ name: 'Parents and Children', value: 0 },
			],
		},
	},
];

/**
 * `create` of products (documented, 1eIW-create). That it is called at `products` is inferred from the calls about
 * categories; the answer is not documented. The price is a number in the table and a text in the sample; the category a
 * text in the table.
 */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create product',
	description: 'Add a product that users can order',
	fields: [
		name,
		type,
		price,
		category,
		project,
		additionalFields([...options.map(({ property }) => property), jsonFields]),
	],
	schema: productAnswer,
	async run(context, index) {
		const refuse = parameterError(context, index);
		const product_name = asText(context.getNodeParameter('name', index, ''))?.trim();
		if (!product_name) throw refuse('Name is empty', 'Give it a value for this item.');
		const base_product_type = Number(context.getNodeParameter('type', index, 1));
		if (!TYPES.includes(base_product_type)) {
			throw refuse('Type is none that can be created', `Use one of: ${TYPES.join(', ')}. Regpack makes the days of a session itself.`);
		}
		const given = context.getNodeParameter('price', index, 0);
		const amount = given === '' || given === null ? NaN : Number(given);
		if (!Number.isFinite(amount)) throw refuse('Price is not a number', 'Give it as in 12.50.');
		const product_price = Number(amount.toFixed(2));
		if (product_price === 0 && base_product_type === DISCOUNT) {
			throw refuse('The price of a discount cannot be 0', 'Give the amount of the discount.');
		}
		const { additionalFieldsJson: further, ...additional } = additionalIn(context, index);
		const set = options
			.map(({ key, property }) => [key, additional[property.name]] as const)
			.filter(([, value]) => value !== undefined && value !== '');
		const doc: IDataObject = {
			base_product_type,
			product_name,
			product_price,
			cat_id: String(idOf(context, category, index)),
			...Object.fromEntries(set),
			...parseJsonObject('Additional Fields (JSON)', further, refuse),
		};
		return await call(context, { endpoint: 'products', action: 'create', groupId: projectIn(context, index), doc });
	},
};
