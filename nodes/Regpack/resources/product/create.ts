import type { IDataObject } from 'n8n-workflow';

import {
	additionalJson,
	asIs,
	booleanRow,
	requestBody,
	requiredRow,
	tableProperties,
	textRow,
	type FieldRow,
	type FieldTable,
} from '../../../shared/actions/fieldTable';
import type { Operation } from '../../../shared/actions/operation';
import { parameterError } from '../../../shared/actions/parameters';
import { productResponse } from '../../api/responseSchemas';
import { call } from '../../api/transport';
import { categoryRow } from '../category/operations';
import { project } from '../fields';

const DISCOUNT = 2;

/** Documented (products create); Regpack makes type 5, a day within a session, itself. */
const types = [
	{ name: 'Discount', value: DISCOUNT },
	{ name: 'Event', value: 1, description: 'One Time Event at Regpack' },
	{ name: 'Merchandise', value: 7 },
	{ name: 'Session', value: 4, description: 'A session of a session holder' },
	{ name: 'Session Holder', value: 3, description: 'Offering with Sessions at Regpack' },
	{ name: 'Subscription', value: 6, description: 'Recurring at Regpack' },
];

const type: FieldRow = {
	key: 'doc.base_product_type',
	property: {
		displayName: 'Type',
		name: 'type',
		type: 'options',
		default: 1,
		description: 'What kind of product it is',
		options: types,
	},
	convert(label, value, refuse) {
		const values = types.map((each) => each.value);
		if (values.includes(Number(value))) return Number(value);
		throw refuse(
			`${label} is not one that can be created`,
			`Use one of: ${values.sort((a, b) => a - b).join(', ')}. Regpack creates the days of a session itself.`,
		);
	},
};

/** A number in the documented table, a text in the sample. */
const price: FieldRow = {
	key: 'doc.product_price',
	property: {
		displayName: 'Price',
		name: 'price',
		type: 'number',
		typeOptions: { numberPrecision: 2 },
		default: 0,
		description:
			"The price in the project's currency, with two decimals. It may be 0 except for a discount.",
	},
	convert(label, value, refuse) {
		const amount = value === '' || value === null ? NaN : Number(value);
		if (Number.isFinite(amount)) return Number(amount.toFixed(2));
		throw refuse(`${label} is not a number`, 'Give it as in 12.50.');
	},
};

const category = categoryRow('doc.cat_id');

const table: FieldTable = {
	main: [
		type,
		requiredRow(textRow('doc.product_name', 'Name', 'name', 'What the product is called')),
		price,
		// A text in the documented table.
		{ ...category, convert: (...given) => category.convert?.(...given)?.toString() },
		project,
	],
	/**
	 * The other documented keys. The formats of the dates are not documented, except for an example
	 * of the activity's.
	 */
	additional: [
		textRow(
			'doc.product_activity_end_date',
			'Activity End Date',
			'activityEndDate',
			'When the activity ends',
			{
				placeholder: 'e.g. 2026-07-10',
			},
		),
		textRow(
			'doc.product_activity_start_date',
			'Activity Start Date',
			'activityStartDate',
			'When the activity starts',
			{
				placeholder: 'e.g. 2026-07-06',
			},
		),
		textRow(
			'doc.product_start_date',
			'Available From',
			'availableFrom',
			'When the product can first be ordered; not for merchandise',
			{
				placeholder: 'e.g. 2026-03-05',
			},
		),
		textRow(
			'doc.product_end_date',
			'Available Until',
			'availableUntil',
			'Until when the product can be ordered; not for merchandise',
			{
				placeholder: 'e.g. 2026-06-30',
			},
		),
		textRow('doc.internalid', 'Internal ID', 'internalId', 'Your own ID of the product'),
		textRow('doc.location', 'Location', 'location', 'Where it takes place'),
		booleanRow(
			'doc.lock_once_funds_allocated',
			'Lock Once Paid',
			'lockOncePaid',
			'Whether the product cannot be taken out of the cart once funds are allocated to it',
		),
		textRow('doc.misc1', 'Misc 1', 'misc1', 'A text for your own use'),
		textRow('doc.misc2', 'Misc 2', 'misc2', 'Another text for your own use'),
		booleanRow('doc.only_one', 'Only One', 'onlyOne', 'Whether a user can order only one'),
		textRow('doc.product_short_remarks', 'Short Remarks', 'shortRemarks', 'Text that users see'),
		{
			key: 'doc.product_type',
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
			convert: asIs,
		},
		additionalJson('Regpack', 'doc'),
	],
};

/**
 * `create` of products (documented, 1eIW-create). That it is called at `products` is inferred from
 * the calls about categories; the response is not documented.
 */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create product',
	description: 'Add a product that users can order',
	fields: tableProperties(table),
	schema: productResponse,
	async run(context, index) {
		const body = requestBody(context, index, table);
		const { base_product_type, product_price } = body.doc as IDataObject;
		if (base_product_type === DISCOUNT && product_price === 0) {
			throw parameterError(context, index)(
				'The price of a discount cannot be 0',
				'Give the amount of the discount.',
			);
		}
		return await call(context, { endpoint: 'products', action: 'create', body });
	},
};
