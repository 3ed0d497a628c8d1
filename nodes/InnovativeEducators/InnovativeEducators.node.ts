import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { operationProperties } from '../shared/actions/properties';
import { runOperation } from '../shared/actions/router';
import { checkWebhookCredential } from '../shared/webhook/verification/credentialTest';
import { resources } from './resources';

/**
 * Reads the nightly file, makes sample events and tries out the trigger. There is no API to call.
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
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Read the nightly file of course completions',
		defaults: { name: 'Innovative Educators' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'talentEventsWebhookApi',
				required: false,
				testedBy: 'checkWebhookCredential',
				displayOptions: { show: { resource: ['webhook'], operation: ['sendTestEvent'] } },
			},
		],
		properties: operationProperties(resources),
	};

	methods = { credentialTest: { checkWebhookCredential } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await runOperation(this, resources)];
	}
}
