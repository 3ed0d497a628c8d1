import { regpack } from '#dist/nodes/Regpack/provider.js';
import { replyEvents } from '#dist/nodes/Regpack/trigger/replyPoints.js';
import { definitionOf, schemaDeviations, identifyAll } from '#dist/nodes/shared/events/identify.js';
import { sampleItems } from '#dist/nodes/shared/events/samples.js';
import { itemOf, RECEPTION } from '../../events.mjs';
import { fixture } from '../../fixture.mjs';

/** @typedef {import('n8n-workflow').IDataObject} Payload */

/**
 * What the documentation lists (docs/webhooks), in its order: the parts that come besides user_info
 * and meta_info, and whether a reply is spoken of. `people` where user_info is a list.
 *
 * @type {Record<string, { parts: string[], waits: boolean, people?: string[], title: string, person: object, registration: object }>}
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
	const { parts, people = ['200001'], title, person, registration } = expected[type];
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
			expect([first, ...others].map((event) => itemOf(regpack, event).person.id)).toEqual(people);
	});

	test('has the title, the person and the registration that are expected', () => {
		expect(itemOf(regpack, first)).toMatchObject({ title, person, registration });
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
			const item = itemOf(regpack, { ...first, extra: {}, payload });
			expect(Object.keys(item.registration)).toEqual(Object.keys(registration));
			expect(Object.keys(item.person)).toEqual(Object.keys(person));
		}
		const { person: unknown } = itemOf(regpack, { ...first, extra: {}, payload: {} });
		expect(Object.values(unknown)).toEqual(Array(7).fill(null));
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
		const items = sampleItems(regpack, type, RECEPTION);
		expect(items).toHaveLength(people.length);
		expect(items[0]).toMatchObject({
			provider: 'regpack',
			event: type,
			occurredAt: null,
			person,
			registration: { ...registration, form: type.endsWith('*') ? '12345' : null },
			source: 'sample',
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
	for (const { blocks } of regpack.events)
		expect(blocks(/** @type {Payload} */ (payload)).person?.email).toBe(email);
});

test.each([
	['form_submitted', { google: { b: 2 }, fb_pixel: 'x' }],
	['status_update', { status: { id: 1 }, status_info: [2], changed_by: 'Jane' }],
	['payment_issued', { payment_info: { id: 7 } }],
])('%s passes on all parts, also those of which no name is documented', (type, parts) => {
	const payload = { user_info: {}, meta_info: {}, ...parts };
	const [event] = eventsIn(type, payload);
	expect(itemOf(regpack, event).payload).toEqual(payload);
});

test('amounts are numbers, unless they are ambiguous, which only the payload shows', () => {
	const meta_info = { total_order: '1,234.50', total_paid: '1,234', total_balance: '-0.50' };
	const [event] = eventsIn('login_success', { user_info: {}, meta_info });
	expect(itemOf(regpack, event)).toMatchObject({
		registration: { order: 1234.5, paid: null, balance: -0.5 },
		payload: { meta_info },
	});
});

test("a child's registration names its parent, and an individual's names none", () => {
	const registrationOf = (/** @type {string} */ type) =>
		sampleItems(regpack, type, RECEPTION)[0].registration;
	expect(registrationOf('child_complete')).toMatchObject({ isChild: true, parentId: '200001' });
	expect(registrationOf('user_complete')).toMatchObject({ isChild: false, parentId: null });
});
