import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { asText } from '../../shared/values/text';

const DEFAULT_FIELDS = 'first_name, last_name, main_email';

export const pollingOptions: INodeProperties[] = [
	{
		displayName: 'Fields',
		name: 'fields',
		type: 'string',
		default: DEFAULT_FIELDS,
		description:
			"Comma-separated IDs or mapped names of the form fields to fetch with each user. Without the three default fields, items lack the person's name and e-mail address.",
	},
	{
		displayName: 'Include Excluded Users',
		name: 'includeExcluded',
		type: 'boolean',
		default: true,
		description:
			'Whether to read users with an excluding status as well. Without them, a change to such a status is not found.',
	},
	{
		displayName: 'Project ID',
		name: 'projectId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 100000001',
		description: "The project whose users to read, if it is not the credential's",
	},
];

/** The options that only Regpack's polling has, as the stream needs them. */
export interface PollingOptions {
	/** `undefined` for the credential's. */
	projectId: string | undefined;
	withExcluded: boolean;
	/** The form fields to fetch with each user. */
	fields: string[];
}

/** The options in the collection's evaluated value; missing ones have their defaults. */
export const pollingOptionsOf = (given: IDataObject): PollingOptions => ({
	projectId: asText(given.projectId)?.trim() || undefined,
	withExcluded: given.includeExcluded !== false,
	fields: String(given.fields ?? DEFAULT_FIELDS)
		.split(',')
		.map((field) => field.trim())
		.filter((field) => field !== ''),
});

/** The list to read. */
export const listingOf = ({ projectId, withExcluded, fields }: PollingOptions) => ({
	groupId: projectId,
	doc: {
		...Object.fromEntries(fields.map((field) => [field, true])),
		...(withExcluded && { with_excluded: true }),
	},
});
