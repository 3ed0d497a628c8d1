import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { offlineResources, operationProperties } from '../shared/actions/properties';
import { runOperation } from '../shared/actions/router';
import { listSearch } from './api/listSearch';
import { resources } from './resources';

/**
 * Reads the nightly file, compares rosters and makes sample events, for which it needs no credential
 * and sends no requests; and uses the API of Thought Industries, the platform beneath.
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
		description: 'Read course completions and compare them with rosters',
		defaults: { name: 'Innovative Educators' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'thoughtIndustriesApi',
				required: true,
				displayOptions: { hide: { resource: offlineResources(resources) } },
			},
		],
		properties: operationProperties(resources),
	};

	methods = { listSearch };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await runOperation(this, resources)];
	}
}
