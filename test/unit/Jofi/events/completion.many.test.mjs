import fc from 'fast-check';

import { jofi, jofiWebhooks } from '#dist/nodes/Jofi/provider.js';
import { processEvents } from '#dist/nodes/shared/events/process.js';
import { identify } from '#dist/nodes/shared/events/identify.js';
import { assessmentsCompleted, assignmentsOf } from '#dist/nodes/Jofi/polling/mapEvents.js';
import { executeContext, ProcessedRow } from '../../executeContext.mjs';
import { itemOf } from '../../events.mjs';
import { deliver } from '../../webhookContext.mjs';

const COMPLETED = 'test_taker.assessment_completed';
const START = Date.parse('2026-02-03T13:00:00Z');
const SECOND = 1000;

/** @typedef {{ id: number, at: number }} Completion milliseconds since 1970 */
/**
 * @typedef {{ at: number, shown: Completion[] }} Event when it was stamped, and the completions
 * that its payload shows
 */

/**
 * A time as JOFI writes it: the fraction 3 to 6 digits long, `+00:00` or `Z` (documented by
 * example).
 *
 * @param {number} at milliseconds since 1970
 * @param {number} [style]
 */
function written(at, style = 0) {
	const [seconds, rest] = new Date(at).toISOString().split('.');
	const fraction = rest.slice(0, 3) + ['', '0', '00', '000', '9', '98', '987'][style % 7];
	return `${seconds}.${fraction}${style % 2 ? 'Z' : '+00:00'}`;
}

/**
 * A test taker with these assignments completed, and one open.
 *
 * @param {Completion[]} completions
 * @param {number} [style]
 */
const testTaker = (completions, style) => ({
	object: 'test_taker',
	id: 42001,
	assigned_assessments: [
		{ id: 1, assessment: { id: 10, short_name: 'Open', display_name: 'Open' }, completed_at: null },
		...completions.map(({ id, at }, index) => ({
			id,
			assessment: { id: id * 10, short_name: `A${id}`, display_name: `Assessment ${id}` },
			completed_at: written(at, style === undefined ? 0 : style + index),
		})),
	],
});

let triggers = 0;

/** A trigger that drops duplicates, with both of its phases. */
function trigger(filters = {}) {
	const place = { workflowId: `completions ${++triggers}`, nodeId: 'trigger' };
	const row = new ProcessedRow();
	let id = 0;
	return {
		/**
		 * The items of a delivery.
		 *
		 * @param {Event} event
		 * @param {number} [style]
		 * @returns {Promise<any[]>}
		 */
		async receive({ at, shown }, style) {
			const body = JSON.stringify({
				...{
					id: `evt_${++id}`,
					type: COMPLETED,
					object: 'event',
					created_at: new Date(at).toISOString(),
					api_version: '2.3.0',
				},
				data: { object: testTaker(shown, style) },
			});
			const { items } = await deliver({ ...place, body, filters, events: [COMPLETED] });
			if (items.length === 0) return [];
			const { context } = executeContext({ row, ...place, id: String(id), items });
			return (await processEvents(context, jofiWebhooks))[0].map(({ json }) => json);
		},
	};
}

/**
 * What polling makes of a record.
 *
 * @param {Completion[]} completions
 * @param {number} [style]
 * @returns {any[]}
 */
function polled(completions, style) {
	const record = /** @type {any} */ (testTaker(completions, style));
	const client = /** @type {any} */ ({ mode: 'live' });
	const assignments = assignmentsOf(record).filter(({ completedAt }) => completedAt);
	return assessmentsCompleted(client, { record, from: [] }, assignments).map((event) =>
		itemOf(jofi, event),
	);
}

/** @param {any[]} items */
const named = (items) => items.map(({ assessment }) => Number(assessment.id) / 10);
/** @param {any[]} items */
const keysOf = (items) => items.map(({ eventKey }) => eventKey).sort();

const A = { id: 22222, at: START };
const B = { id: 33333, at: START + 20 * SECOND };

describe('two completions of a test taker', () => {
	test('are two events when the later one is nearer to the event of the earlier', async () => {
		const { receive } = trigger();
		expect(named(await receive({ at: START + 12 * SECOND, shown: [A, B] }))).toEqual([A.id]);
		expect(named(await receive({ at: START + 32 * SECOND, shown: [A, B] }))).toEqual([B.id]);
	});

	test('are two events when that of the earlier is stamped after the later one, and shows both', async () => {
		const { receive } = trigger();
		const items = [
			...(await receive({ at: START + 30 * SECOND, shown: [A, B] })),
			...(await receive({ at: START + 50 * SECOND, shown: [A, B] })),
		];
		expect(named(items).sort()).toEqual([A.id, B.id]);
		expect(keysOf(items)).toEqual(keysOf(polled([A, B])));
	});

	test.each([[[A.id, B.id]], [[B.id, A.id]]])(
		'are two events when they were completed at the same time, %j first',
		async ([first, second]) => {
			const [one, other] = [first, second].map((id) => ({ id, at: START }));
			const { receive } = trigger();
			const items = [
				...(await receive({ at: START + SECOND, shown: [one] })),
				...(await receive({ at: START + SECOND, shown: [one, other] })),
			];
			expect(named(items)).toEqual([first, second]);
			expect(keysOf(items)).toEqual(keysOf(polled([one, other])));
			expect(new Set(keysOf(items)).size).toBe(2);
		},
	);

	test('are distinct among polled items too when they were completed at the same time', () => {
		const items = polled([
			{ id: 2, at: START },
			{ id: 3, at: START },
		]);
		expect(named(items)).toEqual([2, 3]);
		expect(items.map(({ eventKey }) => eventKey)).toEqual([
			`jofi:${COMPLETED}:42001:2:2026-02-03T13:00:00.000Z`,
			`jofi:${COMPLETED}:42001:3:2026-02-03T13:00:00.000Z`,
		]);
	});

	test('pass a filter each by itself', async () => {
		const { receive } = trigger({ assessments: [`A${B.id}`] });
		expect(named(await receive({ at: START + 30 * SECOND, shown: [A, B] }))).toEqual([B.id]);
	});

	test('count as many as were complete by then, however late they come, and by polling too', async () => {
		const counted = (/** @type {any[]} */ items) =>
			items.map(({ assessment }) => [
				assessment.completed,
				assessment.total,
				assessment.allCompleted,
			]);
		const both = [
			[1, 3, false],
			[2, 3, false],
		];
		expect(counted(polled([A, B]))).toEqual(both);
		expect(counted(polled([A, { ...B, at: A.at }]))).toEqual(both);
		expect(counted(await trigger().receive({ at: START + 30 * SECOND, shown: [A, B] }))).toEqual(
			both,
		);
	});

	test('leave the payload as it came', async () => {
		const [one, other] = await trigger().receive({ at: START + 30 * SECOND, shown: [A, B] });
		expect(one.payload).toEqual(other.payload);
		expect(one.payload.data.object).toEqual(testTaker([A, B]));
		expect([one.assessment.completed, other.assessment.completed]).toEqual([1, 2]);
	});
});

