import { jofi } from '#dist/nodes/Jofi/provider.js';
import { definitionOf, identify, schemaDeviations } from '#dist/nodes/shared/events/identify.js';
import { textAt } from '#dist/nodes/shared/values/text.js';
import { fixture } from '../../fixture.mjs';
import { identified, itemOf } from '../../events.mjs';

/** @typedef {{ key: string, title: string, blocks: object }} Expected */
/** @type {Record<string, Expected>} */
const expected = fixture('./jofi-events.json');

/** @param {import('n8n-workflow').IDataObject} payload */
const eventOf = (payload) => identified(jofi, payload);

test('the five events that JOFI documents are there and the derived one, and no expectation is forgotten', () => {
	expect(jofi.events.map(({ type }) => type)).toEqual([
		'invitation.created',
		'invitation.accepted',
		'test_taker.created',
		'test_taker.assessment_completed',
		'derived.all_assessments_completed',
		'career_navigation_profile.created',
	]);
	expect(Object.keys(expected).sort()).toEqual(jofi.events.map(({ type }) => type).sort());
});

describe.each([...jofi.events])('$type', (definition) => {
	const { type, sample, derivedFrom } = definition;
	/** @param {import('n8n-workflow').IDataObject} payload */
	const eventOf = (payload) =>
		identify(jofi, { type, payload, id: textAt(payload, 'id') ?? undefined });

	test('recognizes its sample, which differs nowhere from its schema', () => {
		expect(sample.type).toBe(derivedFrom ?? type);
		expect(definitionOf(jofi, eventOf(sample).event)).toBe(definition);
		expect(schemaDeviations(jofi, eventOf(sample))).toEqual([]);
	});

	test('has the key, the title and the blocks that are expected', () => {
		expect(definition.key(sample)).toBe(expected[type].key);
		const { title, person, owner, assessment, links, deliveryId } = itemOf(jofi, eventOf(sample));
		expect({ title, blocks: { person, owner, assessment, links } }).toEqual({
			title: expected[type].title,
			blocks: expected[type].blocks,
		});
		expect(deliveryId).toBe(sample.id);
	});

	test('leaves the payload as it was', () => {
		const before = structuredClone(sample);
		definition.key(sample);
		definition.blocks(sample);
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
			const { person } = itemOf(jofi, eventOf(payload));
			expect(Object.values(person)).toEqual(Array(7).fill(null));
		}
	});

	test('says what it is in the editor', () => {
		expect(definition.label).toMatch(/^([A-Z][a-z]+ ?)+$/);
		expect(definition.description).toMatch(/^[A-Z].{10,}[^.]$/);
	});
});

test('no two samples have the same key', () => {
	const keys = jofi.events.map(
		({ type, sample }) => identify(jofi, { type, payload: sample }).eventKey,
	);
	expect(new Set(keys).size).toBe(keys.length);
});

test('ids are text in the person, and keep their leading zeros', () => {
	const [{ sample }] = jofi.events.filter(({ type }) => type === 'test_taker.created');
	const { object } = /** @type {{ object: object }} */ (sample.data);
	const payload = { ...sample, data: { object: { ...object, id: 7, person_id: '007' } } };
	expect(itemOf(jofi, eventOf(payload)).person).toMatchObject({ id: '7', externalId: '007' });
});

describe('the assessments of an item', () => {
	const [{ sample }] = jofi.events.filter(({ type }) => type === 'test_taker.assessment_completed');
	const { object } = /** @type {any} */ (sample.data);
	/** @param {object[]} assigned_assessments */
	const assessmentOf = (...assigned_assessments) =>
		itemOf(jofi, eventOf({ ...sample, data: { object: { ...object, assigned_assessments } } }))
			.assessment;

	test.each([
		['assigned', {}],
		['started', { started_at: '2026-02-03T12:43:31Z' }],
		['saved', { started_at: '2026-02-03T12:43:31Z', progress_saved_at: '2026-02-03T12:50:00Z' }],
		['completed', { completed_at: '2026-02-03T13:05:12Z' }],
	])('are %s by their times', (status, times) => {
		expect(assessmentOf({ id: 1, ...times }).items).toMatchObject([{ status }]);
	});

	test('say whether each counts for the score, if JOFI does', () => {
		const { items } = assessmentOf(
			{ id: 1, is_used_for_scoring: true },
			{ id: 2, is_used_for_scoring: false },
			{ id: 3 },
		);
		expect(items.map((/** @type {any} */ each) => each.countsForScore)).toEqual([
			true,
			false,
			null,
		]);
	});

	test('are counted without those that JOFI does not use for scoring, as is what is completed', () => {
		const early = '2026-02-03T12:50:00Z';
		const completed_at = '2026-02-03T13:05:12Z';
		const unscored = { id: 3, is_used_for_scoring: false };
		expect(assessmentOf({ id: 1, completed_at }, unscored)).toMatchObject({
			completed: 1,
			total: 1,
			allCompleted: true,
			items: [{}, {}],
		});
		expect(
			assessmentOf({ id: 1, completed_at: early }, { id: 2 }, { ...unscored, completed_at }),
		).toMatchObject({ completed: 1, total: 2, allCompleted: false });
	});

	test('that do not count are completed without a count in the title', () => {
		const assessment = (/** @type {number} */ id) => ({ id, display_name: `Part ${id}` });
		const assigned_assessments = [
			{ id: 1, assessment: assessment(6) },
			{
				...{ id: 2, assessment: assessment(7), is_used_for_scoring: false },
				completed_at: '2026-02-03T13:05:12Z',
			},
		];
		const payload = { ...sample, data: { object: { ...object, assigned_assessments } } };
		expect(itemOf(jofi, eventOf(payload)).title).toBe('Linda Sample completed Part 7');
	});

	test('are all completed when none is open, and none is not all', () => {
		const completed_at = '2026-02-03T13:05:12Z';
		expect(assessmentOf({ id: 1, completed_at }, { id: 2, completed_at })).toMatchObject({
			completed: 2,
			total: 2,
			allCompleted: true,
		});
		expect(assessmentOf({ id: 1, completed_at }, { id: 2 })).toMatchObject({
			completed: 1,
			total: 2,
			allCompleted: false,
		});
		expect(assessmentOf()).toMatchObject({ completed: 0, total: 0, allCompleted: false });
	});
});
