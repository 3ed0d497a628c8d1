import type { Owner, Person } from '../../shared/events/contract';
import { fullName } from '../../shared/events/title';
import type { Payload } from '../../shared/events/types';
import { textAt } from '../../shared/values/text';

/** The object an event is about. */
export const OBJECT = 'data.object';

/**
 * Reads the person of any event, whose ID is in this field. An invitation knows the test taker only
 * once it is accepted. No documented object has a phone number.
 */
export const personBy =
	(idField: string) =>
	(payload: Payload): Partial<Person> => ({
		email: textAt(payload, `${OBJECT}.email`),
		firstName: textAt(payload, `${OBJECT}.first_name`),
		lastName: textAt(payload, `${OBJECT}.last_name`),
		id: textAt(payload, `${OBJECT}.${idField}`),
		externalId: textAt(payload, `${OBJECT}.person_id`),
	});

/**
 * Who sent the invitation. A test taker shows it (documented, api/events). An invitation may show the
 * address under its name in a request (documented, api/invitations), which is inferred.
 */
export const ownerOf = (payload: Payload): Owner => ({
	name: fullName(
		textAt(payload, `${OBJECT}.invited_by_user.first_name`),
		textAt(payload, `${OBJECT}.invited_by_user.last_name`),
	),
	email:
		textAt(payload, `${OBJECT}.invited_by_user.email`) ??
		textAt(payload, `${OBJECT}.created_by_user_email`),
});
