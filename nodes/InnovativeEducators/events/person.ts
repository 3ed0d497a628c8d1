import type { Payload, Person } from '../../shared/events/types';
import { textAt } from '../../shared/values/text';

/**
 * The learner: `user` is an email address, `externalCustomerId` the ID in single sign-on
 * (documented, event types).
 */
export const personOf = (payload: Payload): Person => ({
	email: textAt(payload, 'user'),
	firstName: textAt(payload, 'userDetail.firstName'),
	lastName: textAt(payload, 'userDetail.lastName'),
	id: textAt(payload, 'userDetail.id'),
	externalId: textAt(payload, 'userDetail.externalCustomerId'),
});
