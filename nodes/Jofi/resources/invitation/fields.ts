import type { INodeProperties } from 'n8n-workflow';

import { locator } from '../../api/listSearch';

/** How the participant gets the link: the two documented flags (api/invitations) as one choice. */
export const sendVia: INodeProperties = {
	displayName: 'Send Via',
	name: 'sendVia',
	type: 'options',
	default: 'inviter',
	description: 'How JOFI sends the link to the assessments to the participant',
	options: [
		{ name: 'Email', value: 'email' },
		{ name: 'Email and SMS', value: 'emailAndSms', description: 'Phone must be set' },
		{
			name: "Inviter's Settings",
			value: 'inviter',
			description: 'As the settings of the inviter at JOFI say; email unless they say otherwise',
		},
		{
			name: 'Nothing',
			value: 'nothing',
			description: 'JOFI sends nothing: you deliver the assessment_url of the answer yourself',
		},
		{ name: 'SMS', value: 'sms', description: 'Phone must be set' },
	],
};

/** The participant, without whom there is no invitation (documented, api/invitations). */
export const participant: INodeProperties[] = [
	{
		displayName: 'First Name',
		name: 'firstName',
		type: 'string',
		default: '',
		description: 'First name of the participant',
	},
	{
		displayName: 'Last Name',
		name: 'lastName',
		type: 'string',
		default: '',
		description: 'Last name of the participant',
	},
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		default: '',
		placeholder: 'e.g. name@email.com',
		description: 'Where the participant gets the invitation',
	},
];

/** What JOFI takes from the inviter's settings when it is not set (documented, api/invitations). */
export const overrides: INodeProperties[] = [
	{
		displayName: 'Assessments',
		name: 'assessments',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Assessment' },
		default: {},
		description: "Take the place of the inviter's default assessments",
		options: [{ displayName: 'Assessment', name: 'assessment', values: [locator('assessment')] }],
	},
	{
		displayName: 'Custom ID',
		name: 'customId',
		type: 'string',
		default: '',
		placeholder: 'e.g. REQ-9',
		description: 'A label for a group of invitations, such as a requisition number',
	},
	locator('emailTemplate'),
	{
		displayName: 'Additional Fields (JSON)',
		name: 'additionalFieldsJson',
		type: 'json',
		default: '{}',
		description:
			'A JSON object of fields that this node has no parameter for, with the names that JOFI uses. They win over the others.',
	},
	{
		displayName: 'Person ID',
		name: 'personId',
		type: 'string',
		default: '',
		description: 'Your own ID of the participant; events and results carry it. JOFI recommends it.',
	},
	{
		displayName: 'Phone',
		name: 'phone',
		type: 'string',
		default: '',
		placeholder: 'e.g. 5550100200',
		description: 'Needed for SMS. Which formats JOFI accepts is not documented; its example has ten digits.',
	},
	locator('team'),
];
