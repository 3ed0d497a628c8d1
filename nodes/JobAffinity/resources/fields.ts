import { NodeOperationError, type IDataObject, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import { DateTime } from 'luxon';

/** A collection of filters. */
export const filtersOf = (options: INodeProperties[]): INodeProperties => ({
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options,
});

/** An ID and not a date, though it also finds what was modified (documented, reference: list all candidates). */
export const sinceId: INodeProperties = {
	displayName: 'Since ID',
	name: 'sinceId',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description: 'What was created or modified since the record with this ID, as JobAffinity tells it',
};

/** The filters that are set, by the names that JobAffinity has for them. */
export function queryOf(
	context: IExecuteFunctions,
	index: number,
	names: Record<string, string>,
	read: (name: string, value: unknown) => unknown = (_, value) => value,
): IDataObject {
	const filters = context.getNodeParameter('filters', index, {}) as IDataObject;
	return Object.fromEntries(
		Object.entries(names).map(([name, queried]) => [queried, read(name, filters[name])]),
	) as IDataObject;
}

/**
 * The day of a date as it is written, `YYYY-MM-DD`: which time zone JobAffinity's days are of is unknown.
 *
 * @throws NodeOperationError when it is not a date
 */
export function dayOf(context: IExecuteFunctions, index: number, label: string, value: unknown): string | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const text = value instanceof Date ? value.toISOString() : String(value);
	const day = DateTime.fromISO(text, { setZone: true }).toISODate();
	if (day) return day;
	throw new NodeOperationError(context.getNode(), `${label} is not a date`, {
		itemIndex: index,
		description: 'Choose a day, or give it by an expression as in 2026-03-05.',
	});
}
