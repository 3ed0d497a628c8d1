import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { parameterError } from '../../shared/actions/parameters';
import { requiredLocator } from '../../shared/actions/resourceLocator';
import { idInLink, parseId } from './ids';
import { locator } from './listSearch';
import { apiPath, type Call } from './transport';

/**
 * The kinds of record with a link of their own; also the name of the parameter that selects one.
 */
export type RecordKind = 'application' | 'candidate' | 'job' | 'process';

const paths: Record<RecordKind, (id: string) => string> = {
	application: (id) => apiPath`/application/${id}`,
	candidate: (id) => apiPath`/candidate/${id}`,
	job: (id) => apiPath`/job/${id}`,
	process: (id) => apiPath`/process/${id}`,
};

const byId = (placeholder: string) => ({
	type: 'resourceLocator' as const,
	default: { mode: 'id', value: '' },
	modes: [{ displayName: 'By ID', name: 'id', type: 'string' as const, placeholder }],
});

const locators: Record<RecordKind, INodeProperties> = {
	application: locator('application'),
	candidate: locator('candidate'),
	job: locator('job'),
	/**
	 * No list of processes is documented; a job has its own, in the old generation as a link only.
	 */
	process: {
		displayName: 'Process',
		name: 'process',
		...byId('e.g. 12'),
		description: 'The recruitment process',
		hint: 'Job: Get shows it as process.id, and the link as process._self',
	},
};

/** The parameter that selects a record: from a list if there is one, by ID, or by link. */
export const recordLocator = (
	kind: RecordKind,
	changes: Partial<INodeProperties> = {},
): INodeProperties => ({
	...locators[kind],
	required: true,
	modes: [
		...locators[kind].modes!,
		{
			displayName: 'By Link',
			name: 'link',
			type: 'string',
			placeholder: `e.g. /restapi/v1/${kind}/410`,
		},
	],
	...changes,
});

/**
 * The call for the record that `recordLocator` selects. Its link is checked when it is called.
 *
 * @throws NodeOperationError when nothing is selected
 */
export function locatedCall(
	context: IExecuteFunctions,
	kind: RecordKind,
	index: number,
): Call & { id: string } {
	const value = requiredLocator(context, locators[kind], index);
	const { mode } = (context.getNodeParameter(kind, index, '') ?? '') as IDataObject;
	// By a slash where an expression replaces the whole parameter, so that there is no mode.
	const isLink = mode === 'link' || value.includes('/');
	return {
		object: kind,
		...(isLink
			? { link: value, id: idInLink(value) ?? value }
			: { link: paths[kind](value), id: value }),
	};
}

/**
 * The ID of the record that `recordLocator` selects, by ID or by link.
 *
 * @throws NodeOperationError when it is empty or not an ID
 */
export const locatedId = (context: IExecuteFunctions, kind: RecordKind, index: number): number =>
	parseId(
		locators[kind].displayName,
		locatedCall(context, kind, index).id,
		parameterError(context, index),
	);
