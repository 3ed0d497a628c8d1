import {
	innovativeEducators,
	innovativeEducatorsWebhooks,
} from '#dist/nodes/InnovativeEducators/provider.js';
import { completion } from '#dist/nodes/InnovativeEducators/events/samples.js';
import { schemaDeviations as deviations } from '#dist/nodes/shared/events/identify.js';
import { fixture } from '../../fixture.mjs';
import { eventOf, itemOf as shaped } from '../../events.mjs';

/** @typedef {import('n8n-workflow').IDataObject} Payload */

/**
 * @type {Record<string, { key?: string, eventKey: string, title: string, occurredAt: string | null, occurredOn: string | null, deliveryId: string | null, blocks: { person: object } }>}
 */
const expected = fixture('./innovative-educators-events.json');

/** @param {Payload} payload */
const identified = (payload) => eventOf(innovativeEducatorsWebhooks, payload);
/** @param {import('../../../../nodes/shared/events/types.js').Event} event */
const schemaDeviations = (event) => deviations(innovativeEducators, event);

/** @param {Payload} payload @returns {any} */
const itemOf = (payload) => shaped(innovativeEducators, identified(payload));

/** @param {Payload} changes */
const withDetail = (changes) => ({
	...completion,
	userDetail: { .../** @type {Payload} */ (completion.userDetail), ...changes },
});

test('the events are the documented one and the test notification, and the fixture covers both', () => {
	expect(innovativeEducators.events.map(({ type, label }) => [type, label])).toEqual([
		['courseCompletion', 'Course Completed'],
		['test_notification', 'Test Notification'],
	]);
	expect(Object.keys(expected)).toEqual(innovativeEducators.events.map(({ type }) => type));
});

describe.each([...innovativeEducators.events])('$type', (definition) => {
	const { type, sample } = definition;

	test('matches its sample, which conforms to its schema', () => {
		expect(identified(sample)).toMatchObject({ event: type });
		expect(schemaDeviations(identified(sample))).toEqual([]);
	});

	test('has the expected key, title, times and blocks', () => {
		expect(definition.key(sample)).toBe(expected[type].key);
		const { key, blocks, ...rest } = expected[type];
		expect(itemOf(sample)).toMatchObject({
			...rest,
			...blocks,
			provider: 'innovative-educators',
			event: type,
			payload: sample,
		});
	});

	test('does not change the payload', () => {
		const before = structuredClone(sample);
		itemOf(sample);
		expect(sample).toEqual(before);
	});

	test('has a label and a description', () => {
		expect(definition.label).toMatch(/^([A-Z][a-z]+ ?)+$/);
		expect(definition.description).toMatch(/^[A-Z].{10,}[^.]$/);
	});
});

