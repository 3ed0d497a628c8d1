import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { locatorText } from '../../shared/actions/resourceLocator';
import { parameterError, type ParameterErrorFactory } from '../../shared/actions/parameters';
import { asText } from '../../shared/values/text';

/** The API's own links have some dozens of characters. */
const MAX_LINK_LENGTH = 2000;

/**
 * The ID in a link such as `/restapi/v1/application/410`. That it comes last is documented by
 * example (guide on webhooks).
 */
export function idInLink(link: unknown): string | null {
	const text = asText(link) ?? '';
	if (text.length > MAX_LINK_LENGTH) return null;
	return /\/(\d+)\/?$/.exec(text.split(/[?#]/, 1)[0])?.[1] ?? null;
}

/**
 * JobAffinity's IDs are integers, and must be posted as such (documented, reference: add a new
 * process step).
 */
export function parseId(label: string, id: string, createError: ParameterErrorFactory): number {
	if (/^\d{1,15}$/.test(id)) return Number(id);
	throw createError(
		`${label} is not an ID`,
		`IDs are whole numbers; this is "${id.slice(0, 100)}".`,
	);
}

/**
 * The ID in a parameter that holds text or, by an expression, a number.
 *
 * @throws NodeOperationError when it is empty or something else
 */
export function idOf(
	context: IExecuteFunctions,
	{ name, displayName }: INodeProperties,
	index: number,
): number {
	const id = locatorText(context.getNodeParameter(name, index, ''));
	const createError = parameterError(context, index);
	if (id === null) throw createError(`${displayName} is empty`, 'Give it a value for this item.');
	return parseId(displayName, id, createError);
}
