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
import { detailsProperties } from './events/detailsProperties';
import { pollingOptions } from './polling/properties';
import { regpackPolling } from './polling/streams';

/**
 * Starts a workflow when Regpack's list of users shows something new; it has the two phases of the
 * JOFI Polling Trigger.
 */
export class RegpackPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Regpack Polling Trigger',
		name: 'regpackPollingTrigger',
		icon: { light: 'file:../../icons/regpack.svg', dark: 'file:../../icons/regpack.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: eventsSubtitle(regpackPolling.provider),
		description:
			'Checks Regpack on a schedule and starts the workflow when a user was added or changed, including through the API',
		defaults: { name: 'Regpack Polling Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'regpackApi', required: true }],
		properties: pollingProperties(regpackPolling, {
			notice:
				'For an n8n that Regpack cannot reach, and for what its webhooks never send: users <b>added or changed through the API</b>. These events are not those of the webhooks, so beside a <b>Regpack Trigger</b> both start the workflow. Each poll reads the whole list of users, 50 per request: poll no more often than you need.',
			own: detailsProperties,
			options: pollingOptions,
		}),
	};

	methods = { listSearch, loadOptions };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollEvents(this, regpackPolling);
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await processPolledEvents(this, regpackPolling);
	}
}
