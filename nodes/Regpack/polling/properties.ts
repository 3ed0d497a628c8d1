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
			'Comma-separated IDs or mapped names of the form fields to fetch with each user. Without the three of the default, items do not say how the person is called and where mail goes.',
	},
	{
		displayName: 'Include Excluded Users',
		name: 'includeExcluded',
		type: 'boolean',
		default: true,
		description:
			'Whether to look at users with an excluding status as well; without them, it is not seen that somebody got such a status',
	},
	{
		displayName: 'Project ID',
		name: 'projectId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 100000001',
		description: 'The project whose users to look at, when it is not that of the credential',
	},
];

/** The options that only Regpack's polling has, as its look needs them. */
export interface PollingOptions {
	/** `undefined` for that of the credential. */
	projectId: string | undefined;
	withExcluded: boolean;
	/** What to ask for with each user. */
	fields: string[];
}

/** The settings in the collection's evaluated value; what it does not hold takes its default. */
export const pollingOptionsOf = (given: IDataObject): PollingOptions => ({
	projectId: asText(given.projectId)?.trim() || undefined,
	withExcluded: given.includeExcluded !== false,
	fields: String(given.fields ?? DEFAULT_FIELDS)
		.split(',')
		.map((field) => field.trim())
		.filter((field) => field !== ''),
});

/** The list that they ask for. */
export const listingOf = ({ projectId, withExcluded, fields }: PollingOptions) => ({
	groupId: projectId,
	doc: { ...Object.fromEntries(fields.map((field) => [field, true])), ...(withExcluded && { with_excluded: true }) },
});
