import type { Person } from '../../shared/events/contract';
import type { Payload } from '../../shared/events/types';
import { textAt } from '../../shared/values/text';
import { applicantOf, partsOf } from './applicant';

/**
 * The person of a user's record. Names and email address are fields of the project's forms, with
 * these names by default (documented, page on fields); a record has them only if it came with
 * `doc`. Whether `doc` stands beside the two parts or in the metadata is not documented, so both
 * are read. The display name is in the metadata (documented by example). A phone number may be a
 * field of a form, but no name for it is documented.
 */
export function personOf(record: unknown): Partial<Person> {
	const { meta } = partsOf(record);
	const field = (name: string) => textAt(record, `doc.${name}`) ?? textAt(meta, `doc.${name}`);
	const { cloginId, displayName } = applicantOf(record);
	return {
		name: displayName,
		email: field('main_email'),
		firstName: field('first_name'),
		lastName: field('last_name'),
		id: cloginId,
	};
}

/**
 * The person of a delivery. A change of credentials comes with the user name, which is usually the
 * email address (documented).
 */
export function personOfDelivery(payload: Payload): Partial<Person> {
	const person = personOf(payload);
	const username = textAt(payload, 'username');
	return { ...person, email: person.email ?? (username?.includes('@') ? username : null) };
}
