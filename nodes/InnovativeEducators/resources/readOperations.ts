import type { IExecuteFunctions } from 'n8n-workflow';

import { listOperations, type RecordList } from '../../shared/actions/list';
import type { Operation } from '../../shared/actions/operation';
import { collect, type Listing } from '../api/pagination';

/**
 * How many pages Get Count reads. The documents contradict each other about totals, which none has
 * seen, and the 60 requests a minute are shared by all nodes.
 */
export const COUNT_PAGES = 10;

/** In what a list differs from the others. */
interface List extends Pick<RecordList, 'objects' | 'filters' | 'record'> {
	listing(context: IExecuteFunctions, index: number): Listing;
}

/** Get Many and Get Count of a list that takes no more than reading its pages. */
export const listOf = ({ listing, ...list }: List): Operation[] =>
	listOperations({
		...list,
		description: `Retrieve a list of many ${list.objects} of your Thought Industries site`,
		countPages: COUNT_PAGES,
		read: async (context, index, limits) => await collect(context, listing(context, index), limits),
	});
