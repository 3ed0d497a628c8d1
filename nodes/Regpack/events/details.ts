import type { IDataObject } from 'n8n-workflow';

import type { Blocks, Person } from '../../shared/events/contract';
import type { Event } from '../../shared/events/types';
import { isObject } from '../../shared/values/json';
import { asText } from '../../shared/values/text';
import { fieldsOf } from '../api/requestedFields';
import { applicantOf, partsOf } from './applicant';
import { records } from './samples';

/** What Fetch User Details found out about the person of an event: `details` of the item. */
export interface UserDetails extends IDataObject {
	/** `partly fetched` when the person still has no email address. */
	status: 'fetched' | 'partly fetched' | 'not fetched';
	/** What is missing and what to do, as sentences; `null` when nothing is. */
	error: string | null;
	/** Whose address the person's is. */
	emailOf: 'user' | 'parent' | null;
	/** The API's record of the user, untouched. */
	user: IDataObject | null;
	/** The same of the parent of a child who has no address. */
	parent: IDataObject | null;
}

/** Fields of forms that hold what Regpack has no name for. */
export interface PersonFields {
	phone?: string;
	externalId?: string;
}

/** What is documented to be an email address: a special field of every project (fields). */
const EMAIL = 'main_email';

/**
 * The value of a form field in a record of get_info; blanks are none. Whether values stand beside
 * the two parts, in `doc`, or in `doc` of the metadata is not documented.
 */
function valueIn(record: unknown, name: string | undefined): string | null {
	if (name === undefined || !isObject(record)) return null;
	const { doc } = partsOf(record).meta;
	const values = [fieldsOf(record), isObject(doc) ? doc : {}];
	const found = values.map((each) => asText(Object.hasOwn(each, name) ? each[name] : null));
	return found.find((text) => text?.trim()) ?? null;
}

/** The address in a record. */
export const emailIn = (record: unknown): string | null => valueIn(record, EMAIL);

/** The person of a user's record. */
export function personIn(
	record: IDataObject,
	{ phone, externalId }: PersonFields,
): Partial<Person> {
	const { cloginId, displayName } = applicantOf(record);
	return {
		name: displayName,
		firstName: valueIn(record, 'first_name'),
		lastName: valueIn(record, 'last_name'),
		email: emailIn(record),
		phone: valueIn(record, phone),
		id: cloginId,
		externalId: valueIn(record, externalId),
	};
}

/** What to request of a user: the documented special fields, and those that the node names. */
export const fieldsToFetch = (
	{ phone, externalId }: PersonFields,
	more: readonly string[],
): string[] =>
	['first_name', 'last_name', EMAIL, phone, externalId, ...more].filter(
		(name) => name !== undefined,
	);

/** The event with the details, which its blocks then contain. */
export const extraOfDetails = (details: UserDetails, person: Partial<Person>): IDataObject => ({
	details,
	fetchedPerson: person,
});

/** Fields that belong together: a later record fills all of them or none. */
const TOGETHER: ReadonlyArray<ReadonlyArray<keyof NonNullable<Blocks['registration']>>> = [
	['project'],
	['status', 'statusId'],
	['isChild', 'parentId'],
	['formsCompleted', 'formsTotal'],
	['order', 'paid', 'balance'],
];

function filledRegistration(
	known: NonNullable<Blocks['registration']>,
	fetched: NonNullable<Blocks['registration']>,
): Blocks['registration'] {
	const missing = TOGETHER.filter((fields) =>
		fields.every((field) => (known[field] ?? null) === null),
	).flat();
	return {
		...known,
		...Object.fromEntries(missing.map((field) => [field, fetched[field] ?? null])),
	};
}

function filledPerson(known: Partial<Person>, fetched: Partial<Person>): Partial<Person> {
	const names = new Set([...Object.keys(known), ...Object.keys(fetched)] as Array<keyof Person>);
	return Object.fromEntries([...names].map((name) => [name, known[name] ?? fetched[name] ?? null]));
}

/**
 * The blocks of an event, filled with what its details have and it has not. What the event says
 * itself wins: the API may be older, as before a form is processed, or newer.
 *
 * @param registrationOf the registration that a record of the API says
 */
export function withDetails(
	known: Blocks,
	extra: IDataObject,
	registrationOf: (record: IDataObject) => NonNullable<Blocks['registration']>,
): Blocks {
	const details = extra.details as UserDetails | undefined;
	if (!details) return known;
	const { person = {}, registration = {} } = known;
	return {
		...known,
		person: filledPerson(person, extra.fetchedPerson as Partial<Person>),
		registration: filledRegistration(
			registration,
			details.user ? registrationOf(details.user) : {},
		),
		details,
	};
}

/** A sample with the details that the API would have of its made-up person. */
export function withSampleDetails(event: Event): Event {
	const { cloginId } = applicantOf(event.payload);
	const { [cloginId ?? '']: user } = records;
	const details: UserDetails = {
		status: 'fetched',
		error: null,
		emailOf: 'user',
		user,
		parent: null,
	};
	return { ...event, extra: { ...event.extra, ...extraOfDetails(details, personIn(user, {})) } };
}
