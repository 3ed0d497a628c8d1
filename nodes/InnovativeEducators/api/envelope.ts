import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../shared/values/json';
import { textAt } from '../../shared/values/text';

/**
 * The documents of Thought Industries contradict each other about what is around a record or a list,
 * so all of their shapes are accepted.
 */

/** One page of a list. */
export interface Page {
	records: IDataObject[];
	/** Whether there are more; `undefined` if the response does not say. */
	hasMore?: boolean;
	/** Where the next page starts. */
	cursor?: string;
	totalPages?: number;
}

const objectsIn = (...values: unknown[]): IDataObject[] => values.filter(isObject);

/**
 * The page in a response body; `undefined` if it holds no list. The list stands at the top level
 * (documented, rest/pagination, and what others read), or in an object of `data` (documented,
 * rest/events); that `data` itself may be the list is inferred. About the next page speak `pageInfo`
 * (documented, rest/events) or `meta` (documented, rest/pagination).
 *
 * @param name of the list
 */
export function pageIn(body: unknown, name: string): Page | undefined {
	const { data } = (isObject(body) ? body : {}) as IDataObject;
	const inside = isObject(data) ? Object.values(data) : [];
	const holders = objectsIn(body, data, ...inside);
	const holder = holders.find((each) => Array.isArray(each[name]));
	const list: unknown = holder?.[name] ?? data;
	if (!Array.isArray(list)) return undefined;
	const [info = {}] = objectsIn(
		...[holder, body, data]
			.filter(isObject)
			.flatMap(({ pageInfo, meta }) => [pageInfo, meta] as unknown[]),
	);
	const { hasMore, totalPages } = info;
	return {
		records: objectsIn(...(list as unknown[])),
		...(typeof hasMore === 'boolean' && { hasMore }),
		...(typeof totalPages === 'number' && { totalPages }),
		cursor: textAt(info, 'cursor') ?? textAt(info, 'nextCursor') ?? undefined,
	};
}

/** The record in a response body: itself, or in `data` or under its name. Which is not documented. */
export function recordIn(body: IDataObject, name: string): IDataObject {
	const [record] = objectsIn(body[name], (body.data as IDataObject | null)?.[name], body.data);
	return record !== undefined && body.id === undefined ? record : body;
}
