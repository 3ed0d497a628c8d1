import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { operationProperties } from '../shared/actions/properties';
import { runOperation } from '../shared/actions/router';
import { resources } from './resources';

/** What complements Innovative Educators' webhooks; nobody is asked, so it needs no credential. */
export class InnovativeEducators implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Innovative Educators',
		name: 'innovativeEducators',
		icon: { light: 'file:../../icons/innovative-educators.svg', dark: 'file:../../icons/innovative-educators.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Read the nightly file of course completions, and work out whether a missed event still comes',
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
