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
import { regpackPoller } from './polling/poller';
import { pollingOptions } from './polling/properties';

/** Starts a workflow when Regpack's list of users shows something new; two phases, as with the JOFI Polling Trigger. */
export class RegpackPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Regpack Polling Trigger',
		name: 'regpackPollingTrigger',
		icon: { light: 'file:../../icons/regpack.svg', dark: 'file:../../icons/regpack.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: EVENTS_SUBTITLE,
		description:
			'Asks Regpack regularly and starts the workflow when a user was added or changed, also through the API',
		defaults: { name: 'Regpack Polling Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'regpackApi', required: true }],
		properties: pollingProperties(regpackPoller, {
			notice:
				'For an n8n that Regpack cannot reach, and for what its webhooks never tell: users <b>added or changed through the API</b>. These events are not those of the webhooks, so that beside a <b>Regpack Trigger</b> both start the workflow. Each poll reads the whole list of users, 50 a request: poll no more often than you need.',
			settings: pollingOptions,
		}),
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollEvents(this, regpackPoller);
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await processPolledEvents(this, regpackPoller);
	}
}
