import type { Person } from '../../shared/events/contract';
import type { Payload } from '../../shared/events/types';
import { textAt } from '../../shared/values/text';

/**
 * The learner: `user` is an email address, `externalCustomerId` the ID in single sign-on
 * (documented, event types). There is no phone number.
 */
export const personOf = (payload: Payload): Partial<Person> => ({
	email: textAt(payload, 'user'),
	firstName: textAt(payload, 'userDetail.firstName'),
	lastName: textAt(payload, 'userDetail.lastName'),
	id: textAt(payload, 'userDetail.id'),
	externalId: textAt(payload, 'userDetail.externalCustomerId'),
});
