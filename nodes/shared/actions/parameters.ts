import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

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
