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
import { processDelivery } from '../shared/webhook/showSample';
import { checkWebhookCredential } from '../shared/webhook/verification/credentialTest';
import { addMissingLoginHint } from './api/hints';
import { loadOptions } from './api/listSearch';
import { jobaffinityWebhooks } from './provider';
import { setBaseline } from './trigger/baseline';
import { properties } from './trigger/properties';
import { guide } from './trigger/setupGuide';
import { samplesOf } from './trigger/testRun';

/**
 * Starts a workflow when JobAffinity delivers an event. Answered at once, well within the 30
 * seconds that JobAffinity waits (documented); the details are fetched afterwards.
 */
export class JobAffinityTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'JobAffinity Trigger',
		name: 'jobAffinityTrigger',
		icon: {
			light: 'file:../../icons/jobaffinity.svg',
			dark: 'file:../../icons/jobaffinity.dark.svg',
		},
		group: ['trigger'],
		version: 2,
		subtitle: eventsSubtitle(jobaffinityWebhooks.provider),
		description:
			'Starts the workflow when a JobAffinity application comes in, moves to another step or reaches an end step',
		defaults: { name: 'JobAffinity Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		eventTriggerDescription: guide.eventTriggerDescription,
		hints: guide.hints,
		activationMessage: guide.activationMessage,
		triggerPanel: guide.triggerPanel,
		credentials: [
			{
				name: 'jobAffinityWebhookApi',
				required: false,
				testedBy: 'checkWebhookCredential',
				displayOptions: { show: { authentication: ['credential'] } },
			},
			{
				name: 'jobAffinityApi',
				required: false,
				displayOptions: { show: { fetchDetails: [true] } },
			},
		],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: '',
				path: 'jobaffinity',
			},
		],
		properties,
	};

	methods = { credentialTest: { checkWebhookCredential }, loadOptions };

	webhookMethods = manualSetup(jobaffinityWebhooks, setBaseline);

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveDelivery(this, jobaffinityWebhooks);
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		addMissingLoginHint(this);
		return await processDelivery(this, jobaffinityWebhooks, samplesOf(this));
	}
}
