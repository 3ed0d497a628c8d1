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
import { addTestKeyHint } from './api/hints';
import { resources } from './resources';

/** JOFI's API v2 as actions, each declared in `resources`. */
export class Jofi implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'JOFI',
		name: 'jofi',
		icon: { light: 'file:../../icons/jofi.svg', dark: 'file:../../icons/jofi.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: operationSubtitle(resources),
		description: 'Invite participants to JOFI assessments and read their results',
		defaults: { name: 'JOFI' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'jofiApi',
				required: true,
				displayOptions: offlineDisplay(resources),
			},
			{
				name: 'jofiWebhookApi',
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
		addTestKeyHint(this, items);
		return [items];
	}
}
