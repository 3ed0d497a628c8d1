import { nameOf } from '../../shared/events/title';
import type { EventDefinition, Payload } from '../../shared/events/types';
import { asText, textAt } from '../../shared/values/text';
import { completionBlocks, unrecognizedBlocks } from './blocks';
import { personOf } from './person';
import { completion } from './samples';
import { anyObject, completionEvent } from './schemas';
import { secondOf } from './timestamp';

/** The only supported event, by its name in payloads (documented, webhooks, sample payload). */
export const COMPLETED = 'courseCompletion';

/** The documentation's headings and text use this name; its sample payload does not. */
const DOCUMENTED_NAME = 'courseComplete';

/** Our name for a body without an event name. */
export const TEST_NOTIFICATION = 'test_notification';

/**
 * The event type of a body. It ignores `source` and `type`, as their values for a completion are
 * not documented. The test notification after setup is documented, its body is not, so a body
 * without an event name counts as one. Any other name is an event that this version does not
 * support.
 */
export function typeOf(payload: Payload): string {
	const name = asText(payload.event)?.trim() ?? '';
	if (name === '') return TEST_NOTIFICATION;
	return name === DOCUMENTED_NAME ? COMPLETED : name;
}

/**
 * Identifies a completion. The nightly file holds the same objects (documented, event types), so
 * the file and the webhook produce the same key. That a retry repeats the ID and the time is
 * inferred. The ID alone is not enough: in the samples it is a UUID of version 5, which is derived
 * from names, so a course that is reset and completed again may keep its ID (inferred).
 */
function keyOf(payload: Payload): string | undefined {
	const id = textAt(payload, 'id');
	const timestamp = textAt(payload, 'timestamp');
	if (id === null) return undefined;
	return timestamp === null ? id : `${id}:${secondOf(timestamp)}`;
}

/**
 * What a completion is about: the learner, by the platform's ID, the one in single sign-on or the
 * address, and the course. A learner may have two accounts (documented, federated identity), and a
 * new session of a course may be another course (inferred).
 */
function occasionOf(payload: Payload): string | undefined {
	const course = textAt(payload, 'notifiableId');
	const { id, externalId, email } = personOf(payload);
	const learner = id ?? externalId ?? email?.toLowerCase();
	return course && learner ? `${learner} ${course}` : undefined;
}

export const events: readonly EventDefinition[] = [
	{
		type: COMPLETED,
		label: 'Course Completed',
		description: 'A learner completed a course',
		schema: completionEvent,
		sample: completion,
		key: keyOf,
		occasion: occasionOf,
		title: ({ person, course: completed }) =>
			`${nameOf(person, 'A learner')} completed ${completed?.title ?? 'a course'}`,
		blocks: completionBlocks,
	},
	{
		type: TEST_NOTIFICATION,
		label: 'Test Notification',
		description:
			'A delivery without an event name, such as the test that Innovative Educators sends after setup',
		schema: anyObject,
		/** Its body is not documented. */
		sample: {},
		kind: 'test',
		key: () => undefined,
		title: ({ label }) => `Test notification from ${label}`,
		blocks: (payload, extra) => ({
			person: personOf(payload),
			...unrecognizedBlocks(payload, extra),
		}),
	},
];
