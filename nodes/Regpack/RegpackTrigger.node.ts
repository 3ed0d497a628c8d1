import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { RESPONSE_DATA } from '../shared/webhook/respond';
import { manualSetup } from '../shared/webhook/lifecycle';
import { checkWebhookCredential } from '../shared/webhook/verification/credentialTest';
import { triggerProperties } from '../shared/webhook/properties';
import { processEvents } from '../shared/events/process';
import { singleEventProperty } from '../shared/events/properties';
import { receiveDelivery } from '../shared/webhook/receive';
import { ensureReply } from '../shared/webhook/fallbackReply';
import { respondProperties, fallbackOf, RESPONSE_MODE } from './trigger/respond';
import { regpackWebhooks } from './provider';
import {
	activationMessage,
	eventProperties,
	HTTP_METHOD,
	methodOption,
	PATH,
	setupProperties,
	SUBTITLE,
	triggerPanel,
} from './trigger/setupGuide';

/**
 * Starts a workflow when Regpack delivers the event that the node's URL was entered for. Where an applicant's
 * form waits, a Regpack node of the workflow replies, and otherwise what the user has chosen for that.
 */
export class RegpackTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Regpack Trigger',
		name: 'regpackTrigger',
		icon: { light: 'file:../../icons/regpack.svg', dark: 'file:../../icons/regpack.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: SUBTITLE,
		description: 'Starts the workflow when something happens in Regpack, such as a form, a payment or a status',
		defaults: { name: 'Regpack Trigger' },
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
				httpMethod: HTTP_METHOD,
				responseMode: RESPONSE_MODE,
				responseData: RESPONSE_DATA,
				path: PATH,
			},
		],
		properties: triggerProperties(regpackWebhooks, {
			triggerOn: singleEventProperty(regpackWebhooks.provider),
			setup: setupProperties,
			own: eventProperties,
			respond: respondProperties,
			options: [methodOption],
		}),
	};

	methods = { credentialTest: { checkWebhookCredential } };

	webhookMethods = manualSetup(regpackWebhooks);

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const received = await receiveDelivery(this, regpackWebhooks);
		const fallback = received.workflowData && fallbackOf(this);
		if (fallback) ensureReply(this, fallback);
		return received;
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await processEvents(this, regpackWebhooks);
	}
}
