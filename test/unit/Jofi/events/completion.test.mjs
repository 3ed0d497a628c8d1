import { finishedAssessment } from '#dist/nodes/Jofi/events/completion.js';
import { events } from '#dist/nodes/Jofi/events/definitions.js';

/** @param {number} id @param {unknown} completedAt */
const assigned = (id, completedAt) => ({
	id,
	assessment: { id: id * 10, short_name: `Short ${id}`, display_name: `Long ${id}` },
	completed_at: completedAt,
});

/**
 * @param {unknown} assessments
 * @param {unknown} [createdAt]
 * @returns {import('n8n-workflow').IDataObject}
 */
const eventOf = (assessments, createdAt = '2026-02-03T13:00:00.000Z') => ({
	id: 'evt_1',
	type: 'test_taker.assessment_completed',
	created_at: /** @type {string} */ (createdAt),
	data: /** @type {import('n8n-workflow').IDataObject} */ ({
		object: { id: 1, assigned_assessments: assessments },
	}),
});

/** @param {import('n8n-workflow').IDataObject} payload */
const finished = (payload) => finishedAssessment(payload)?.assignmentId;

/** @param {import('n8n-workflow').IDataObject} payload */
const keyOf = (payload) => events.find(({ type }) => type === payload.type)?.key(payload);

describe('the assessment that was finished last', () => {
	test('is the one completed just before the event', () => {
		expect(
			finished(
				eventOf([
					assigned(1, '2026-02-03T12:00:00Z'),
					assigned(2, '2026-02-03T12:59:59.7Z'),
					assigned(3, null),
				]),
			),
		).toBe(2);
	});

	test('is the one nearest to the event when a late delivery shows a later state', () => {
		const list = [assigned(1, '2026-02-03T13:00:00.300Z'), assigned(2, '2026-02-03T15:00:00Z')];
		expect(finished(eventOf(list))).toBe(1);
		expect(finished(eventOf(list, '2026-02-03T15:00:01Z'))).toBe(2);
	});

	test('is found across time zones', () => {
		const list = [
			assigned(1, '2026-02-03T14:00:00+02:00'),
			assigned(2, '2026-02-03T08:00:00-05:00'),
		];
		expect(finished(eventOf(list))).toBe(2);
	});

	test('does not depend on the order of the list', () => {
		const list = [
			assigned(1, '2026-02-03T12:00:00Z'),
			assigned(2, '2026-02-03T12:59:00Z'),
			assigned(3, '2026-02-03T11:00:00Z'),
		];
		expect(finished(eventOf(list))).toBe(2);
		expect(finished(eventOf([...list].reverse()))).toBe(2);
	});

	test.each([null, '', 'yesterday', {}])(
		'is the latest when the event has no readable time: %j',
		(createdAt) => {
			const list = [
				assigned(1, '2026-02-03T12:00:00Z'),
				assigned(2, '2026-02-03T15:00:00Z'),
				assigned(3, '2026-02-03T13:00:00Z'),
			];
			expect(finished(eventOf(list, createdAt))).toBe(2);
		},
	);

	test.each([
		['none is complete', [assigned(1, null), assigned(2, undefined), assigned(3, '')]],
		['no time can be read', [assigned(1, 'yesterday'), assigned(2, {}), assigned(3, true)]],
		['the list is empty', []],
		['the list is missing', undefined],
		['the list is null', null],
		['the list is text', 'Personality'],
		['the list is an object', { 0: assigned(1, '2026-02-03T12:00:00Z'), length: 1 }],
		['the list holds no objects', [null, 7, 'text', []]],
	])('is unknown when %s', (_, list) => {
		expect(finishedAssessment(eventOf(list))).toBeUndefined();
		expect(keyOf(eventOf(list))).toBeUndefined();
	});

	test('is found among unreadable entries', () => {
		expect(
			finished(
				eventOf([null, assigned(1, 'yesterday'), assigned(2, '2026-02-03T12:00:00Z'), 'text']),
			),
		).toBe(2);
	});
});

describe('the key', () => {
	const list = [assigned(1, '2026-02-03T12:00:00Z'), assigned(2, '2026-02-03T12:59:59Z')];

	test('names the test taker, the assignment and when it was completed', () => {
		expect(keyOf(eventOf(list))).toBe('1:2:2026-02-03T12:59:59.000Z');
	});

	test('is the same in another spelling of the time', () => {
		expect(keyOf(eventOf([assigned(2, '2026-02-03T13:59:59.000+01:00')]))).toBe(
			keyOf(eventOf(list)),
		);
	});

	test('is another one when the assessment is taken again', () => {
		expect(keyOf(eventOf([assigned(2, '2026-02-03T12:59:58Z')]))).not.toBe(keyOf(eventOf(list)));
	});
});
