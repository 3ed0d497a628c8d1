import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';
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

/**
 * An ID rather than a date, although it also finds what was modified (documented, reference: list
 * all candidates).
 */
export const sinceId: INodeProperties = {
	displayName: 'Since ID',
	name: 'sinceId',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description: 'Only what JobAffinity considers created or modified since the record with this ID',
};

/**
 * The query for the filters that are set.
 *
 * @param names the query's name for each filter
 * @param parse the query's value for a filter's; the same by default
 */
export function queryOf(
	context: IExecuteFunctions,
	index: number,
	names: Record<string, string>,
	parse: (name: string, value: unknown) => unknown = (_, value) => value,
): IDataObject {
	const filters = context.getNodeParameter('filters', index, {}) as IDataObject;
	return Object.fromEntries(
		Object.entries(names).map(([name, queryName]) => [queryName, parse(name, filters[name])]),
	) as IDataObject;
}

/**
 * The day of a date as written, `YYYY-MM-DD`: the time zone of JobAffinity's days is unknown.
 *
 * @throws NodeOperationError when it is not a date
 */
export function dayOf(
	context: IExecuteFunctions,
	index: number,
	label: string,
	value: unknown,
): string | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const text = value instanceof Date ? value.toISOString() : String(value);
	const day = DateTime.fromISO(text, { setZone: true }).toISODate();
	if (day) return day;
	throw new NodeOperationError(context.getNode(), `${label} is not a date`, {
		itemIndex: index,
		description: 'Choose a day, or use an expression that results in one such as 2026-03-05.',
	});
}
