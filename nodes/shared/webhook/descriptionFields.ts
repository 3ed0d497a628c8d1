import {
	fromFunction,
	webhookDescriptionFields as nativeFields,
	type INodeParameters,
	type NodeParameterValueType,
} from 'n8n-workflow';
import mapValues from 'lodash/mapValues';

/**
 * A field of a webhook's description as a function of the node's parameters. n8n and the editor
 * also evaluate its source, so it must not use anything outside of it.
 */
export type WebhookField = (parameters: INodeParameters) => NodeParameterValueType | undefined;

/** How the editor gets a field, and an n8n that computes none by itself. */
const templateOf = (field: WebhookField): string => `={{(${String(field)})($parameter)}}`;

/**
 * Fields of a webhook's description that depend on the node's parameters. n8n calls the functions
 * for each delivery (2.41.1). An older n8n evaluates templates instead, for which it has to set up
 * its expression engine.
 */
export function webhookDescriptionFields<Field extends string>(
	fields: Record<Field, WebhookField>,
): Record<Field, string> {
	// An older n8n has no such export.
	const hasNative = typeof (nativeFields as unknown) === 'function';
	return hasNative
		? nativeFields(mapValues(fields, (field) => fromFunction(field)))
		: mapValues(fields, templateOf);
}
