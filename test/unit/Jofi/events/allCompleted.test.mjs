import fc from 'fast-check';

import { jofi, jofiWebhooks } from '#dist/nodes/Jofi/provider.js';
import { allAssessmentsCompleted } from '#dist/nodes/Jofi/polling/mapEvents.js';
import { processEvents } from '#dist/nodes/shared/events/process.js';
import { executeContext, ProcessedRow } from '../../executeContext.mjs';
import { itemOf } from '../../events.mjs';
import { deliver } from '../../webhookContext.mjs';

const COMPLETED = 'test_taker.assessment_completed';
const ALL = 'derived.all_assessments_completed';
const START = Date.parse('2026-02-03T13:00:00Z');
const SECOND = 1000;

/**
 * @typedef {{ id: number, at?: number | null, counts?: boolean | null, text?: string }} Assignment
 * `at` in milliseconds since 1970, none while it is open; `text` is a time that cannot be read
 */

/** @param {Assignment[]} assignments */
const testTaker = (assignments, id = 42001) => ({
	object: 'test_taker',
	id,
	first_name: 'Avery',
	last_name: 'Stone',
	assigned_assessments: assignments.map(({ id: assignment, at, text, counts }) => ({
		id: assignment,
		assessment: { id: assignment * 10, short_name: `A${assignment}`, display_name: 'Any' },
		completed_at: text ?? (at ? new Date(at).toISOString().replace('Z', '456+00:00') : null),
		...(counts !== undefined && { is_used_for_scoring: counts }),
	})),
});

let triggers = 0;

/** A trigger that drops duplicates, with both of its phases. @param {string[]} [events] */
function trigger(events = [ALL], filters = {}) {
	const place = { workflowId: `all completed ${++triggers}`, nodeId: 'trigger' };
	const row = new ProcessedRow();
	let id = 0;
	return {
		/**
		 * The items of a delivery.
		 *
		 * @param {number} at when its event was made
		 * @param {Assignment[]} assignments as it shows them
		 * @returns {Promise<any[]>}
		 */
		async receive(at, assignments) {
			const body = JSON.stringify({
				...{ id: `evt_${++id}`, type: COMPLETED, object: 'event' },
				created_at: new Date(at).toISOString(),
				data: { object: testTaker(assignments) },
			});
			const { items } = await deliver({ ...place, body, filters, events });
			if (items.length === 0) return [];
			const { context } = executeContext({ row, ...place, id: String(id), items });
			return (await processEvents(context, jofiWebhooks))[0].map(({ json }) => json);
		},
	};
}

/** What polling makes of a record in which all is new. @param {Assignment[]} assignments */
const polled = (assignments) => {
	const record = /** @type {any} */ (testTaker(assignments));
	const client = /** @type {any} */ ({ mode: 'live' });
	return allAssessmentsCompleted(client, { record, from: [] }).map((event) => itemOf(jofi, event));
};

const one = { id: 1, at: START };
const two = { id: 2, at: START + 20 * SECOND };
const three = { id: 3, at: START + 40 * SECOND };
const AT_END = START + 41 * SECOND;

