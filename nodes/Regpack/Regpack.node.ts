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
import { listSearch, loadOptions } from './api/listSearch';
import { resources } from './resources';

/** Regpack's API as actions, each declared in `resources`. */
export class Regpack implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Regpack',
		name: 'regpack',
		icon: { light: 'file:../../icons/regpack.svg', dark: 'file:../../icons/regpack.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: operationSubtitle(resources),
		description:
			'Reply to forms of Regpack, and register, read and change its users, statuses and products',
		defaults: { name: 'Regpack' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'regpackApi',
				required: true,
				displayOptions: offlineDisplay(resources),
			},
			{
				name: 'regpackWebhookApi',
				required: false,
				testedBy: 'checkWebhookCredential',
				displayOptions: webhookCredentialDisplay,
			},
		],
		// Whoever has it can log in as the user. n8n 2.41.1 knows the mark and does nothing with it:
		// the token is stored.
		sensitiveOutputFields: ['user_token'],
		properties: operationProperties(resources),
	};

	methods = { listSearch, loadOptions, credentialTest: { checkWebhookCredential } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await runOperation(this, resources)];
	}
}
