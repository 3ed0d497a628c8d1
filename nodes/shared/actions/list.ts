import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import pick from 'lodash/pick';
import { z } from 'zod';

import { limit, returnAll } from './fields';
import { withListInfo, type PartialList } from './listInfo';
import type { Hint, Operation } from './operation';
import { outputSchema, withOutput } from './output';
import type { RecordOutput } from './record';

/** How many records a list has. */
export interface Count {
	count: number;
	/** Whether there may be more. */
	isAtLeast: boolean;
	/** Why there may be more, as a sentence; `null` when the count is exact. */
	reason: string | null;
}

/** How far to read a list. */
export interface ReadLimits {
	/** The most records; Infinity for all. */
	records: number;
	/** The most pages; Infinity for all. */
	pages: number;
}

/** What was read of a list. */
export interface ListRead {
	/** As the provider gives them, at most as many as requested. */
	records: IDataObject[];
	/** Why these are not all, if they are not. */
	partial?: PartialList;
	/** How many there are in all, if that does not follow from the records. */
	total?: Count;
	/** What the whole response is, for the count: the fields that `RecordOutput` has as `always`. */
	envelope?: IDataObject;
}

/** A list of records, of which Get Many and Get Count are made. */
export interface RecordList {
	/** The records in the plural and in lower case, e.g. `step changes`. */
	objects: string;
	/** Get Many's; "Retrieve a list of many …" unless given. */
	description?: string;
	/** Fields that select the list, before Return All and Limit. */
	fields?: readonly INodeProperties[];
	/** Shown below Return All. */
	returnAllHint?: string;
	/** Fields of Get Many only, such as what to read of each record. */
	details?: readonly INodeProperties[];
	/** Fields that narrow the list, at the end. */
	filters?: readonly INodeProperties[];
	record: RecordOutput;
	/** How many pages Get Count reads at most: one where the provider states the total. */
	countPages: number;
	/**
	 * Reads the list as its fields select it. Pages beyond the limits are not requested.
	 *
	 * @throws NodeApiError, NodeOperationError
	 */
	read(context: IExecuteFunctions, index: number, limits: ReadLimits): Promise<ListRead>;
}

/** What Get Count takes of a list. */
type CountedList = Pick<RecordList, 'objects' | 'fields' | 'filters' | 'countPages' | 'read'>;

const countShape = { count: z.number(), isAtLeast: z.boolean(), reason: z.string().nullable() };

/** The count of what was read. */
const countOf = ({ records, partial, total }: ListRead): Count =>
	total ?? {
		count: records.length,
		isAtLeast: partial !== undefined,
		reason: partial?.reason ?? null,
	};

/** How many records Return All and Limit request; Infinity for all. */
export const limitOf = (context: IExecuteFunctions, index: number): number =>
	(context.getNodeParameter('returnAll', index, false) as boolean)
		? Infinity
		: (context.getNodeParameter('limit', index, 50) as number);

function getMany(list: RecordList): Operation {
	const { objects, fields = [], returnAllHint, details = [], filters = [], record } = list;
	const operation = withOutput({
		value: 'getAll',
		name: 'Get Many',
		action: `Get many ${objects}`,
		description: list.description ?? `Retrieve a list of many ${objects}`,
		fields: [
			...fields,
			returnAllHint ? { ...returnAll, hint: returnAllHint } : returnAll,
			limit,
			...details,
		],
		record,
		async run(context, index, hint: Hint) {
			const limits = { records: limitOf(context, index), pages: Infinity };
			const { records, partial } = await list.read(context, index, limits);
			if (partial) hint.partial(partial);
			return records;
		},
	});
	return {
		...operation,
		fields: [...operation.fields, ...filters],
		schema: withListInfo(outputSchema(record)),
	};
}

/**
 * Get Count of a list.
 *
 * @param envelope the shape of what `read` returns as `envelope`
 */
export function getCount(
	{ objects, fields = [], filters = [], ...list }: CountedList,
	envelope: z.ZodRawShape = {},
): Operation {
	const cost =
		list.countPages === 1 ? ' with one request' : `, reading at most ${list.countPages} pages`;
	return {
		value: 'getCount',
		name: 'Get Count',
		action: `Get count of ${objects}`,
		description: `Count ${objects}${cost}; isAtLeast says whether there may be more`,
		fields: [...fields, ...filters],
		schema: z.object({ ...countShape, ...envelope }),
		isRead: true,
		async run(context, index) {
			const read = await list.read(context, index, { records: Infinity, pages: list.countPages });
			return { ...countOf(read), ...read.envelope };
		},
	};
}

/** Get Many and Get Count of a list. */
export const listOperations = (list: RecordList): Operation[] => [
	getMany(list),
	getCount(list, pick(list.record.schema.shape, list.record.always ?? [])),
];
