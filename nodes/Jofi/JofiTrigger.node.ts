import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { eventsSubtitle } from '../shared/events/properties';
import { manualSetup } from '../shared/webhook/lifecycle';
import { receiveDelivery } from '../shared/webhook/receive';
import { responseFields } from '../shared/webhook/respond';
import { processDelivery } from '../shared/webhook/showSample';
import { checkWebhookCredential } from '../shared/webhook/verification/credentialTest';
import { listSearch, loadOptions } from './api/listSearch';
import { jofiWebhooks } from './provider';
import { withFetched } from './trigger/fetch';
import { FETCH, FETCHES } from './trigger/fetchProperties';
import { properties } from './trigger/properties';
import { guide } from './trigger/setupGuide';
import { samplesOf } from './trigger/testRun';

/** Starts a workflow when JOFI delivers an event. */
export class JofiTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'JOFI Trigger',
		name: 'jofiTrigger',
		icon: { light: 'file:../../icons/jofi.svg', dark: 'file:../../icons/jofi.dark.svg' },
		group: ['trigger'],
		version: 2,
		subtitle: eventsSubtitle(jofiWebhooks.provider),
		description: 'Starts the workflow when a JOFI invitation, assessment or profile changes',
		defaults: { name: 'JOFI Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		eventTriggerDescription: guide.eventTriggerDescription,
		hints: guide.hints,
		activationMessage: guide.activationMessage,
		triggerPanel: guide.triggerPanel,
		credentials: [
			{
				name: 'jofiWebhookApi',
				required: false,
				testedBy: 'checkWebhookCredential',
				displayOptions: { show: { authentication: ['credential'] } },
			},
			{
				name: 'jofiApi',
				required: true,
				displayOptions: { show: { [FETCH]: [...FETCHES] } },
			},
		],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				...responseFields,
				path: 'jofi',
			},
		],
		properties,
	};

	methods = { credentialTest: { checkWebhookCredential }, listSearch, loadOptions };

	webhookMethods = manualSetup(jofiWebhooks);

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveDelivery(this, jofiWebhooks);
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await processDelivery(this, withFetched(this, jofiWebhooks), samplesOf(this));
	}
}