describe('a completion', () => {
	test('is the same event by its name in payloads and by the documented name', () => {
		const alias = { ...completion, event: 'courseComplete' };
		expect(itemOf(alias)).toEqual({ ...itemOf(completion), payload: alias });
	});

	test('may have any source and type', () => {
		for (const other of [
			{ source: 'manager_status_change' },
			{ source: null, type: null },
			{ type: 'enrollment' },
		]) {
			expect(identified({ ...completion, ...other }).eventKey).toBe(
				identified(completion).eventKey,
			);
		}
	});

	test('has the same key whatever other fields change', () => {
		const again = {
			...withDetail({ firstName: 'Adele', shippingName: 'A' }),
			title: 'Orientation',
			user: null,
			score: 7,
		};
		expect(identified(again).eventKey).toBe(identified(completion).eventKey);
	});

	test('has another key with another ID, and without an ID a digest of its bytes', () => {
		expect(identified({ ...completion, id: 'another' }).eventKey).toBe(
			'innovative-educators:courseCompletion:another:2026-03-04T15:06:07Z',
		);
		const { id, ...rest } = completion;
		expect(identified(rest).eventKey).toMatch(
			/^innovative-educators:courseCompletion:sha256-[0-9a-f]{32}$/,
		);
		expect(identified({ ...rest, id: null }).eventKey).not.toBe(identified(rest).eventKey);
	});

	test('has IDs as text with leading zeros, even if they were numbers', () => {
		expect(itemOf(withDetail({ externalCustomerId: '007', ref1: '0042', ref2: 42 }))).toMatchObject(
			{
				person: { externalId: '007' },
				refs: { ref1: '0042', ref2: '42' },
			},
		);
	});

	test('has the references up to the tenth, null without a value', () => {
		const refs = Object.fromEntries(
			Array.from({ length: 12 }, (_, index) => [`ref${index + 1}`, `value ${index + 1}`]),
		);
		const { ref11, ref12, ...ten } = refs;
		expect(itemOf(withDetail(refs)).refs).toEqual(ten);
		const empty = itemOf(withDetail({ ref1: null, ref2: '', ref3: undefined })).refs;
		expect(Object.values(empty)).toEqual(Array(10).fill(null));
	});

	test('passes on what is not documented, such as a license, in its payload', () => {
		const payload = { ...completion, license: { name: 'Spring' } };
		expect(itemOf(payload).payload).toEqual(payload);
	});

	test('has a person of nulls without learner details', () => {
		for (const userDetail of [undefined, null, 7, [], {}, 'text']) {
			const { person, refs } = itemOf({
				...completion,
				user: { email: 'x' },
				userDetail,
			});
			expect([...Object.values(person), ...Object.values(refs)]).toEqual(Array(17).fill(null));
		}
	});

	test('deviates from its schema only if an identifying field is missing or a type differs', () => {
		expect(schemaDeviations(identified({ event: 'courseCompletion' }))).toEqual([
			'id: Required',
			'notifiableId: Required',
			'timestamp: Required',
		]);
		const bare = { id: '1', event: 'courseCompletion', notifiableId: '2', timestamp: 'now' };
		expect(schemaDeviations(identified(bare))).toEqual([]);
		expect(schemaDeviations(identified({ ...bare, userDetail: { ref7: 7 } }))).toEqual([
			'userDetail.ref7: Expected string, received number',
		]);
	});
});

describe('a test notification', () => {
	test.each([
		{},
		{ message: 'Test' },
		{ event: null },
		{ event: '' },
		{ event: ' ' },
		{ event: ['courseCompletion'] },
		{ ...completion, event: undefined },
	])('is any body without an event name: %j', (payload) => {
		expect(identified(/** @type {Payload} */ (payload)).event).toBe('test_notification');
		expect(itemOf(/** @type {Payload} */ (payload)).course.id).toBeNull();
	});

	test('has a person if it has the fields of a learner', () => {
		expect(itemOf({ ...completion, event: null }).person).toEqual(
			expected.courseCompletion.blocks.person,
		);
	});
});

test.each(['courseEnrollment', 'COURSECOMPLETION', 'course.completed', 'test'])(
	'an event with another name, %s, is unsupported',
	(event) => {
		const payload = { ...completion, event };
		expect(identified(payload)).toMatchObject({
			event,
			eventKey: `innovative-educators:${event}:${completion.id}`,
		});
		expect(itemOf(payload)).toMatchObject({ event, occurredAt: completion.timestamp, payload });
	},
);

describe('the key of a completion', () => {
	/** @param {unknown} timestamp */
	const keyAt = (timestamp) =>
		identified({ ...completion, timestamp: /** @type {any} */ (timestamp) }).eventKey;

	test('differs if the course was reset and completed again with the same ID', () => {
		expect(keyAt('2026-04-04T15:06:07.089Z')).not.toBe(keyAt(completion.timestamp));
	});

	test.each([
		'2026-03-04T15:06:07Z',
		'2026-03-04T15:06:07.089+00:00',
		'2026-03-04T10:06:07-05:00',
		'2026-03-04 15:06:07',
		'2026-03-04 15:06:07 +0000',
		'2026-03-04t15:06:07z',
		'2026-03-04 15:06:07.089',
		'1772636767',
		'1772636767089',
		1772636767089,
		' 2026-03-04T15:06:07.089Z ',
	])('is the same if its time is formatted as %j, as it may be in a CSV file', (timestamp) => {
		expect(keyAt(timestamp)).toBe(keyAt(completion.timestamp));
	});

	test.each([undefined, null, '', {}, []])('is the ID alone if the time is %j', (timestamp) => {
		expect(keyAt(timestamp)).toBe(`innovative-educators:courseCompletion:${completion.id}`);
	});

	test('contains unchanged text that is not a time, and stays short', () => {
		expect(keyAt('yesterday')).toBe(
			`innovative-educators:courseCompletion:${completion.id}:yesterday`,
		);
		expect(keyAt('9'.repeat(1000)).length).toBeLessThan(200);
	});
});
