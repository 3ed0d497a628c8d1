import type { GenericValue, IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import get from 'lodash/get';
import set from 'lodash/set';

import { asText } from '../values/text';
import { isObject } from '../values/json';
import { parameterError, parseJsonObject, type ParameterErrorFactory } from './parameters';
import { locatorText } from './resourceLocator';

/** A field of a request body, and the parameter that it comes from. */
export interface FieldRow {
	property: INodeProperties;
	/**
	 * The API's key, with dots where the body is nested. Without one, the fields of an object are
	 * added to the body itself.
	 */
	key?: string;
	/** Whether an empty value is an error. */
	required?: true;
	/**
	 * Turns the parameter's value into what is sent; `undefined` sends nothing. Trims text unless
	 * given.
	 */
	convert?(label: string, value: unknown, refuse: ParameterErrorFactory): GenericValue;
}

/** A row, or a parameter that is not itself part of the body. */
export type Field = FieldRow | INodeProperties;

/** The fields of an operation, from which both its parameters and its request body are made. */
export interface FieldTable {
	main: readonly Field[];
	/** Parameters in a collection. */
	additional?: readonly Field[];
	/** The collection, Additional Fields unless given. */
	collection?: INodeProperties;
}

const additionalFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
};

/** Sends the value unchanged. */
export const asIs = (_label: string, value: unknown) => value as GenericValue;

/** Sends text with its spaces. */
export const untrimmed = (_label: string, value: unknown) => asText(value) ?? undefined;

const trimmed = (_label: string, value: unknown) => locatorText(value) ?? undefined;

/** A row of text. */
export const textRow = (
	key: string,
	displayName: string,
	name: string,
	description: string,
	changes: Partial<INodeProperties> = {},
): FieldRow => ({
	key,
	property: { displayName, name, type: 'string', default: '', description, ...changes },
});

/** A row of a switch that is off by default. */
export const booleanRow = (
	key: string,
	displayName: string,
	name: string,
	description: string,
): FieldRow => ({
	key,
	property: { displayName, name, type: 'boolean', default: false, description },
	convert: asIs,
});

/** The row, with an error if its value is empty. */
export const requiredRow = (row: FieldRow): FieldRow => ({ ...row, required: true });

/** Fields that the node has no parameter for. As the last row they replace the others. */
export const additionalJson = (provider: string, key?: string): FieldRow => ({
	key,
	property: {
		displayName: 'Additional Fields (JSON)',
		name: 'additionalFieldsJson',
		type: 'json',
		default: '{}',
		description: `A JSON object of fields that this node has no parameter for, with the names that ${provider} uses. They override the other fields.`,
	},
	convert: parseJsonObject,
});

const isRow = (field: Field): field is FieldRow => 'property' in field;

const propertyOf = (field: Field): INodeProperties =>
	isRow(field) ? { ...field.property, ...(field.required && { required: true }) } : field;

/** The parameters of a table; those in the collection sorted by label. */
export function tableProperties({
	main,
	additional = [],
	collection = additionalFields,
}: FieldTable): INodeProperties[] {
	const options = additional
		.map(propertyOf)
		.sort((a, b) => a.displayName.localeCompare(b.displayName));
	return [...main.map(propertyOf), ...(options.length > 0 ? [{ ...collection, options }] : [])];
}

const isEmpty = (value: unknown) =>
	value === undefined || value === null || String(value).trim() === '';

/**
 * The request body that a table's parameters make for one input item. Parameters that are hidden
 * are not sent. Objects are merged into what their key holds, so that later rows win.
 *
 * @throws NodeOperationError when a required field is empty, or a value cannot be converted
 */
export function requestBody(
	context: IExecuteFunctions,
	index: number,
	{ main, additional = [], collection = additionalFields }: FieldTable,
): IDataObject {
	const refuse = parameterError(context, index);
	const valueOf = (name: string, fallback: unknown): unknown =>
		context.getNodeParameter(name, index, fallback as IDataObject);
	const isShown = ({ property: { displayOptions } }: FieldRow) =>
		Object.entries(displayOptions?.show ?? {}).every(([name, values]) =>
			values?.includes(valueOf(name, '') as string),
		);
	const added = valueOf(collection.name, {}) as IDataObject;
	const rows = main.filter(isRow).filter(isShown);
	let body: IDataObject = {};
	for (const { row, value } of [
		...rows.map((row) => ({ row, value: valueOf(row.property.name, row.property.default) })),
		...additional.filter(isRow).map((row) => ({ row, value: added[row.property.name] })),
	]) {
		const { property, key, convert = trimmed } = row;
		const sent = convert(property.displayName, value, refuse);
		if (sent === undefined) continue;
		if (key === undefined) body = { ...body, ...(sent as IDataObject) };
		else set(body, key, isObject(sent) ? { ...(get(body, key) as IDataObject), ...sent } : sent);
	}
	for (const { property, key = '', required } of rows) {
		if (required && isEmpty(get(body, key)))
			throw refuse(`${property.displayName} is empty`, 'Give it a value for this item.');
	}
	return body;
}