describe('the completion of an event', () => {
	const anHourBefore = { id: 4, at: START - 3600 * SECOND };

	test('is the one that was just made when its clock is ahead of that of the event', async () => {
		expect(
			named(await trigger().receive({ at: START - 3 * SECOND, shown: [anHourBefore, A] })),
		).toEqual([A.id]);
	});

	test('is never one of long ago when one is shortly before', async () => {
		expect(
			named(await trigger().receive({ at: START + 12 * SECOND, shown: [anHourBefore, A] })),
		).toEqual([A.id]);
	});

	test('is the latest before when the event came very late', async () => {
		expect(
			named(await trigger().receive({ at: START + 600 * SECOND, shown: [anHourBefore, A] })),
		).toEqual([A.id]);
	});

	test('is the first one after it when there is none before', async () => {
		const shown = [
			{ id: 5, at: START + 900 * SECOND },
			{ id: 6, at: START + 600 * SECOND },
		];
		expect(named(await trigger().receive({ at: START, shown }))).toEqual([6]);
	});

	test('is one of at most five, whatever the payload', async () => {
		const shown = Array.from({ length: 2000 }, (_, index) => ({ id: index + 2, at: START }));
		expect(await trigger().receive({ at: START, shown })).toHaveLength(5);
	});
});

/**
 * How much later than the completion an event may be stamped for the promise to hold, in
 * milliseconds.
 */
const LAG = 60 * SECOND;
const SKEW = 5 * SECOND;

/**
 * Completions of which some are at the same time, their events, and what the payloads show by then.
 */
const history = fc
	.array(
		fc.record({
			/** Seconds after the one before; often none. */
			gap: fc.oneof(
				fc.constant(0),
				fc.integer({ min: 1, max: 40 }),
				fc.integer({ min: 1, max: 40_000 }),
			),
			/** Between the completion and its event; negative when the clocks differ. */
			lag: fc.integer({ min: -SKEW, max: LAG }),
			/** After its event, until the delivery is made and shows what is there then. */
			late: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3_600_000 })),
			/** Of the delivery among all of them. */
			order: fc.nat(1000),
			copies: fc.integer({ min: 1, max: 2 }),
			style: fc.nat(40),
		}),
		{ minLength: 1, maxLength: 5 },
	)
	.map((steps) => {
		let at = START;
		const completions = steps.map(({ gap }, index) => ({
			id: 1000 - index * 7,
			at: (at += gap * SECOND),
		}));
		const events = steps.flatMap(({ lag, late, copies, style, order }, index) => {
			const own = completions[index];
			const shown = completions.filter(
				(each, other) => other <= index || each.at <= own.at + Math.max(lag, 0) + late,
			);
			return Array(copies).fill({ at: own.at + lag, shown, style, order });
		});
		return { completions, events: events.sort((a, b) => a.order - b.order) };
	});

test('each completion runs once, whatever its event shows and whenever it comes', async () => {
	await fc.assert(
		fc.asyncProperty(history, async ({ completions, events }) => {
			const { receive } = trigger();
			const items = [];
			for (const event of events) items.push(...(await receive(event, event.style)));
			expect(keysOf(items)).toEqual(keysOf(polled(completions, events[0].style + 3)));
			expect(new Set(keysOf(items)).size).toBe(completions.length);
			expect(named(items).sort()).toEqual(completions.map(({ id }) => id).sort());
		}),
		{ numRuns: 300 },
	);
});

test('no event is about something that was not completed, however late it is stamped', async () => {
	await fc.assert(
		fc.asyncProperty(
			history,
			fc.array(fc.integer({ min: -7_200_000, max: 7_200_000 }), { minLength: 6, maxLength: 6 }),
			async ({ completions, events }, shifts) => {
				const { receive } = trigger();
				const items = [];
				for (const [index, event] of events.entries())
					items.push(...(await receive({ ...event, at: event.at + (shifts[index] ?? 0) })));
				const polledKeys = new Set(keysOf(polled(completions)));
				expect(items.length).toBeGreaterThan(0);
				expect(keysOf(items).filter((key) => !polledKeys.has(key))).toEqual([]);
				expect(new Set(keysOf(items)).size).toBe(items.length);
			},
		),
		{ numRuns: 100 },
	);
});
