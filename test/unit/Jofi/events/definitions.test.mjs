import { jofi } from '#dist/nodes/Jofi/provider.js';
import { definitionOf, schemaDeviations } from '#dist/nodes/shared/events/identify.js';
import { fixture } from '../../fixture.mjs';
import { identified } from '../../events.mjs';

/** @typedef {{ key: string, person: object, summary: object }} Expected */
/** @type {Record<string, Expected>} */
const expected = fixture('./jofi-events.json');

/** @param {import('n8n-workflow').IDataObject} payload */
const eventOf = (payload) => identified(jofi, payload);

test('the five events that JOFI documents are there, and no expectation is forgotten', () => {
	expect(jofi.events.map(({ type }) => type)).toEqual([
		'invitation.created',
		'invitation.accepted',
		'test_taker.created',
		'test_taker.assessment_completed',
		'career_navigation_profile.created',
	]);
	expect(Object.keys(expected).sort()).toEqual(jofi.events.map(({ type }) => type).sort());
});

describe.each([...jofi.events])('$type', (definition) => {
	const { type, sample } = definition;

	test('recognizes its sample, which differs nowhere from its schema', () => {
		expect(sample.type).toBe(type);
		expect(definitionOf(jofi, eventOf(sample).event)).toBe(definition);
		expect(schemaDeviations(jofi, eventOf(sample))).toEqual([]);
	});

	test('has the key, the person and the fields that are expected', () => {
		expect(definition.key(sample)).toBe(expected[type].key);
		expect(definition.person(sample)).toEqual(expected[type].person);
		expect(definition.summary(sample)).toEqual(expected[type].summary);
	});

	test('leaves the payload as it was', () => {
		const before = structuredClone(sample);
		definition.key(sample);
		definition.person(sample);
		definition.summary(sample);
		expect(sample).toEqual(before);
	});

	test('has the same key whatever else JOFI changes or adds', () => {
		const { object } = /** @type {{ object: object }} */ (sample.data);
		const again = {
			...sample,
			id: 'evt_again',
			data: { object: { ...object, email: null, first_name: 'Lynn', score: 7 } },
		};
		expect(eventOf(again).eventKey).toBe(eventOf(sample).eventKey);
	});

	test('has another key for another object', () => {
		const { object } = /** @type {{ object: object }} */ (sample.data);
		const other = { ...sample, data: { object: { ...object, id: 99999 } } };
		expect(eventOf(other).eventKey).not.toBe(eventOf(sample).eventKey);
	});

	test('falls back to the id of the event without its object', () => {
		for (const data of [undefined, null, 7, [], {}, { object: null }]) {
			const payload = /** @type {import('n8n-workflow').IDataObject} */ ({ ...sample, data });
			expect(definition.key(payload)).toBeUndefined();
			expect(eventOf(payload).eventKey).toBe(`jofi:${type}:${sample.id}`);
			expect(Object.values(definition.person(payload))).toEqual([null, null, null, null, null]);
		}
	});

	test('says what it is in the editor', () => {
		expect(definition.label).toMatch(/^([A-Z][a-z]+ ?)+$/);
		expect(definition.description).toMatch(/^[A-Z].{10,}[^.]$/);
	});
});

test('no two samples have the same key', () => {
	const keys = jofi.events.map(({ sample }) => eventOf(sample).eventKey);
	expect(new Set(keys).size).toBe(keys.length);
});

test('ids are text in the person, and keep their leading zeros', () => {
	const [{ person, sample }] = jofi.events.filter(({ type }) => type === 'test_taker.created');
	const { object } = /** @type {{ object: object }} */ (sample.data);
	expect(
		person({ ...sample, data: { object: { ...object, id: 7, person_id: '007' } } }),
	).toMatchObject({ id: '7', externalId: '007' });
});
