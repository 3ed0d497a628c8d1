import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

/** Refuses a value of the node: which parameter it is, and what to do. */
export type ParameterErrorFactory = (message: string, description: string) => NodeOperationError;

export const parameterError =
	(context: IExecuteFunctions, itemIndex: number): ParameterErrorFactory =>
	(message, description) =>
		new NodeOperationError(context.getNode(), message, { itemIndex, description });

const AN_OBJECT = 'Write a JSON object, such as { "name": "value" }.';

/**
 * The object that a parameter of type `json` holds, as text or evaluated; an empty one where it is unset.
 *
 * @throws NodeOperationError when it is something else
 */
export function parseJsonObject(label: string, value: unknown, refuse: ParameterErrorFactory): IDataObject {
	let fields: unknown = value ?? {};
	if (typeof fields === 'string') {
		try {
			fields = JSON.parse(fields.trim() || '{}') as unknown;
		} catch {
			throw refuse(`${label} is not JSON`, AN_OBJECT);
		}
	}
	if (typeof fields === 'object' && fields !== null && !Array.isArray(fields)) return fields as IDataObject;
	throw refuse(`${label} is not a JSON object`, AN_OBJECT);
}
