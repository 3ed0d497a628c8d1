import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { z } from 'zod';

import type { Hint, Operation } from '../../shared/actions/operation';
import { limit, returnAll } from '../../shared/actions/fields';
import { LIMIT_MAYBE_REACHED, LIMIT_REACHED, withListInfo } from '../../shared/actions/listInfo';
import { collect, type Select } from '../api/pagination';
import { locatedCall, recordLocator, type RecordKind } from '../api/recordLocator';
import { call, linkBelow, type Call } from '../api/transport';
import { filtersOf } from './fields';

/** Shown when pages lead back to one that was read; the output has what was read until then. */
export const CIRCULAR_PAGES =
	"JobAffinity's pages led in a circle, so reading stopped where they repeat. There may be more records.";

/**
 * The records of a list, up to Limit unless Return All is on; pages beyond Limit are not requested.
 *
 * @param select which records count; all by default
 * @param isLast see `collect`
 */
export async function readList(
	context: IExecuteFunctions,
	index: number,
	hint: Hint,
	request: Call,
	select?: Select,
	isLast?: (pageItems: IDataObject[]) => boolean,
): Promise<IDataObject[]> {
	const all = context.getNodeParameter('returnAll', index, false) as boolean;
	const most = all ? Infinity : (context.getNodeParameter('limit', index, 50) as number);
	const { items, isCircular, hasMore } = await collect(context, request, most, select, isLast);
	if (isCircular) hint.partial({ reason: CIRCULAR_PAGES });
	else if (hasMore)
		hint.partial({
			reason: hasMore === 'maybe' ? LIMIT_MAYBE_REACHED : LIMIT_REACHED,
			isRequested: true,
		});
	return items;
}

/** In what a Get differs from the others. */
interface Get
	extends Pick<Operation, 'description' | 'schema'>,
		Partial<Pick<Operation, 'value' | 'name' | 'action'>> {
	/** The part of the record to read, which is below the record's own link. */
	below?: string;
}

/** Get: one record by its ID or link. */
export const getOne = (kind: RecordKind, { below, ...operation }: Get): Operation => ({
	value: 'get',
	name: 'Get',
	action: `Get ${kind}`,
	fields: [recordLocator(kind)],
	isRead: true,
	async run(context, index) {
		const request = locatedCall(context, kind, index);
		return await call(
			context,
			below ? { ...request, link: await linkBelow(context, request.link, below) } : request,
		);
	},
	...operation,
});

/** In what a Get Many differs from the others. */
interface List {
	/** The records in the plural and in lower case, e.g. `step changes`. */
	objects: string;
	description?: string;
	/** Fields before Return All and Limit. */
	fields?: INodeProperties[];
	filters?: INodeProperties[];
	schema: z.ZodObject<z.ZodRawShape, 'passthrough'>;
	request(context: IExecuteFunctions, index: number): Call | Promise<Call>;
	/** What the node itself leaves out; nothing by default. */
	select?(context: IExecuteFunctions, index: number): Select | undefined;
	/** Makes the item of a record; the record itself by default. */
	itemOf?(record: IDataObject): IDataObject;
}

/** Get Many: the records of a list. */
export const getMany = ({
	objects,
	description,
	fields = [],
	filters,
	schema,
	request,
	select,
	itemOf,
}: List): Operation => ({
	value: 'getAll',
	name: 'Get Many',
	action: `Get many ${objects}`,
	description: description ?? `Retrieve a list of many ${objects}`,
	fields: [...fields, returnAll, limit, ...(filters ? [filtersOf(filters)] : [])],
	schema: withListInfo(schema),
	async run(context, index, hint) {
		const records = await readList(
			context,
			index,
			hint,
			await request(context, index),
			select?.(context, index),
		);
		return itemOf ? records.map(itemOf) : records;
	},
});
