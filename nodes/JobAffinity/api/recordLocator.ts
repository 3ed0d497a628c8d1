import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { requiredLocator } from '../../shared/actions/resourceLocator';
import { apiPath, type Call } from './transport';

/** A kind of record that has an address of its own. */
type Kind = 'application' | 'candidate' | 'job' | 'process';

const paths: Record<Kind, (id: string) => string> = {
	application: (id) => apiPath`/application/${id}`,
	candidate: (id) => apiPath`/candidate/${id}`,
	job: (id) => apiPath`/job/${id}`,
	process: (id) => apiPath`/process/${id}`,
};

/** The locator with a further mode, By Link: what answers and deliveries hold as `_self`. */
export const withLink = (kind: Kind, locator: INodeProperties): INodeProperties => ({
	...locator,
	modes: [
		...(locator.modes ?? []),
		{ displayName: 'By Link', name: 'link', type: 'string', placeholder: `e.g. /restapi/v1/${kind}/410` },
	],
});

/** A locator of records that JobAffinity has no list of: by ID or by link. */
export const locatorWithoutList = (
	kind: Kind,
	{ displayName, placeholder, ...more }: Pick<INodeProperties, 'displayName' | 'placeholder' | 'description' | 'hint'>,
): INodeProperties =>
	withLink(kind, {
		displayName,
		name: kind,
		type: 'resourceLocator',
		required: true,
		default: { mode: 'id', value: '' },
		...more,
		modes: [{ displayName: 'By ID', name: 'id', type: 'string', placeholder }],
	});

/** Whether a locator's value is a link; by its mode, and by a slash where n8n hands over the value alone. */
function isLink(context: IExecuteFunctions, { name }: INodeProperties, index: number, value: string): boolean {
	const { mode } = (context.getNodeParameter(name, index, '') ?? '') as IDataObject;
	return mode === 'link' || value.includes('/');
}

/** The last number of a link's path, by which people know the record. */
const idIn = (link: string): string => /(\d{1,19})\/?(?:[?#]|$)/.exec(link)?.[1] ?? link;

/**
 * The call for the record that a locator names, by ID or by link. Where the link leads is looked at when it is
 * called.
 *
 * @throws NodeOperationError when the locator is empty
 */
export function locatedCall(
	context: IExecuteFunctions,
	kind: Kind,
	field: INodeProperties,
	index: number,
): Call & { id: string } {
	const value = requiredLocator(context, field, index);
	if (isLink(context, field, index, value)) return { link: value, object: kind, id: idIn(value) };
	return { link: paths[kind](value), object: kind, id: value };
}
