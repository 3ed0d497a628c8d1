import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { parameterError, type ParameterErrorFactory } from '../../shared/actions/parameters';
import { asText } from '../../shared/values/text';

/**
 * Regpack's IDs are integers and are sent as such, while its answers have them as text (documented, user; by
 * example, login). So both are taken, and a locator that holds one.
 *
 * @returns `undefined` where there is none
 * @throws NodeOperationError when it is something else
 */
export function idIn(label: string, value: unknown, refuse: ParameterErrorFactory): number | undefined {
	const { __rl: isLocator, value: inner } = (value ?? {}) as IDataObject;
	const given = isLocator ? inner : value;
	if (given === undefined || given === null || given === '') return undefined;
	const text = asText(given)?.trim() ?? '';
	if (/^\d{1,15}$/.test(text)) return Number(text);
	throw refuse(`${label} is not an ID`, `IDs are whole numbers; this is ${JSON.stringify(given).slice(0, 100)}.`);
}

/**
 * The ID that a parameter must hold.
 *
 * @throws NodeOperationError when it is empty or something else
 */
export function idOf(context: IExecuteFunctions, { name, displayName }: INodeProperties, index: number): number {
	const refuse = parameterError(context, index);
	const id = idIn(displayName, context.getNodeParameter(name, index, ''), refuse);
	if (id === undefined) throw refuse(`${displayName} is empty`, 'Give it a value for this item.');
	return id;
}
