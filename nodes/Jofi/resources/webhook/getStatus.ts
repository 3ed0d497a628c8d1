import { z } from 'zod';

import type { Operation } from '../../../shared/actions/operation';
import { call } from '../../api/transport';
import { webhookStatus } from './status';

/** GET /accounts, which shows the state of webhooks. With a test key, the account is made up. */
export const getStatus: Operation = {
	value: 'getStatus',
	name: 'Get Status',
	action: 'Get status of webhook',
	description: 'Find out whether JOFI is set up to deliver events to a JOFI Trigger',
	fields: [
		{
			displayName: 'Production URL of the Trigger',
			name: 'triggerUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://n8n.example.com/webhook/b8a1f7a8/jofi',
			description:
				'Copy it from Webhook URLs in the JOFI Trigger of the workflow to check. Leave it empty to check only the account.',
		},
	],
	schema: z.object({
		mode: z.string().nullable(),
		delivers: z.boolean(),
		summary: z.string(),
		obstacles: z.array(z.string()),
		webhooksEnabled: z.boolean(),
		webhookEndpoint: z.string().nullable(),
		triggerUrl: z.string().nullable(),
	}),
	async run(context, index) {
		const triggerUrl = context.getNodeParameter('triggerUrl', index, '') as string;
		return webhookStatus(await call(context, { path: '/accounts' }), triggerUrl.trim());
	},
};
