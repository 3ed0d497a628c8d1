import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { requestBody, tableProperties, type FieldTable } from '../../shared/actions/fieldTable';
import type { Operation } from '../../shared/actions/operation';
import { call, type Call } from '../api/transport';

/** An operation that is one call: its fields make the body, and the response is the item. */
interface CallOperation extends Omit<Operation, 'fields' | 'run'> {
	fields: FieldTable;
	/** The call; `body` holds what is always sent. */
	call: Omit<Call, 'body'> & { body?: IDataObject };
}

export const callOperation = ({ fields, call: request, ...operation }: CallOperation) => ({
	...operation,
	fields: tableProperties(fields),
	run: async (context: IExecuteFunctions, index: number): Promise<IDataObject> =>
		await call(context, {
			...request,
			body: { ...request.body, ...requestBody(context, index, fields) },
		}),
});
