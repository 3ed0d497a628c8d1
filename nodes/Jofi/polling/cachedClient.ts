import { NodeOperationError, type IDataObject, type IExecuteFunctions, type IPollFunctions } from 'n8n-workflow';

import { textAt } from '../../shared/values/text';
import { call, find, list, type List } from '../api/transport';

/** JOFI as one look sees it: nothing is read twice, and nothing made up is taken for real. */
export interface CachedClient {
	list(path: string): Promise<List>;
	account(): Promise<IDataObject>;
	/** A record by its path; `undefined` when JOFI has none of that ID. */
	find(path: string): Promise<IDataObject | undefined>;
}

/** Gives what was read of a path before. */
function once<T>(read: (path: string) => Promise<T>): (path: string) => Promise<T> {
	const readings = new Map<string, Promise<T>>();
	return async (path) => {
		const reading = readings.get(path) ?? read(path);
		readings.set(path, reading);
		return await reading;
	};
}

/**
 * @param acceptTestKey whether the made-up records of a test key are let through
 * @throws NodeOperationError (from the methods) for a test key that is not accepted
 */
export function cachedClient(context: IPollFunctions | IExecuteFunctions, acceptTestKey: boolean): CachedClient {
	function demandLive(mode: unknown): void {
		if (mode !== 'test' || acceptTestKey) return;
		throw new NodeOperationError(
			context.getNode(),
			'The API key is a test key, and JOFI makes its records up: use a live key, or turn on the option Accept a Test Key',
		);
	}

	return {
		list: once(async (path) => {
			const records = await list(context, path);
			demandLive(records.mode);
			return records;
		}),
		async account() {
			const account = await call(context, { path: '/accounts' });
			demandLive(textAt(account, 'mode'));
			return account;
		},
		find: once(async (path) => await find(context, path)),
	};
}
