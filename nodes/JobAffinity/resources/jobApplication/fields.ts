import type { INodeProperties } from 'n8n-workflow';

/** A documented field of an application (reference: submit a job application), and the parameter that gives it. */
export interface ApplicationField {
	/** JobAffinity's name of it. */
	field: string;
	property: INodeProperties;
	/** The most characters it may have; not known of all. */
	most?: number;
	required?: true;
}

const text = (
	displayName: string,
	name: string,
	description: string,
	placeholder?: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	description,
	...(placeholder && { placeholder }),
});

const title: INodeProperties = {
	displayName: 'Title',
	name: 'title',
	type: 'options',
	default: 'UNKNOWN',
	description: 'How the person is addressed',
	options: [
		{ name: 'Miss', value: 'MISS' },
		{ name: 'Mr', value: 'MR' },
		{ name: 'Mrs', value: 'MRS' },
		{ name: 'Ms', value: 'MS' },
		{ name: 'Unknown', value: 'UNKNOWN' },
	],
};

/**
 * Documented with their limits, but for those of the home phone, whose own was cut off and is taken to be
 * that of the other two, and of the address, which are unknown.
 */
export const FIELDS: readonly ApplicationField[] = [
	{ field: 'first_name', property: text('First Name', 'firstName', 'First name of the person who applies'), most: 50, required: true },
	{ field: 'last_name', property: text('Last Name', 'lastName', 'Last name of the person who applies'), most: 50, required: true },
	{
		field: 'email',
		property: text('Email', 'email', 'Where the person can be reached', 'e.g. name@email.com'),
		most: 100,
		required: true,
	},
	{
		field: 'country',
		property: text('Country', 'country', 'Where the person lives, as a code of two letters (ISO 3166-1)', 'e.g. FR'),
		most: 2,
		required: true,
	},
	{ field: 'address', property: text('Address', 'address', 'Street and number') },
	{ field: 'home_phone', property: text('Home Phone', 'homePhone', 'Phone at home'), most: 30 },
	{
		field: 'url_linkedin',
		property: text('LinkedIn URL', 'linkedin', 'The profile of the person at LinkedIn', 'e.g. https://www.linkedin.com/in/name'),
		most: 255,
	},
	{ field: 'mobile_phone', property: text('Mobile Phone', 'mobilePhone', 'Mobile phone'), most: 30 },
	{ field: 'office_phone', property: text('Office Phone', 'officePhone', 'Phone at work'), most: 30 },
	{ field: 'zip_code', property: text('Postal Code', 'postalCode', 'Postal code of the address') },
	{ field: 'title', property: title },
	{ field: 'town', property: text('Town', 'town', 'Town of the address') },
];

export const furtherFields: INodeProperties = {
	displayName: 'Further Fields',
	name: 'furtherFields',
	type: 'json',
	default: '{}',
	description:
		'A JSON object of fields that this node has no parameter for, with the names that JobAffinity uses. They win over the others.',
};
