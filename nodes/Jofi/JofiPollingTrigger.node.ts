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
import { listSearch, loadOptions } from './api/listSearch';
import { pollingOptions } from './polling/properties';
import { jofiPolling } from './polling/streams';
import { withFetched } from './trigger/fetch';
import { CURRENT_ASSESSMENTS, fetchProperties } from './trigger/fetchProperties';

/**
 * Starts a workflow when JOFI's API shows something new. Like a webhook trigger it has two phases:
 * `poll()` finds events, on schedule; `execute()`, which n8n runs as the first node, skips those
 * that came before, also by webhook. n8n never polls a node with `execute()` in a test run, so that
 * gives the test events.
 */
export class JofiPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'JOFI Polling Trigger',
		name: 'jofiPollingTrigger',
		icon: { light: 'file:../../icons/jofi.svg', dark: 'file:../../icons/jofi.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: eventsSubtitle(jofiPolling.provider),
		description:
			'Checks JOFI on a schedule and starts the workflow when an invitation, assessment or profile changed',
		defaults: { name: 'JOFI Polling Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'jofiApi', required: true }],
		properties: pollingProperties(jofiPolling, {
			notice:
				'For an n8n that JOFI cannot reach, and as a backup beside a <b>JOFI Trigger</b> in the same workflow: an event that both find runs once. JOFI lists only its newest 30 to 50 records, so poll often enough.',
			own: fetchProperties(CURRENT_ASSESSMENTS),
			options: pollingOptions,
		}),
	};

	methods = { listSearch, loadOptions };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollEvents(this, jofiPolling);
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await processPolledEvents(this, withFetched(this, jofiPolling));
	}
}
