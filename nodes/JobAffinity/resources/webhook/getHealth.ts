import { z } from 'zod';

import type { Operation } from '../../../shared/actions/operation';
import { withListInfo } from '../../../shared/actions/listInfo';
import { webhookCall } from '../../api/responseSchemas';
import { apiPath, collect } from '../../api/transport';
import { comeOldestFirst } from '../../api/webhookCalls';
import { CIRCULAR_PAGES } from '../read';
import { webhookHealth } from './health';

const text = z.string().nullable();

/** GET /webhook/task, judged (documented, guide on webhooks); there is no API for the webhooks themselves. */
export const getHealth: Operation = {
	value: 'getHealth',
	name: 'Get Health',
	action: 'Get health of webhook',
	description:
		'Find out from the newest calls whether the webhooks of the account work, and whether JobAffinity may have suspended them',
	fields: [
		{
			displayName: 'Calls to Check',
			name: 'callsToLookAt',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 200,
			description: 'How many of the newest calls to judge, of all webhooks of the account; each 100 take a request',
			hint: 'The history of calls names no URL, so calls to other systems count as well',
		},
		{
			displayName: 'Suspension Threshold',
			name: 'suspectAfter',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 5,
			description:
				'JobAffinity suspends its calls to an address that regularly answers 5xx. After how many is not documented.',
		},
	],
	schema: withListInfo(
		z.object({
			calls: z.number(),
			failures: z.number(),
			failureRate: z.number().nullable(),
			lastCallAt: text,
			lastFailure: z
				.object({ datetime: text, status: webhookCall.shape.response_status, body: text, applicationLink: text })
				.nullable(),
			consecutiveFailures: z.number(),
			likelySuspended: z.boolean(),
			summary: z.string(),
		}),
	),
	async run(context, index, hint) {
		const most = context.getNodeParameter('callsToLookAt', index, 200) as number;
		const suspectAfter = context.getNodeParameter('suspectAfter', index, 5) as number;
		const { items, isCircular } = await collect(context, { link: apiPath`/webhook/task` }, most);
		if (isCircular) hint.partial({ reason: CIRCULAR_PAGES, returned: items.length });
		if (items.length >= most && comeOldestFirst(items)) {
			const reason = 'JobAffinity gave the oldest calls first, so these may not be the newest: raise Calls to Check.';
			hint.partial({ reason, returned: items.length });
		}
		return webhookHealth(items, suspectAfter);
	},
};
