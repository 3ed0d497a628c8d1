import type { INodeProperties } from 'n8n-workflow';

import { locator } from '../api/listSearch';

const ifOn = { show: { fetchUserDetails: [true] } };

/** Fetch User Details, which needs the credential of the API, and what it fetches. */
export const detailsProperties: INodeProperties[] = [
	{
		displayName: 'Fetch User Details',
		name: 'fetchUserDetails',
		type: 'boolean',
		noDataExpression: true,
		default: false,
		description:
			"Whether to fetch name, email address and record of the person from Regpack's API, as most events carry no address. Takes one request for each person of an execution, and one more for the parent of a child without an address. If it fails, the item comes without them and says why.",
	},
	{
		displayName: 'User Fields',
		name: 'userFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		description: 'More fields of your forms to fetch; Regpack has no names of its own for them',
		options: [
			locator('field', {
				displayName: 'External ID Field',
				name: 'externalIdField',
				description: 'The field that holds your own ID of the person, for person.externalId',
			}),
			{
				displayName: 'More Fields',
				name: 'moreFields',
				type: 'string',
				default: '',
				placeholder: 'e.g. shirt_size, guardian_phone',
				description:
					'Comma-separated IDs or mapped names of fields that you need in details.user; _allfields gets all',
			},
			locator('field', {
				displayName: 'Phone Field',
				name: 'phoneField',
				description: 'The field that holds the phone number of the person, for person.phone',
			}),
		],
		displayOptions: ifOn,
	},
];
