import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import omit from 'lodash/omit';
import type { z } from 'zod';

import { path } from '../../shared/http/path';
import type { Operation } from '../../shared/actions/operation';
import { limit, returnAll, simplify } from '../../shared/actions/fields';
import { LIMIT_REACHED, withListInfo } from '../../shared/actions/listInfo';
import { requiredLocator } from '../../shared/actions/resourceLocator';
import { call, list } from '../api/transport';

/** A kind of record that JOFI's API reads: its newest by `/<path>`, one by `/<path>/<ID>`. */
export interface Read {
	/** Singular and in lower case, e.g. `test taker`; an s makes the plural. */
	object: string;
	path: string;
	/**
	 * The fields that Simplify drops, so that it keeps any that JOFI adds. Without it, the operations
	 * have no Simplify.
	 */
	leaveOut?: readonly string[];
	/** Get Many: the shape of a list's items. */
	getAll: z.AnyZodObject;
	/** Get: the record's shape, and the field that selects it. */
	get?: { schema: z.AnyZodObject; locator: INodeProperties };
}

const newestOnly: INodeProperties = {
	...returnAll,
	hint: 'JOFI returns only its newest records, as its API has no paging',
};

const simplifyFields = ({ leaveOut }: Read): INodeProperties[] =>
	leaveOut ? [{ ...simplify, hint: `Simplified: without ${leaveOut.join(', ')}` }] : [];

/** The shape of the output, simplified or not. */
const outputSchema = ({ leaveOut }: Read, schema: z.AnyZodObject) =>
	leaveOut ? schema.partial({ object: true }) : schema;

const simplified = (
	context: IExecuteFunctions,
	index: number,
	{ leaveOut }: Read,
	record: IDataObject,
) =>
	leaveOut && context.getNodeParameter('simplify', index, true) ? omit(record, leaveOut) : record;

/** Get: one record by its ID. */
const getOne = (read: Read, { schema, locator }: NonNullable<Read['get']>): Operation => ({
	value: 'get',
	name: 'Get',
	action: `Get ${read.object}`,
	description: `Retrieve one ${read.object} by its ID`,
	fields: [locator, ...simplifyFields(read)],
	schema: outputSchema(read, schema),
	isRead: true,
	async run(context, index) {
		const id = requiredLocator(context, locator, index);
		const record = await call(context, {
			path: `/${read.path}${path`/${id}`}`,
			object: read.object,
			id,
		});
		return simplified(context, index, read, record);
	},
});

/** Get Many: a list as JOFI returns it, each item with the `mode` of the key. */
function getMany(read: Read): Operation {
	const objects = `${read.object}s`;
	return {
		value: 'getAll',
		name: 'Get Many',
		action: `Get many ${objects}`,
		description: `Retrieve a list of many ${objects}`,
		fields: [newestOnly, limit, ...simplifyFields(read)],
		schema: withListInfo(outputSchema(read, read.getAll)),
		async run(context, index, hint) {
			const { mode, records, totalCount, hasMore } = await list(context, `/${read.path}`);
			const selected = context.getNodeParameter('returnAll', index, false)
				? records
				: records.slice(0, context.getNodeParameter('limit', index, 50) as number);
			const total = totalCount ?? (hasMore ? null : records.length);
			// A list cut by the user's own limit needs no hint.
			if (selected.length < records.length)
				hint.partial({ reason: LIMIT_REACHED, total, isRequested: true });
			else if (hasMore) {
				const ofAll = totalCount === null ? '' : ` of ${totalCount}`;
				const reason = `JOFI returned only its newest ${records.length}${ofAll} ${objects}. Its API has no paging, so the others cannot be read.`;
				hint.partial({ reason, total });
			}
			return selected.map((record) => simplified(context, index, read, { mode, ...record }));
		},
	};
}

/** Get, where JOFI reads one record by its ID, and Get Many. */
export const readOperations = (read: Read): Operation[] => [
	...(read.get ? [getOne(read, read.get)] : []),
	getMany(read),
];
