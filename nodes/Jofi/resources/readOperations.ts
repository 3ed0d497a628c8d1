import type { INodeProperties } from 'n8n-workflow';

import { path } from '../../shared/http/path';
import type { Operation } from '../../shared/actions/operation';
import { listOperations, type Count } from '../../shared/actions/list';
import { LIMIT_REACHED, type PartialList } from '../../shared/actions/listInfo';
import { withOutput } from '../../shared/actions/output';
import type { RecordOutput } from '../../shared/actions/record';
import { requiredLocator } from '../../shared/actions/resourceLocator';
import { call, list, type List } from '../api/transport';

/** A kind of record that JOFI's API reads: its newest by `/<path>`, one by `/<path>/<ID>`. */
export interface Read {
	/** Singular and in lower case, e.g. `test taker`; an s makes the plural. */
	object: string;
	path: string;
	/** Get Many and Get Count: the items of the list. */
	getAll: RecordOutput;
	/** Get: the record, and the field that selects it. */
	get?: { record: RecordOutput; locator: INodeProperties };
}

/** Get: one record by its ID. */
const getOne = (read: Read, { record, locator }: NonNullable<Read['get']>): Operation =>
	withOutput({
		value: 'get',
		name: 'Get',
		action: `Get ${read.object}`,
		description: `Retrieve one ${read.object} by its ID`,
		fields: [locator],
		record,
		isRead: true,
		async run(context, index) {
			const id = requiredLocator(context, locator, index);
			return await call(context, {
				path: `/${read.path}${path`/${id}`}`,
				object: read.object,
				id,
			});
		},
	});

/** Why the records are not all, if they are not. */
function partialOf(
	objects: string,
	{ records, totalCount, hasMore }: List,
	limit: number,
): PartialList | undefined {
	const total = totalCount ?? (hasMore ? null : records.length);
	// A list cut by the user's own limit needs no hint.
	if (limit < records.length) return { reason: LIMIT_REACHED, total, isRequested: true };
	if (!hasMore) return undefined;
	const ofAll = totalCount === null ? '' : ` of ${totalCount}`;
	const reason = `JOFI returned only its newest ${records.length}${ofAll} ${objects}. Its API has no paging, so the others cannot be read.`;
	return { reason, total };
}

/** The total that JOFI states, or what it leaves open if it states none. */
function totalOf(objects: string, { records, totalCount, saysMore }: List): Count | undefined {
	if (totalCount !== null && totalCount >= records.length)
		return { count: totalCount, isAtLeast: false, reason: null };
	if (saysMore !== null) return undefined;
	const reason = `JOFI listed ${records.length} ${objects} and did not say whether it has more.`;
	return { count: records.length, isAtLeast: true, reason };
}

/** Get, where JOFI reads one record by its ID, Get Many and Get Count. */
export function readOperations(read: Read): Operation[] {
	const objects = `${read.object}s`;
	return [
		...(read.get ? [getOne(read, read.get)] : []),
		...listOperations({
			objects,
			returnAllHint: 'JOFI returns only its newest records, as its API has no paging',
			record: read.getAll,
			countPages: 1,
			/** The list as JOFI returns it, each item with the `mode` of the key. */
			async read(context, _index, { records: limit }) {
				const response = await list(context, `/${read.path}`);
				const { mode, records } = response;
				return {
					records: records.slice(0, limit).map((record) => ({ mode, ...record })),
					partial: partialOf(objects, response, limit),
					total: totalOf(objects, response),
					envelope: { mode },
				};
			},
		}),
	];
}