describe('All Assessments Completed', () => {
	test('comes with the completion after which none is open', async () => {
		const { receive } = trigger();
		expect(await receive(one.at, [one, { id: 2 }, { id: 3 }])).toEqual([]);
		expect(await receive(two.at, [one, two, { id: 3 }])).toEqual([]);
		expect(await receive(AT_END, [one, two, three])).toMatchObject([
			{
				event: ALL,
				eventKey: `jofi:${ALL}:42001:3:2026-02-03T13:00:40.000Z`,
				title: 'Avery Stone completed all 3 JOFI assessments',
				assessment: {
					name: null,
					status: null,
					completedAt: '2026-02-03T13:00:40.000456+00:00',
					completed: 3,
					total: 3,
					allCompleted: true,
				},
				details: { derivedFrom: [COMPLETED] },
				payload: { type: COMPLETED },
			},
		]);
	});

	test('comes beside the completion itself, where both are selected, and not with Any Event', async () => {
		const events = async (/** @type {string[]} */ selected) =>
			(await trigger(selected).receive(AT_END, [{ id: 1, at: START - 3600 * SECOND }, three])).map(
				({ event }) => event,
			);
		expect(await events([COMPLETED, ALL])).toEqual([COMPLETED, ALL]);
		expect(await events(['*', ALL])).toEqual([COMPLETED, ALL]);
		expect(await events(['*'])).toEqual([COMPLETED]);
		expect(await events([COMPLETED])).toEqual([COMPLETED]);
	});

	test.each([
		[1, 'Avery Stone completed their only JOFI assessment'],
		[2, 'Avery Stone completed all 2 JOFI assessments'],
	])('of %s has a title that reads well', async (count, title) => {
		const [item] = await trigger().receive(AT_END, [one, two].slice(0, count));
		expect(item.title).toBe(title);
	});

	test('does not wait for an assessment that is not used for scoring', async () => {
		const unscored = { id: 9, counts: false };
		const { receive } = trigger();
		const [item] = await receive(AT_END, [unscored, one, three]);
		expect(item).toMatchObject({
			title: 'Avery Stone completed all 2 JOFI assessments',
			assessment: { completed: 2, total: 2, allCompleted: true, items: [{}, {}, {}] },
		});
	});

	test('is not said again by what is not used for scoring, even to a trigger that did not hear it', async () => {
		const late = { id: 9, counts: false, at: START + 3600 * SECOND };
		expect(await trigger().receive(late.at + SECOND, [late, one, three])).toEqual([]);
		expect(polled([late, one, three])).toHaveLength(1);
	});

	test('counts all, if JOFI uses none for scoring', async () => {
		const assignments = [one, two].map((each) => ({ ...each, counts: false }));
		const { receive } = trigger();
		expect(await receive(one.at, [assignments[0], { id: 2, counts: false }])).toEqual([]);
		expect(await receive(AT_END, assignments)).toMatchObject([{ assessment: { completed: 2 } }]);
	});

	test('comes again for an assessment that is completed again, or assigned later', async () => {
		const { receive } = trigger();
		expect(await receive(AT_END, [one, three])).toHaveLength(1);
		const again = { id: 1, at: START + 7200 * SECOND };
		expect(await receive(again.at, [again, three])).toHaveLength(1);
		const later = { id: 4, at: START + 9000 * SECOND };
		expect(await receive(START + 8000 * SECOND, [again, three, { id: 4 }])).toEqual([]);
		expect(await receive(later.at, [again, three, later])).toHaveLength(1);
	});

	test('is not derived from nothing', async () => {
		expect(await trigger().receive(START, [])).toEqual([]);
		expect(polled([])).toEqual([]);
	});

	test('has the ID of the delivery in its key if no time of completion can be read', async () => {
		const { receive } = trigger();
		const [item] = await receive(START, [{ id: 1, text: 'yesterday' }]);
		expect(item.eventKey).toBe(`jofi:${ALL}:evt_1`);
	});

	test.each([
		[{ assessments: ['A1'] }, 1],
		[{ assessments: ['A7'] }, 0],
	])('passes a filter by any assigned assessment: %j', async (filters, count) => {
		expect(await trigger([ALL], filters).receive(AT_END, [one, three])).toHaveLength(count);
	});
});

/** Completions of all assessments, and what their deliveries show and when they come. */
const history = fc
	.array(
		fc.record({
			/** Seconds after the one before; often none. */
			gap: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 4000 })),
			/** Whether its delivery shows what is there when it is sent, rather than when it was made. */
			isLate: fc.boolean(),
			/** Of the delivery among all of them. */
			order: fc.nat(1000),
			copies: fc.integer({ min: 1, max: 3 }),
			reverse: fc.boolean(),
		}),
		{ minLength: 1, maxLength: 5 },
	)
	.map((steps) => {
		let at = START;
		const all = steps.map(({ gap }, index) => ({
			id: 1000 - index * 7,
			at: (at += gap * SECOND),
		}));
		const deliveries = steps.flatMap(({ isLate, order, copies, reverse }, own) => {
			const shown = all.map((each, index) => (isLate || index <= own ? each : { id: each.id }));
			const delivery = { at: all[own].at, shown: reverse ? shown.reverse() : shown, order };
			return Array(copies).fill(delivery);
		});
		return { all, deliveries: deliveries.sort((a, b) => a.order - b.order) };
	});

test('it comes exactly once, in whatever order deliveries come, how often, and whatever they show', async () => {
	await fc.assert(
		fc.asyncProperty(history, async ({ all, deliveries }) => {
			const { receive } = trigger();
			const items = [];
			for (const { at, shown } of deliveries) items.push(...(await receive(at + SECOND, shown)));
			expect(items.map(({ eventKey }) => eventKey)).toEqual(
				polled(all).map(({ eventKey }) => eventKey),
			);
		}),
		{ numRuns: 300 },
	);
});

test('it comes once from deliveries that are in work at the same time', async () => {
	const { receive } = trigger();
	const received = await Promise.all(
		Array.from({ length: 6 }, () => receive(AT_END, [one, two, three])),
	);
	expect(received.flat()).toHaveLength(1);
});
