import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { locatorText } from '../../shared/actions/resourceLocator';
import { parameterError, type ParameterErrorFactory } from '../../shared/actions/parameters';
import { locatedCall } from './recordLocator';

/** JobAffinity's IDs are integers, and must be posted as such (documented, reference: add a new process step). */
function numberOf(label: string, id: string, refuse: ParameterErrorFactory): number {
	if (/^\d{1,15}$/.test(id)) return Number(id);
	throw refuse(`${label} is not an ID`, `IDs are whole numbers; this is "${id.slice(0, 100)}".`);
}

/**
 * The ID in a parameter that holds text, or a number by an expression.
 *
 * @throws NodeOperationError when it is empty or something else
 */
export function idOf(context: IExecuteFunctions, { name, displayName }: INodeProperties, index: number): number {
	const id = locatorText(context.getNodeParameter(name, index, ''));
	const refuse = parameterError(context, index);
	if (id === null) throw refuse(`${displayName} is empty`, 'Give it a value for this item.');
	return numberOf(displayName, id, refuse);
}

/**
 * The ID of the record that a locator names, by ID or by link. That a link ends with the ID is documented by
 * example (guide on webhooks).
 *
 * @throws NodeOperationError when it is empty or something else
 */
export const locatedId = (
	context: IExecuteFunctions,
	kind: Parameters<typeof locatedCall>[1],
	field: INodeProperties,
	index: number,
): number => numberOf(field.displayName, locatedCall(context, kind, field, index).id, parameterError(context, index));
