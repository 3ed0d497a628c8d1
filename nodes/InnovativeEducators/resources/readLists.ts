import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { z } from 'zod';

import { limit, returnAll } from '../../shared/actions/fields';
import { withListInfo } from '../../shared/actions/listInfo';
import type { Operation } from '../../shared/actions/operation';
import { collect, type Listing } from '../api/pagination';

/** In what a Get Many differs from the others. */
interface List {
	/** The records in the plural and in lower case. */
	objects: string;
	/** Shown after Return All and Limit. */
	fields: INodeProperties[];
	schema: z.ZodObject<z.ZodRawShape, 'passthrough'>;
	listing(context: IExecuteFunctions, index: number): Listing;
}

/** Get Many: the records of a list, as Thought Industries has them. */
export const getMany = ({ objects, fields, schema, listing }: List): Operation => ({
	value: 'getAll',
	name: 'Get Many',
	action: `Get many ${objects}`,
	description: `Retrieve a list of many ${objects} of your Thought Industries site`,
	fields: [returnAll, limit, ...fields],
	schema: withListInfo(schema),
	async run(context, index, hint): Promise<IDataObject[]> {
		const isAll = context.getNodeParameter('returnAll', index, false) as boolean;
		const most = isAll ? Infinity : (context.getNodeParameter('limit', index, 50) as number);
		const { records, partial } = await collect(context, listing(context, index), most);
		if (partial) hint.partial(partial);
		return records;
	},
});
