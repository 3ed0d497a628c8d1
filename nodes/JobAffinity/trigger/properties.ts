import type { INodeProperties } from 'n8n-workflow';

import { otherEventsOption, triggerOnProperty } from '../../shared/events/properties';
import { triggerProperties } from '../../shared/webhook/properties';
import { stepOptions } from '../events/options';
import { jobaffinityWebhooks } from '../provider';
import { guide } from './setupGuide';

const detailsProperties: INodeProperties[] = [
	{
		displayName: 'Fetch Application Details',
		name: 'fetchDetails',
		type: 'boolean',
		default: true,
		description:
			'Whether to fetch from the API which application moved to which step, because a delivery does not say. It needs the JobAffinity API credential.',
	},
	{
		displayName:
			'Without details an event has only what its delivery says, often no more than the application: <b>filters apply to that only</b>, and <b>repeated deliveries run again</b> unless the delivery names its change.',
		name: 'thinNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { fetchDetails: [false] } },
	},
];

export const properties = triggerProperties(jobaffinityWebhooks, {
	triggerOn: triggerOnProperty(jobaffinityWebhooks.provider),
	api: { '/fetchDetails': [true] },
	own: detailsProperties,
	options: [otherEventsOption, ...stepOptions],
	setup: guide.properties,
});
