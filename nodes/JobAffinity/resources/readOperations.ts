import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import {
	listOperations,
	type ListRead,
	type ReadLimits,
	type RecordList,
} from '../../shared/actions/list';
import { LIMIT_MAYBE_REACHED, LIMIT_REACHED } from '../../shared/actions/listInfo';
import type { Operation } from '../../shared/actions/operation';
import { withOutput } from '../../shared/actions/output';
import type { RecordOutput } from '../../shared/actions/record';
import { collect, PAGE_SIZE, type Select } from '../api/pagination';
import { locatedCall, recordLocator, type RecordKind } from '../api/recordLocator';
import { call, linkBelow, type Call } from '../api/transport';
import { filtersOf } from './fields';

/** Shown when pages lead back to one that was read; the output has what was read until then. */
export const CIRCULAR_PAGES =
	"JobAffinity's pages led in a circle, so reading stopped where they repeat. There may be more records.";

/**
 * How many pages Get Count reads. JobAffinity states no total (documented by omission), and its 45
 * requests a minute are shared by all nodes.
 */
const COUNT_PAGES = 10;

/** The reason when Get Count has read as many pages as it may. */
const PAGES_REACHED = `Counting stopped after ${COUNT_PAGES} pages of up to ${PAGE_SIZE}, as JobAffinity states no total. Get Many with Return All reads the rest.`;

/**
 * Reads the records of a list.
 *
 * @param select which records count; all by default
 * @param isLast see `collect`
 */
export async function readList(
	context: IExecuteFunctions,
	request: Call,
	limits: ReadLimits,
	select?: Select,
	isLast?: (pageItems: IDataObject[]) => boolean,
): Promise<ListRead> {
	const { items, isCircular, hasMore } = await collect(
		context,
		request,
		limits.records,
		select,
		isLast,
		limits.pages,
	);
	if (isCircular) return { records: items, partial: { reason: CIRCULAR_PAGES } };
	if (!hasMore) return { records: items };
	if (limits.pages < Infinity) return { records: items, partial: { reason: PAGES_REACHED } };
	const reason = hasMore === 'maybe' ? LIMIT_MAYBE_REACHED : LIMIT_REACHED;
	return { records: items, partial: { reason, isRequested: true } };
}

/** In what a Get differs from the others. */
interface Get
	extends Pick<Operation, 'description'>,
		Partial<Pick<Operation, 'value' | 'name' | 'action'>> {
	record: RecordOutput;
	/** The part of the record to read, which is below the record's own link. */
	below?: string;
}

/** Get: one record by its ID or link. */
export const getOne = (kind: RecordKind, { below, ...operation }: Get): Operation =>
	withOutput({
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

/** In what a list differs from the others. */
interface List extends Pick<RecordList, 'objects' | 'description' | 'fields' | 'record'> {
	/** The options of Filters. */
	filters?: INodeProperties[];
	/** The list's first page. */
	request(context: IExecuteFunctions, index: number): Call | Promise<Call>;
	/** What the node itself leaves out; nothing by default. */
	select?(context: IExecuteFunctions, index: number): Select | undefined;
}

/** Filters, for a list that has some. */
export const listFilters = (filters: INodeProperties[] = []): INodeProperties[] =>
	filters.length > 0 ? [filtersOf(filters)] : [];

/** Get Many and Get Count of a list that is read by a `read` of its own. */
export const countedList = (list: Omit<RecordList, 'countPages'>): Operation[] =>
	listOperations({ ...list, countPages: COUNT_PAGES });

/** Get Many and Get Count of a list that takes no more than reading its pages. */
export const listOf = ({ filters, request, select, ...list }: List): Operation[] =>
	countedList({
		...list,
		filters: listFilters(filters),
		read: async (context, index, limits) =>
			await readList(context, await request(context, index), limits, select?.(context, index)),
	});
