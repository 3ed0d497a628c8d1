import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { ensureReply } from '../shared/webhook/fallbackReply';
import { manualSetup } from '../shared/webhook/lifecycle';
import { receiveDelivery } from '../shared/webhook/receive';
import { processDelivery } from '../shared/webhook/showSample';
import { checkWebhookCredential } from '../shared/webhook/verification/credentialTest';
import { listSearch, loadOptions } from './api/listSearch';
import { regpackWebhooks } from './provider';
import { fallbackOf, properties, SUBTITLE, webhookFields } from './trigger/properties';
import { guide } from './trigger/setupGuide';
import { samplesOf } from './trigger/testRun';

/**
 * Starts a workflow when Regpack delivers the event that the node's URL was entered for. Where an
 * applicant's form waits, a Regpack node of the workflow replies, and otherwise what the user has
 * chosen for that.
 */
export class RegpackTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Regpack Trigger',
		name: 'regpackTrigger',
		icon: { light: 'file:../../icons/regpack.svg', dark: 'file:../../icons/regpack.dark.svg' },
		group: ['trigger'],
		version: 2,
		subtitle: SUBTITLE,
		description:
			'Starts the workflow when something happens in Regpack, such as a form, a payment or a status',
		defaults: { name: 'Regpack Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		eventTriggerDescription: guide.eventTriggerDescription,
		hints: guide.hints,
		activationMessage: guide.activationMessage,
		triggerPanel: guide.triggerPanel,
		credentials: [
			{
				name: 'regpackWebhookApi',
				required: false,
				testedBy: 'checkWebhookCredential',
				displayOptions: { show: { authentication: ['credential'] } },
			},
			{
				name: 'regpackApi',
				required: true,
				displayOptions: { show: { fetchUserDetails: [true] } },
			},
		],
		webhooks: [{ name: 'default', ...webhookFields }],
		properties,
	};

	methods = { credentialTest: { checkWebhookCredential }, listSearch, loadOptions };

	webhookMethods = manualSetup(regpackWebhooks);

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const received = await receiveDelivery(this, regpackWebhooks);
		// A delivery that a test run only explains has been answered.
		const isWaiting = received.workflowData && !received.noWebhookResponse;
		const fallback = isWaiting ? fallbackOf(this) : undefined;
		if (fallback) ensureReply(this, fallback);
		return received;
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await processDelivery(this, regpackWebhooks, samplesOf(this));
	}
}
