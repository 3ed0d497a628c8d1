import { z } from 'zod';

import type { Operation } from '../../../shared/actions/operation';
import { withListInfo } from '../../../shared/actions/listInfo';
import { collect } from '../../api/pagination';
import { webhookCall } from '../../api/responseSchemas';
import { apiPath } from '../../api/transport';
import { areOldestFirst } from '../../api/webhookCalls';
import { CIRCULAR_PAGES } from '../readOperations';
import { webhookStatus } from './status';

const text = z.string().nullable();

/**
 * From GET /webhook/task (documented, guide on webhooks), as there is no API for the webhooks
 * themselves.
 */
export const getStatus: Operation = {
	value: 'getStatus',
	name: 'Get Status',
	action: 'Get status of webhook',
	description:
		'Find out from the newest calls whether the webhooks of the account work, and whether JobAffinity may have suspended them',
	fields: [
		{
			displayName: 'Calls to Check',
			name: 'callsToCheck',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 200,
			description:
				'How many of the newest calls to check, among those to all webhooks of the account; every 100 take one request',
			hint: 'The history of calls has no URLs, so calls to other systems also count',
		},
		{
			displayName: 'Suspension Threshold',
			name: 'suspensionThreshold',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 5,
			description:
				'How many 5xx responses in a row suggest a suspension. JobAffinity suspends its calls to an address that regularly responds with 5xx; after how many is not documented.',
		},
	],
	schema: withListInfo(
		z.object({
			calls: z.number(),
			failures: z.number(),
			failureRate: z.number().nullable(),
			lastCallAt: text,
			lastFailure: z
				.object({
					datetime: text,
					status: webhookCall.shape.response_status,
					body: text,
					applicationLink: text,
				})
				.nullable(),
			consecutiveFailures: z.number(),
			likelySuspended: z.boolean(),
			summary: z.string(),
		}),
	),
	async run(context, index, hint) {
		const most = context.getNodeParameter('callsToCheck', index, 200) as number;
		const suspensionThreshold = context.getNodeParameter('suspensionThreshold', index, 5) as number;
		const { items, isCircular } = await collect(context, { link: apiPath`/webhook/task` }, most);
		if (isCircular) hint.partial({ reason: CIRCULAR_PAGES, returned: items.length });
		if (items.length >= most && areOldestFirst(items)) {
			const reason =
				'JobAffinity returned the oldest calls first, so these may not be the newest: raise Calls to Check.';
			hint.partial({ reason, returned: items.length });
		}
		return webhookStatus(items, suspensionThreshold);
	},
};
