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
import { addRateLimitHint } from './api/hints';
import { listSearch, loadOptions } from './api/listSearch';
import { resources } from './resources';

/** JobAffinity's REST API as actions, each declared in `resources`. */
export class JobAffinity implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'JobAffinity',
		name: 'jobAffinity',
		icon: {
			light: 'file:../../icons/jobaffinity.svg',
			dark: 'file:../../icons/jobaffinity.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: operationSubtitle(resources),
		description:
			'Read and move JobAffinity applications, get CVs, and look at the history of webhook calls',
		defaults: { name: 'JobAffinity' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'jobAffinityApi',
				required: true,
				displayOptions: offlineDisplay(resources),
			},
			{
				name: 'jobAffinityWebhookApi',
				required: false,
				testedBy: 'checkWebhookCredential',
				displayOptions: webhookCredentialDisplay,
			},
		],
		properties: operationProperties(resources),
	};

	methods = { listSearch, loadOptions, credentialTest: { checkWebhookCredential } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = await runOperation(this, resources);
		addRateLimitHint(this);
		return [items];
	}
}
