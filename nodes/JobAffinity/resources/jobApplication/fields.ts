import type { INodeProperties } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { requiredRow, textRow, type FieldRow } from '../../../shared/actions/fieldTable';
import { asText } from '../../../shared/values/text';

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
	description: 'When the person can start',
	options: [
		{ name: 'At a Date', value: 'date', description: 'On the Availability Date' },
		{ name: 'In 1 Month', value: '1m' },
		{ name: 'In 15 Days', value: '15d' },
		{ name: 'In 2 Months', value: '2m' },
		{ name: 'In 3 Months', value: '3m' },
		{ name: 'In More Than 3 Months', value: '>3m' },
		{ name: 'NA', value: 'na', description: 'JobAffinity does not document its meaning' },
		{ name: 'Now', value: 'now' },
		{ name: 'OPE', value: 'ope', description: 'JobAffinity does not document its meaning' },
	],
};

const availabilityDate: INodeProperties = {
	displayName: 'Availability Date',
	name: 'availabilityDate',
	type: 'dateTime',
	default: '',
	description: 'When the person can start, in the future. Only with Availability: At a Date.',
};

/** The day as it is written: JobAffinity does not document its time zone. */
function dayOf(_label: string, value: unknown): string | undefined {
	const text = asText(value instanceof Date ? value.toISOString() : value)?.trim();
	return text && (DateTime.fromISO(text, { setZone: true }).toISODate() ?? text);
}

/** The documented fields of an application (reference: submit a job application). */
export const needed: FieldRow[] = [
	textRow('first_name', 'First Name', 'firstName', 'First name of the applicant'),
	textRow('last_name', 'Last Name', 'lastName', 'Last name of the applicant'),
	textRow('email', 'Email', 'email', 'Email address of the applicant', {
		placeholder: 'e.g. name@email.com',
	}),
	{
		...textRow(
			'country',
			'Country',
			'country',
			'Where the applicant lives, as a two-letter code (ISO 3166-1)',
			{ placeholder: 'e.g. FR' },
		),
		convert: (_label: string, value: unknown) => asText(value)?.trim().toUpperCase(),
	},
].map(requiredRow);

export const optional: FieldRow[] = [
	textRow('address', 'Address', 'address', 'Street and number'),
	{ key: 'availability', property: availability },
	{ key: 'availability_date', property: availabilityDate, convert: dayOf },
	textRow('home_phone', 'Home Phone', 'homePhone', 'Home phone number'),
	textRow('url_linkedin', 'LinkedIn URL', 'linkedin', 'LinkedIn profile of the applicant', {
		placeholder: 'e.g. https://www.linkedin.com/in/name',
	}),
	textRow('mobile_phone', 'Mobile Phone', 'mobilePhone', 'Mobile phone number'),
	textRow('office_phone', 'Office Phone', 'officePhone', 'Work phone number'),
	textRow('zip_code', 'Postal Code', 'postalCode', 'Postal code of the address'),
	{ key: 'title', property: title },
	textRow('town', 'Town', 'town', 'Town of the address'),
];

/** The most characters of a field that JobAffinity takes (documented). */
export const MAX_LENGTHS: Record<string, number> = {
	first_name: 50,
	last_name: 50,
	email: 100,
	country: 2,
	address: 150,
	home_phone: 30,
	url_linkedin: 255,
	mobile_phone: 30,
	office_phone: 30,
	zip_code: 15,
	town: 30,
};
