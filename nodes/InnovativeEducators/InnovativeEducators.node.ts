import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import {
	offlineDisplay,
	operationProperties,
	operationSubtitle,
	webhookCredentialDisplay,
} from '../shared/actions/properties';
import { runOperation } from '../shared/actions/router';
import { checkWebhookCredential } from '../shared/webhook/verification/credentialTest';
import { listSearch } from './api/listSearch';
import { resources } from './resources';

/**
 * Reads the nightly file, compares rosters, makes sample events and tries out the trigger, for
 * which it calls nobody but n8n; and uses the API of Thought Industries, the platform beneath.
 */
export class InnovativeEducators implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Innovative Educators',
		name: 'innovativeEducators',
		icon: {
			light: 'file:../../icons/innovative-educators.svg',
			dark: 'file:../../icons/innovative-educators.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: operationSubtitle(resources),
		description: 'Read course completions and compare them with rosters',
		defaults: { name: 'Innovative Educators' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'thoughtIndustriesApi',
				required: true,
				displayOptions: offlineDisplay(resources),
			},
			{
				name: 'innovativeEducatorsWebhookApi',
				required: false,
				testedBy: 'checkWebhookCredential',
				displayOptions: webhookCredentialDisplay,
			},
		],
		properties: operationProperties(resources),
	};

	methods = { credentialTest: { checkWebhookCredential }, listSearch };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await runOperation(this, resources)];
	}
}
