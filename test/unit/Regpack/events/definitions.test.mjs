import { regpack } from '#dist/nodes/Regpack/provider.js';
import { replyEvents } from '#dist/nodes/Regpack/trigger/replyPoints.js';
import { definitionOf, schemaDeviations, identifyAll } from '#dist/nodes/shared/events/identify.js';
import { sampleItems } from '#dist/nodes/shared/events/samples.js';
import { fixture } from '../../fixture.mjs';

/** @typedef {import('n8n-workflow').IDataObject} Payload */

/**
 * What the documentation lists (docs/webhooks), in its order: the parts that come besides user_info
 * and meta_info, and whether a reply is spoken of. `people` where user_info is a list.
 *
 * @type {Record<string, { parts: string[], waits: boolean, people?: string[], person: object, summary: object }>}
 */
const expected = fixture('./regpack-events.json');

/** @param {string} type @param {Payload} payload */
const eventsIn = (type, payload) => [
	...identifyAll(regpack, [{ type, payload, extra: {} }], Buffer.from(JSON.stringify(payload))),
];

test('all 17 events of the documentation are there, and no others', () => {
	expect(Object.keys(expected)).toHaveLength(17);
	expect(regpack.events.map(({ type }) => type).sort()).toEqual(Object.keys(expected).sort());
});

test('the events whose senders wait for a reply are the documented ones', () => {
	expect([...replyEvents].sort()).toEqual(
		Object.keys(expected)
			.filter((type) => expected[type].waits)
			.sort(),
	);
});

test('no payload names its event', () => {
	for (const { type, sample } of regpack.events) {
		expect(JSON.stringify(sample)).not.toContain(type.replace('*', ''));
	}
});

describe.each([...regpack.events])('$type', (definition) => {
	const { type, sample } = definition;
	const { parts, people = ['200001'], person, summary } = expected[type];
	const [first, ...others] = eventsIn(type, sample);

	test('has a sample with the documented parts, which differs nowhere from its schema', () => {
		expect(Object.keys(sample)).toEqual(['user_info', 'meta_info', ...parts]);
		expect(definitionOf(regpack, first.event)).toBe(definition);
		for (const event of [first, ...others]) expect(schemaDeviations(regpack, event)).toEqual([]);
	});

	test('is one event for each of the people that it is about', () => {
		expect(Array.isArray(sample.user_info)).toBe('people' in expected[type]);
		expect(1 + others.length).toBe(people.length);
		if (people.length > 1)
			expect([first, ...others].map(({ payload }) => definition.person(payload).id)).toEqual(
				people,
			);
	});

	test('has the person and the fields that are expected', () => {
		expect(definition.person(first.payload)).toEqual(person);
		expect(definition.summary(first.payload)).toEqual(summary);
	});

	test('has no key, so that its whole content identifies it', () => {
		const keyOf = (/** @type {Payload} */ payload) => eventsIn(type, payload)[0].eventKey;
		expect(definition.key(sample)).toBeUndefined();
		expect(keyOf(sample)).toMatch(/^regpack:[a-z_*]+:sha256-[0-9a-f]{32}$/);
		expect(keyOf({ ...sample, doc: { comment: 'x' } })).not.toBe(keyOf(sample));
		expect(keyOf(structuredClone(sample))).toBe(keyOf(sample));
	});

	test('has all fields when parts are missing, and leaves the payload unchanged', () => {
		const before = structuredClone(sample);
		for (const payload of [sample, {}, { user_info: {}, meta_info: {} }]) {
			for (const name of Object.keys(summary))
				expect(Object.keys(definition.summary(payload))).toContain(name);
			expect(Object.keys(definition.person(payload))).toEqual(Object.keys(person));
		}
		expect(Object.values(definition.person({}))).toEqual([null, null, null, null, null]);
		expect(sample).toEqual(before);
	});

	test('may have its parts as objects or as lists, and more of them', () => {
		for (const part of [{ a: 1 }, [{ a: 1 }], null]) {
			const given = Object.fromEntries(
				parts.filter((name) => name !== 'username').map((name) => [name, part]),
			);
			const payload = { ...first.payload, ...given, added: { by: 'Regpack' } };
			expect(schemaDeviations(regpack, { ...first, payload })).toEqual([]);
		}
	});

	test('can be had as samples, which are marked', () => {
		const items = sampleItems(regpack, type);
		expect(items).toHaveLength(people.length);
		expect(items[0]).toMatchObject({
			provider: 'regpack',
			event: type,
			occurredAt: null,
			person,
			...summary,
			isSample: true,
		});
		expect(new Set(items.map(({ eventKey }) => eventKey)).size).toBe(items.length);
	});

	test('says what it is in the editor, by the name that is entered in Regpack', () => {
		expect(definition.label).toMatch(/^[A-Z][A-Za-z() ]+$/);
		expect(definition.description).toMatch(/^[A-Z].{10,} \([a-z_*]+\)$/);
		expect(definition.description.endsWith(` (${type})`)).toBe(true);
	});
});

test('the labels are distinct', () => {
	expect(new Set(regpack.events.map(({ label }) => label)).size).toBe(17);
});

test.each([
	[
		'the address of the form',
		{ doc: { main_email: 'form@example.com' }, username: 'name@example.com' },
		'form@example.com',
	],
	['the user name, if it is an address', { username: 'name@example.com' }, 'name@example.com'],
	['nothing, if the user name is none', { username: 'ada' }, null],
	['nothing, if the address is no text', { doc: { main_email: ['ada@example.com'] } }, null],
])("the person's email is %s", (_, payload, email) => {
	for (const { person } of regpack.events)
		expect(person(/** @type {Payload} */ (payload)).email).toBe(email);
});

test.each(['form_submitted', 'user_complete', 'child_complete'])(
	'%s passes on all that may be analytics, under whatever name',
	(type) => {
		const definition = regpack.events.find((event) => event.type === type);
		const payload = {
			user_info: {},
			meta_info: {},
			form_info: { a: 1 },
			doc: {},
			google: { b: 2 },
			fb_pixel: 'x',
		};
		expect(definition?.summary(payload)).toEqual({
			form: { a: 1 },
			fields: {},
			analytics: { google: { b: 2 }, fb_pixel: 'x' },
		});
		expect(definition?.summary({ user_info: {}, meta_info: {}, analytics: { b: 2 } })).toEqual({
			form: null,
			fields: null,
			analytics: { analytics: { b: 2 } },
		});
		expect(JSON.stringify(definition?.sample)).not.toContain('analytics');
	},
);

test('a change of status passes on all that may be about the status, under whatever name', () => {
	const definition = regpack.events.find(({ type }) => type === 'status_update');
	const payload = {
		user_info: {},
		meta_info: {},
		status: { id: 1 },
		status_info: [2],
		changed_by: 'Jane',
	};
	expect(definition?.summary(payload)).toEqual({
		statusInformation: { status: { id: 1 }, status_info: [2], changed_by: 'Jane' },
	});
});
