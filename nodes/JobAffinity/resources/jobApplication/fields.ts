import type { INodeProperties } from 'n8n-workflow';

/** A documented field of an application (reference: submit a job application), and the parameter that gives it. */
export interface ApplicationField {
	/** JobAffinity's name of it. */
	field: string;
	property: INodeProperties;
	/** The most characters it may have, where that is limited. */
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

/** Documented values; what `ope` and `na` stand for is not. */
const availability: INodeProperties = {
	displayName: 'Availability',
	name: 'availability',
	type: 'options',
	default: 'now',
	description: 'When the person can begin',
	options: [
		{ name: 'At a Date', value: 'date', description: 'That of Availability Date' },
		{ name: 'In 1 Month', value: '1m' },
		{ name: 'In 15 Days', value: '15d' },
		{ name: 'In 2 Months', value: '2m' },
		{ name: 'In 3 Months', value: '3m' },
		{ name: 'In More Than 3 Months', value: '>3m' },
		{ name: 'NA', value: 'na', description: 'JobAffinity does not document what it stands for' },
		{ name: 'Now', value: 'now' },
		{ name: 'OPE', value: 'ope', description: 'JobAffinity does not document what it stands for' },
	],
};

const availabilityDate: INodeProperties = {
	displayName: 'Availability Date',
	name: 'availabilityDate',
	type: 'dateTime',
	default: '',
	description: 'When the person can begin, in the future; only with Availability: At a Date',
};

/** Documented with their limits. */
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
	{ field: 'address', property: text('Address', 'address', 'Street and number'), most: 150 },
	{ field: 'availability', property: availability },
	{ field: 'availability_date', property: availabilityDate },
	{ field: 'home_phone', property: text('Home Phone', 'homePhone', 'Phone at home'), most: 30 },
	{
		field: 'url_linkedin',
		property: text('LinkedIn URL', 'linkedin', 'The profile of the person at LinkedIn', 'e.g. https://www.linkedin.com/in/name'),
		most: 255,
	},
	{ field: 'mobile_phone', property: text('Mobile Phone', 'mobilePhone', 'Mobile phone'), most: 30 },
	{ field: 'office_phone', property: text('Office Phone', 'officePhone', 'Phone at work'), most: 30 },
	{ field: 'zip_code', property: text('Postal Code', 'postalCode', 'Postal code of the address'), most: 15 },
	{ field: 'title', property: title },
	{ field: 'town', property: text('Town', 'town', 'Town of the address'), most: 30 },
];

export const additionalFields: INodeProperties = {
	displayName: 'Additional Fields (JSON)',
	name: 'additionalFieldsJson',
	type: 'json',
	default: '{}',
	description:
		'A JSON object of fields that this node has no parameter for, with the names that JobAffinity uses. They win over the others.',
};
