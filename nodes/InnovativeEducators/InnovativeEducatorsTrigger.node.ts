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
import { innovativeEducatorsWebhooks } from './provider';
import { properties } from './trigger/properties';
import { guide } from './trigger/setupGuide';
import { samplesOf } from './trigger/testRun';

/** Starts a workflow when a learner completes a course. */
export class InnovativeEducatorsTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Innovative Educators Trigger',
		name: 'innovativeEducatorsTrigger',
		icon: {
			light: 'file:../../icons/innovative-educators.svg',
			dark: 'file:../../icons/innovative-educators.dark.svg',
		},
		group: ['trigger'],
		version: 2,
		subtitle: eventsSubtitle(innovativeEducatorsWebhooks.provider),
		description: 'Starts the workflow when a learner completes a course of Innovative Educators',
		defaults: { name: 'Innovative Educators Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		eventTriggerDescription: guide.eventTriggerDescription,
		hints: guide.hints,
		activationMessage: guide.activationMessage,
		triggerPanel: guide.triggerPanel,
		credentials: [
			{
				name: 'innovativeEducatorsWebhookApi',
				required: false,
				testedBy: 'checkWebhookCredential',
				displayOptions: { show: { authentication: ['credential'] } },
			},
		],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				...responseFields,
				path: 'innovative-educators',
			},
		],
		properties,
	};

	methods = { credentialTest: { checkWebhookCredential } };

	webhookMethods = manualSetup(innovativeEducatorsWebhooks);

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveDelivery(this, innovativeEducatorsWebhooks);
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await processDelivery(this, innovativeEducatorsWebhooks, samplesOf(this));
	}
}
