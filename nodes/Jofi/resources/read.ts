import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import omit from 'lodash/omit';
import type { z } from 'zod';

import { path } from '../../shared/http/path';
import type { Operation } from '../../shared/actions/operation';
import { limit, returnAll, simplify } from '../../shared/actions/fields';
import { LIMIT_REACHED, withListInfo } from '../../shared/actions/listInfo';
import { requiredLocator } from '../../shared/actions/resourceLocator';
import { call, list } from '../api/transport';

const newestOnly: INodeProperties = {
	...returnAll,
	hint: 'JOFI gives the newest records only: its API has no paging',
};

/** What the two kinds of reading have in common. */
interface Reading {
	/** The object in singular and plural, in lower case, e.g. `test taker`, `test takers`. */
	object: string;
	objects: string;
	/** The part of the path, e.g. `test-takers`. */
	path: string;
	schema: z.AnyZodObject;
	/**
	 * The fields that Simplify leaves out; without them there is no such toggle. It names those, and not the ones
	 * that it keeps, so that nothing which JOFI adds is dropped in silence.
	 */
	leaveOut?: readonly string[];
}

/** The shape of what comes out, simplified or not. */
const outputOf = ({ schema, leaveOut }: Reading) => (leaveOut ? schema.partial({ object: true }) : schema);

const simplifyOf = ({ leaveOut }: Reading): INodeProperties[] =>
	leaveOut ? [{ ...simplify, hint: `Simplified: without ${leaveOut.join(', ')}` }] : [];

const kept = (context: IExecuteFunctions, index: number, { leaveOut }: Reading, item: IDataObject) =>
	leaveOut && context.getNodeParameter('simplify', index, true) ? omit(item, leaveOut) : item;

/** Get Many: a list as JOFI gives it, each item with the `mode` of the key. */
export function getMany(reading: Reading): Operation {
	const { objects } = reading;
	return {
		value: 'getAll',
		name: 'Get Many',
		action: `Get many ${objects}`,
		description: `Retrieve a list of many ${objects}`,
		fields: [newestOnly, limit, ...simplifyOf(reading)],
		schema: withListInfo(outputOf(reading)),
		async run(context, index, hint) {
			const { mode, records, totalCount, hasMore } = await list(context, `/${reading.path}`);
			const wanted = context.getNodeParameter('returnAll', index, false)
				? records
				: records.slice(0, context.getNodeParameter('limit', index, 50) as number);
			const total = totalCount ?? (hasMore ? null : records.length);
			// Whoever asked for fewer misses nothing.
			if (wanted.length < records.length) hint.partial({ reason: LIMIT_REACHED, total, isRequested: true });
			else if (hasMore) {
				const ofAll = totalCount === null ? '' : ` of ${totalCount}`;
				const reason = `JOFI gave its newest ${records.length}${ofAll} ${objects}. Its API has no paging, so the others cannot be read.`;
				hint.partial({ reason, total });
			}
			return wanted.map((record) => kept(context, index, reading, { mode, ...record }));
		},
	};
}

/** Get: one record by its ID, which `field` asks for. */
export function getOne(reading: Reading & { field: INodeProperties }): Operation {
	const { object, field } = reading;
	return {
		value: 'get',
		name: 'Get',
		action: `Get ${object}`,
		description: `Retrieve one ${object} by its ID`,
		fields: [field, ...simplifyOf(reading)],
		schema: outputOf(reading),
		async run(context, index) {
			const id = requiredLocator(context, field, index);
			const record = await call(context, {
				path: `/${reading.path}${path`/${id}`}`,
				object,
				id,
			});
			return kept(context, index, reading, record);
		},
	};
}
