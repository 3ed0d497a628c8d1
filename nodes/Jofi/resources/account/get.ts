import type { Operation } from '../../../shared/actions/operation';
import { redactUrl } from '../../../shared/values/redact';
import { account } from '../../api/responseSchemas';
import { call } from '../../api/transport';

/**
 * GET /accounts: the one account of the key, although the path is in the plural (documented,
 * api/accounts).
 */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get account',
	description: 'Retrieve the account of the API key, with its counts and its live webhook',
	fields: [],
	schema: account,
	async run(context) {
		const response = await call(context, { path: '/accounts' });
		return { ...response, webhook_endpoint: redactUrl(response.webhook_endpoint) };
	},
};
