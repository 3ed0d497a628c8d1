import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { operationProperties, operationSubtitle } from '../shared/actions/properties';
import { runOperation } from '../shared/actions/router';
import { resources } from './resources';

/**
 * Reads the nightly file and makes sample events. It sends no requests, so it needs no credential.
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
		description: 'Read the nightly file of course completions',
		defaults: { name: 'Innovative Educators' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: operationProperties(resources),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await runOperation(this, resources)];
	}
}
