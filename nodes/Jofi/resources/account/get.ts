import { withOutput } from '../../../shared/actions/output';
import { redactUrl } from '../../../shared/values/redact';
import { call } from '../../api/transport';
import { records } from '../records';

/**
 * GET /accounts: the one account of the key, although the path is in the plural (documented,
 * api/accounts). What may be secret in the webhook's URL is hidden, with Raw too.
 */
export const get = withOutput({
	value: 'get',
	name: 'Get',
	action: 'Get account',
	description: 'Retrieve the account of the API key, with its counts and its live webhook',
	fields: [],
	record: records.account,
	async run(context) {
		const response = await call(context, { path: '/accounts' });
		return { ...response, webhook_endpoint: redactUrl(response.webhook_endpoint) };
	},
});
