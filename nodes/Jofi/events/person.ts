import type { Payload, Person } from '../../shared/events/types';
import { textAt } from '../../shared/values/text';

/** The object an event is about. */
const OBJECT = 'data.object';

/**
 * Reads the person of any event, whose ID is in this field. An invitation knows the test taker only
 * once it is accepted.
 */
export const personBy =
	(idField: string) =>
	(payload: Payload): Person => ({
		email: textAt(payload, `${OBJECT}.email`),
		firstName: textAt(payload, `${OBJECT}.first_name`),
		lastName: textAt(payload, `${OBJECT}.last_name`),
		id: textAt(payload, `${OBJECT}.${idField}`),
		externalId: textAt(payload, `${OBJECT}.person_id`),
	});
