import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import pick from 'lodash/pick';
import type { z } from 'zod';

import type { Operation } from '../../api/define';
import { valueOf } from '../locators';
import { call, list, path } from '../transport';

const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description:
		'Whether to return a simplified version of the response instead of the raw data',
};

/** The toggle of an operation whose answers have more fields than most people want. */
export const simplifyField = (note?: string): INodeProperties => ({
	...simplify,
	...(note && { hint: note }),
});

const returnAll: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
	hint: 'JOFI gives the newest records only: its API has no paging',
};

const limit: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	description: 'Max number of results to return',
	displayOptions: { show: { returnAll: [false] } },
};

/** What the two kinds of reading have in common. */
interface Reading {
	/** The object in singular and plural, in lower case, e.g. `test taker`, `test takers`. */
	object: string;
	objects: string;
	/** The part of the path, e.g. `test-takers`. */
	path: string;
	schema: z.AnyZodObject;
	/** The fields that Simplify keeps; without them there is no such toggle. */
	keep?: readonly string[];
}

/** The shape of what comes out, simplified or not. */
const outputOf = ({ schema, keep }: Reading) => (keep ? schema.partial({ object: true }) : schema);

const kept = (context: IExecuteFunctions, index: number, { keep }: Reading, item: IDataObject) =>
	keep && context.getNodeParameter('simplify', index, true) ? pick(item, keep) : item;

/** Get Many: a list as JOFI gives it, each item with the `mode` of the key. */
export function getMany(reading: Reading): Operation {
	const { objects, keep } = reading;
	return {
		value: 'getAll',
		name: 'Get Many',
		action: `Get many ${objects}`,
		description: `Retrieve a list of many ${objects}`,
		fields: [returnAll, limit, ...(keep ? [simplify] : [])],
		schema: outputOf(reading),
		async run(context, index, hint) {
			const { mode, records, totalCount, hasMore } = await list(context, `/${reading.path}`);
			const wanted = context.getNodeParameter('returnAll', index, false)
				? records
				: records.slice(0, context.getNodeParameter('limit', index, 50) as number);
			// Whoever asked for fewer misses nothing.
			if (hasMore && wanted.length === records.length) {
				const ofAll = totalCount === null ? '' : ` of ${totalCount}`;
				hint(
					`JOFI gave its newest ${records.length}${ofAll} ${objects}. Its API has no paging, so the others cannot be read.`,
				);
			}
			return wanted.map((record) => kept(context, index, reading, { mode, ...record }));
		},
	};
}

/** Get: one record by its ID, which `field` asks for. */
export function getOne(reading: Reading & { field: INodeProperties }): Operation {
	const { object, keep, field } = reading;
	return {
		value: 'get',
		name: 'Get',
		action: `Get ${object}`,
		description: `Retrieve one ${object} by its ID`,
		fields: [field, ...(keep ? [simplify] : [])],
		schema: outputOf(reading),
		async run(context, index) {
			const id = valueOf(context, field, index);
			const record = await call(context, {
				path: `/${reading.path}${path`/${id}`}`,
				object,
				id,
			});
			return kept(context, index, reading, record);
		},
	};
}
