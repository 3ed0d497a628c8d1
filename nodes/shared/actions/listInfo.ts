import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

/** Why a list is not complete. */
export interface PartialList {
	/** The reason, as a sentence. */
	reason: string;
	/** How many there are in all, if the provider says so. */
	total?: number | null;
	/** How many were returned; the number of items unless given. */
	returned?: number;
	/** Whether the user requested no more: then the items say so, but no hint in the editor. */
	isRequested?: boolean;
}

/** The reason when Limit leaves out records. */
export const LIMIT_REACHED =
	'Limit was reached, and there are more: raise it, or turn on Return All.';

/** The reason when only reading on would show whether Limit leaves out records. */
export const LIMIT_MAYBE_REACHED =
	'Limit was reached, and there may be more: raise it, or turn on Return All.';

/**
 * A field of each item of an incomplete list, since published workflows and AI agents see no hints.
 */
const listInfo = z
	.object({
		isComplete: z.boolean(),
		returned: z.number(),
		total: z.number().nullable(),
		reason: z.string(),
	})
	.optional();

/** The shape of an item with this field. */
export const withListInfo = <Shape extends z.ZodRawShape>(
	schema: z.ZodObject<Shape, 'passthrough' | 'strip'>,
) => schema.extend({ _list: listInfo });

/** The field `_list` of the items of an incomplete list; those of a complete one have none. */
export const listInfoOf = (
	{ reason, total = null, returned }: PartialList,
	items: number,
): IDataObject => ({
	isComplete: false,
	returned: returned ?? items,
	total,
	reason,
});
