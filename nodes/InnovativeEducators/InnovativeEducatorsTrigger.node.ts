import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { respondProperty, RESPONSE_DATA } from '../shared/webhook/respond';
import { manualSetup } from '../shared/webhook/lifecycle';
import { checkWebhookCredential } from '../shared/webhook/verification/credentialTest';
import { triggerProperties } from '../shared/webhook/properties';
import { processEvents } from '../shared/events/process';
import { EVENTS_SUBTITLE, otherEventsProperty, triggerOnProperty } from '../shared/events/properties';
import { receiveDelivery } from '../shared/webhook/receive';
import { innovativeEducatorsWebhooks } from './provider';
import { activationMessage, DEADLINE, setupProperties, triggerPanel } from './trigger/setupGuide';

/** Starts a workflow when a learner completes a course: the pipeline of `delivery`, with the provider's facts. */
export class InnovativeEducatorsTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Innovative Educators Trigger',
		name: 'innovativeEducatorsTrigger',
		icon: { light: 'file:../../icons/innovative-educators.svg', dark: 'file:../../icons/innovative-educators.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: EVENTS_SUBTITLE,
		description: 'Starts the workflow when a learner completes a course of Innovative Educators',
		defaults: { name: 'Innovative Educators Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		eventTriggerDescription: 'Waiting for an event at the test URL',
		activationMessage,
		triggerPanel,
		credentials: [
			{
				name: 'talentEventsWebhookApi',
				required: true,
				testedBy: 'checkWebhookCredential',
				displayOptions: { show: { authentication: ['credential'] } },
			},
		],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: '={{$parameter["responseMode"]}}',
				responseData: RESPONSE_DATA,
				path: 'innovative-educators',
			},
		],
		properties: triggerProperties(innovativeEducatorsWebhooks, {
			triggerOn: triggerOnProperty(innovativeEducatorsWebhooks.provider),
			setup: setupProperties,
			own: [otherEventsProperty],
			respond: [respondProperty(DEADLINE)],
		}),
	};

	methods = { credentialTest: { checkWebhookCredential } };

	webhookMethods = manualSetup(innovativeEducatorsWebhooks);

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveDelivery(this, innovativeEducatorsWebhooks);
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await processEvents(this, innovativeEducatorsWebhooks);
	}
}
