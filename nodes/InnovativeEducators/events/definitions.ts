import type { IDataObject } from 'n8n-workflow';

import type { EventDefinition, Payload, Person } from '../../shared/events/types';
import { asText, textAt } from '../../shared/values/text';
import { secondOf } from './instant';
import { refsOf } from './refs';
import { completion } from './samples';
import { anything, completionEvent } from './schemas';

/** The one event that is supported, by its name in payloads (documented, webhooks, sample payload). */
export const COMPLETED = 'courseCompletion';

/** The heading and the prose of the documentation call it so; no sample does. */
const ALSO_COMPLETED = 'courseComplete';

/** What names no event. */
export const TEST_NOTIFICATION = 'test_notification';

/**
 * What a body is. `source` and `type` are not looked at: which values they have for a completion is not documented.
 * The test notification after set-up is documented, its body is not, so what names no event is taken for one. Another
 * name is an event that this version does not know.
 */
export function typeOf(payload: Payload): string {
	const name = asText(payload.event)?.trim() ?? '';
	if (name === '') return TEST_NOTIFICATION;
	return name === ALSO_COMPLETED ? COMPLETED : name;
}

/**
 * What tells a completion from others. The nightly file holds the same objects (documented, event types), so file and
 * webhook make the same key. That a retry repeats the ID and the time is inferred. The ID alone does not do: in the
 * samples it is a UUID of version 5, which is made of names, so that a course that is reset and completed again may
 * have the same one (inferred).
 */
function keyOf(payload: Payload): string | undefined {
	const id = textAt(payload, 'id');
	const timestamp = textAt(payload, 'timestamp');
	if (id === null) return undefined;
	return timestamp === null ? id : `${id}:${secondOf(timestamp)}`;
}

/** `user` is the learner's email address, `externalCustomerId` the learner's ID in single sign-on (documented). */
const personOf = (payload: Payload): Person => ({
	email: textAt(payload, 'user'),
	firstName: textAt(payload, 'userDetail.firstName'),
	lastName: textAt(payload, 'userDetail.lastName'),
	id: textAt(payload, 'userDetail.id'),
	externalId: textAt(payload, 'userDetail.externalCustomerId'),
});

/**
 * That `notifiableId` is the course is documented. `companyId` and `userDetail.client` are not described; that the
 * one is the platform's instance and the other the institution is inferred.
 */
const completed = (payload: Payload): IDataObject => ({
	courseId: textAt(payload, 'notifiableId'),
	courseTitle: textAt(payload, 'title'),
	companyId: textAt(payload, 'companyId'),
	clientId: textAt(payload, 'userDetail.client'),
	source: textAt(payload, 'source'),
	type: textAt(payload, 'type'),
	refs: refsOf(payload),
	...((payload.license ?? null) !== null && { license: payload.license }),
});

export const events: readonly EventDefinition[] = [
	{
		type: COMPLETED,
		label: 'Course Completed',
		description: 'A learner completed a course',
		schema: completionEvent,
		sample: completion,
		key: keyOf,
		person: personOf,
		summary: completed,
	},
	{
		type: TEST_NOTIFICATION,
		label: 'Test Notification',
		description: 'A delivery that names no event, such as the test that Innovative Educators sends after set-up',
		schema: anything,
		/** Nothing is known of its body. */
		sample: {},
		kind: 'test',
		key: () => undefined,
		person: personOf,
		summary: () => ({ isTest: true }),
	},
];
