import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';
import { DateTime } from 'luxon';

import { isObject } from '../values/json';

/** Makes the error for a parameter's value: what is wrong with it, and what to do. */
export type ParameterErrorFactory = (message: string, description: string) => NodeOperationError;

export const parameterError =
	(context: IExecuteFunctions, itemIndex: number): ParameterErrorFactory =>
	(message, description) =>
		new NodeOperationError(context.getNode(), message, { itemIndex, description });

const OBJECT_ADVICE = 'Write a JSON object, such as { "name": "value" }.';

/**
 * The object in a parameter of type `json`, as text or evaluated; an empty object if it is not set.
 *
 * @throws NodeOperationError when it is anything else
 */
export function parseJsonObject(
	label: string,
	value: unknown,
	refuse: ParameterErrorFactory,
): IDataObject {
	let fields: unknown = value ?? {};
	if (typeof fields === 'string') {
		try {
			fields = JSON.parse(fields.trim() || '{}') as unknown;
		} catch {
			throw refuse(`${label} is not JSON`, OBJECT_ADVICE);
		}
	}
	if (isObject(fields)) return fields;
	throw refuse(`${label} is not a JSON object`, OBJECT_ADVICE);
}

/**
 * The time in a parameter, in milliseconds since 1970; `undefined` if it is empty. The editor writes
 * it without a zone and means the workflow's.
 *
 * @throws NodeOperationError unless it is a time
 */
export function timeParameter(
	context: IExecuteFunctions,
	index: number,
	{ displayName, name }: INodeProperties,
): number | undefined {
	const value: unknown = context.getNodeParameter(name, index, '');
	if (value === '' || value === null || value === undefined) return undefined;
	const text = value instanceof Date ? value.toISOString() : String(value);
	const time = DateTime.fromISO(text, { zone: context.getTimezone() });
	if (time.isValid) return time.toMillis();
	throw parameterError(context, index)(
		`${displayName} is not a time`,
		'Choose a time, or use an expression that results in one such as 2026-03-05T08:00:00Z.',
	);
}
