import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { eventsSubtitle } from '../shared/events/properties';
import { pollEvents } from '../shared/polling/poll';
import { processPolledEvents } from '../shared/polling/process';
import { pollingProperties } from '../shared/polling/properties';
import { loadOptions } from './api/listSearch';
import { pollingOptions } from './events/options';
import { jobAffinityPolling } from './polling/streams';

/**
 * Starts a workflow when JobAffinity's API shows something new; it has the two phases of the JOFI
 * Polling Trigger.
 */
export class JobAffinityPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'JobAffinity Polling Trigger',
		name: 'jobAffinityPollingTrigger',
		icon: {
			light: 'file:../../icons/jobaffinity.svg',
			dark: 'file:../../icons/jobaffinity.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: eventsSubtitle(jobAffinityPolling.provider),
		description:
			'Checks JobAffinity on a schedule and starts the workflow when an application came in, moved or ended, or a webhook call failed',
		defaults: { name: 'JobAffinity Polling Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'jobAffinityApi', required: true }],
		properties: pollingProperties(jobAffinityPolling, {
			notice:
				'For an n8n that JobAffinity cannot reach, and as a backup beside a <b>JobAffinity Trigger</b> in the same workflow: a step change that both find runs once.',
			options: pollingOptions,
		}),
	};

	methods = { loadOptions };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollEvents(this, jobAffinityPolling);
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await processPolledEvents(this, jobAffinityPolling);
	}
}
