import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { EVENTS_SUBTITLE } from '../shared/events/properties';
import { pollingProperties } from '../shared/polling/properties';
import { pollEvents } from '../shared/polling/poll';
import { processPolledEvents } from '../shared/polling/process';
import { jofiPoller } from './polling/poller';
import { pollingOptions } from './polling/properties';

/**
 * Starts a workflow when JOFI's API shows something new. Like a webhook trigger it has two phases:
 * `poll()` finds, on schedule; `execute()`, which n8n runs as the first node, drops what came before,
 * also by webhook. Because a node with `execute()` is never polled in a test run, that gives test events.
 */
export class JofiPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'JOFI Polling Trigger',
		name: 'jofiPollingTrigger',
		icon: { light: 'file:../../icons/jofi.svg', dark: 'file:../../icons/jofi.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: EVENTS_SUBTITLE,
		description: 'Asks JOFI regularly and starts the workflow when an invitation, assessment or profile changed',
		defaults: { name: 'JOFI Polling Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'jofiApi', required: true }],
		properties: pollingProperties(jofiPoller, {
			notice:
				'For an n8n that JOFI cannot reach, and as a backstop beside a <b>JOFI Trigger</b> in the same workflow: an event that both see runs once. JOFI lists only its newest 30 to 50 records, so poll often enough.',
			settings: pollingOptions,
		}),
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollEvents(this, jofiPoller);
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await processPolledEvents(this, jofiPoller);
	}
}
