import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

/** Why a list is not complete. */
export interface PartialList {
	/** A sentence that says why. */
	reason: string;
	/** How many there are in all, where the provider says so. */
	total?: number | null;
	/** How many came, unless it is the number of items. */
	returned?: number;
	/** Whether the user asked for no more: then the data tells it, and no hint at the editor. */
	isRequested?: boolean;
}

/** Said when Limit keeps records back. */
export const LIMIT_REACHED = 'Limit was reached, and there are more: raise it, or turn on Return All.';

/** The same where nobody knows without reading on. */
export const LIMIT_MAYBE_REACHED = 'Limit was reached, and there may be more: raise it, or turn on Return All.';

/** The field that each item of an incomplete list has, for published workflows and AI agents see no hints. */
const listInfo = z
	.object({ isComplete: z.boolean(), returned: z.number(), total: z.number().nullable(), reason: z.string() })
	.optional();

/** The shape of an item, which says of its list that it is not complete. */
export const withListInfo = <Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape, 'passthrough' | 'strip'>) =>
	schema.extend({ _list: listInfo });

/** What the items of an incomplete list have under `_list`; those of a complete one have no such field. */
export const listInfoOf = ({ reason, total = null, returned }: PartialList, items: number): IDataObject => ({
	isComplete: false,
	returned: returned ?? items,
	total,
	reason,
});
