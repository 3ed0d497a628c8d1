import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Hint } from '../../shared/actions/operation';
import { LIMIT_MAYBE_REACHED, LIMIT_REACHED } from '../../shared/actions/listInfo';
import { collect, type Call } from '../api/transport';

/** Said when pages come back to one that had been read; what was read until then is put out. */
export const CIRCULAR_PAGES =
	'JobAffinity led from page to page in a circle, so reading ended where it began again: there may be more records.';

/**
 * The records of a list as Return All and Limit ask for them; pages beyond Limit are not requested.
 *
 * @param accepts which records count; all unless given
 * @param isLast see `collect`
 */
export async function readList(
	context: IExecuteFunctions,
	index: number,
	hint: Hint,
	request: Call,
	accepts?: (item: IDataObject) => boolean,
	isLast?: (found: IDataObject[]) => boolean,
): Promise<IDataObject[]> {
	const all = context.getNodeParameter('returnAll', index, false) as boolean;
	const most = all ? Infinity : (context.getNodeParameter('limit', index, 50) as number);
	const { items, isCircular, hasMore } = await collect(context, request, most, accepts, isLast);
	if (isCircular) hint.partial({ reason: CIRCULAR_PAGES });
	else if (hasMore) hint.partial({ reason: hasMore === 'maybe' ? LIMIT_MAYBE_REACHED : LIMIT_REACHED, isRequested: true });
	return items;
}
