import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type IPollFunctions,
} from 'n8n-workflow';
import memoize from 'lodash/memoize';
import once from 'lodash/once';

import type { PastRequest } from '../../shared/events/past';
import { textAt } from '../../shared/values/text';
import { call, find, list, type List } from '../api/transport';
import { pollingOptionsOf } from './properties';

/** JOFI as one poll sees it: nothing is read twice, and nothing made up is taken for real. */
export interface CachedClient {
	/** Of the key, as the latest list or account names it. */
	mode: string | null;
	list(path: string): Promise<List>;
	account(): Promise<IDataObject>;
	/** A record by its path; `undefined` when JOFI has none with this ID. */
	find(path: string): Promise<IDataObject | undefined>;
}

const clients = new WeakMap<object, CachedClient>();

/**
 * The client that all streams share in one poll or test run.
 *
 * @throws NodeOperationError (from the methods) for a test key that is not accepted
 */
export function cachedClient(
	context: IPollFunctions | IExecuteFunctions,
	{ options }: PastRequest,
): CachedClient {
	const { acceptTestKey } = pollingOptionsOf(options);

	function checkMode(mode: string | null): void {
		client.mode = mode;
		if (mode !== 'test' || acceptTestKey) return;
		throw new NodeOperationError(
			context.getNode(),
			'The API key is a test key, and JOFI makes its records up: use a live key, or turn on the option Accept a Test Key',
		);
	}

	const client: CachedClient = clients.get(context) ?? {
		mode: null,
		list: memoize(async (path) => {
			const records = await list(context, path);
			checkMode(records.mode);
			return records;
		}),
		account: once(async () => {
			const account = await call(context, { path: '/accounts' });
			checkMode(textAt(account, 'mode'));
			return account;
		}),
		find: memoize(async (path) => await find(context, path)),
	};
	clients.set(context, client);
	return client;
}
