import { fetchTestEvents, processedData, runNode } from '../core.mjs';
import {
	ACCEPTED,
	closeJofis,
	COMPLETED,
	CREATED,
	FIVE,
	GAP,
	jofiForTest,
	keyOf,
	newOfEach,
	newTestTaker,
	PROFILE,
	publish,
	TEST_TAKER,
} from './polling.mjs';

/** @typedef {import('./polling.mjs').Jofi} Jofi */

afterEach(closeJofis);

/**
 * What n8n does when somebody clicks Fetch Test Event.
 *
 * @param {Jofi} jofi
 * @param {{ events?: string[], key?: 'live' | 'test', parameters?: Record<string, unknown>, workflowId?: string }} [options]
 */
const fetchTestEvent = (jofi, { events = FIVE, key, parameters, workflowId } = {}) =>
	fetchTestEvents({ workflowId, credentials: keyOf(jofi, key) }, 'jofiPollingTrigger', {
		events,
		...parameters,
	});

describe('a test event', () => {
	it('is the newest real one of each selected event, the same at each click', async () => {
		const jofi = await jofiForTest();
		const testTakers = newOfEach(jofi, 3);
		jofi.account.complete(testTakers[2].id, 8);
		for (let click = 0; click < 2; click++) {
			const { status, items, hints } = await fetchTestEvent(jofi, { workflowId: 'clicks' });
			expect(status).toBe('success');
			expect(items.map(({ event, payload }) => [event, payload.data.object.id])).toEqual([
				[CREATED, 31003],
				[ACCEPTED, 31003],
				[TEST_TAKER, 42003],
				[COMPLETED, 42003],
				[PROFILE, 'CNP0000000003'],
			]);
			expect(
				items.every(
					({ source, details }) =>
						source === 'polling' && details.mode === 'live' && details.derivedFrom.length > 0,
				),
			).toBe(true);
			expect(items[3].assessment.shortName).toBe('Interests');
			expect(hints).toEqual([]);
		}
		expect(processedData.rows.has('clicks')).toBe(false);
	});

	it('is the item that a poll gives', async () => {
		const jofi = await jofiForTest();
		const trigger = publish(jofi, { workflowId: 'same-as-poll' });
		await trigger.poll();
		newOfEach(jofi, 1);
		const polled = await trigger.poll();
		const { items } = await fetchTestEvent(jofi);
		expect(items).toEqual(
			FIVE.map((type) => ({
				...polled?.find(({ event }) => event === type),
				receivedAt: expect.any(String),
			})),
		);
	});

	it('does not change what polls find', async () => {
		const jofi = await jofiForTest();
		const workflowId = 'leaves-alone';
		const trigger = publish(jofi, { workflowId });
		await trigger.poll();
		newOfEach(jofi, 1);
		const before = trigger.inMemory;
		await fetchTestEvent(jofi, { workflowId });
		expect(trigger.inMemory).toEqual(before);
		expect(await trigger.poll()).toHaveLength(5);
	});

	it('is a marked sample where there is no record, and a hint names them', async () => {
		const jofi = await jofiForTest();
		newTestTaker(jofi);
		const { items, hints } = await fetchTestEvent(jofi);
		expect(items.map(({ event, source }) => [event, source === 'sample'])).toEqual([
			[CREATED, false],
			[ACCEPTED, false],
			[TEST_TAKER, false],
			[COMPLETED, true],
			[PROFILE, true],
		]);
		expect(hints).toMatchObject([
			{ type: 'warning', message: expect.stringContaining(`${COMPLETED}, ${PROFILE}`) },
		]);
	});

	it('is found among older records when the newest have none', async () => {
		const jofi = await jofiForTest();
		const { id } = newTestTaker(jofi);
		jofi.account.complete(id, 7);
		for (let count = 0; count < 9; count++) newTestTaker(jofi);
		const before = jofi.requests.length;
		const { items } = await fetchTestEvent(jofi, { events: [TEST_TAKER, COMPLETED] });
		expect(items).toMatchObject([
			{ event: TEST_TAKER, person: { id: '42010' } },
			{ event: COMPLETED, person: { id: String(id) } },
		]);
		// The list once, and each test taker once.
		expect(jofi.requests.length - before).toBe(1 + 10);
	});

	it('passes the filters', async () => {
		const jofi = await jofiForTest();
		const wanted = newTestTaker(jofi, { custom_id: 'REQ-1' });
		jofi.account.complete(wanted.id, 6);
		jofi.account.complete(wanted.id, 7);
		const other = newTestTaker(jofi, { custom_id: 'REQ-2' });
		jofi.account.complete(other.id, 6);
		const parameters = { filters: { customIds: ['REQ-1'], assessments: ['Personality'] } };
		const { items } = await fetchTestEvent(jofi, {
			events: [TEST_TAKER, COMPLETED, PROFILE],
			parameters,
		});
		expect(items).toMatchObject([
			{ event: TEST_TAKER, person: { id: String(wanted.id) } },
			{
				event: COMPLETED,
				person: { id: String(wanted.id) },
				assessment: { shortName: 'Personality' },
			},
			{ event: PROFILE, source: 'sample' },
		]);
	});

	it('of a gap appears when Gap Found is selected, not with Any Event', async () => {
		const jofi = await jofiForTest();
		expect((await fetchTestEvent(jofi, { events: [GAP] })).items).toMatchObject([
			{ event: GAP, source: 'sample', title: 'Events of JOFI were missed' },
		]);
		expect((await fetchTestEvent(jofi, { events: ['*'] })).items.map(({ event }) => event)).toEqual(
			FIVE,
		);
	});

	it('is rejected with a test key, unless that is accepted', async () => {
		const jofi = await jofiForTest();
		const refused = await fetchTestEvent(jofi, { key: 'test' });
		expect(refused).toMatchObject({
			status: 'error',
			error: { message: expect.stringContaining('Accept a Test Key') },
		});
		const { items } = await fetchTestEvent(jofi, {
			key: 'test',
			parameters: { settings: { acceptTestKey: true } },
		});
		expect(items.map(({ event, details }) => [event, details.mode])).toEqual(
			FIVE.map((type) => [type, 'test']),
		);
	});

	it('fails with what happened when JOFI fails', async () => {
		const jofi = await jofiForTest();
		jofi.fail({ match: 'GET /test-takers', status: 500, headers: { 'retry-after': '60' } });
		const { status, error } = await fetchTestEvent(jofi);
		expect({ status, message: error.message }).toEqual({
			status: 'error',
			message: 'JOFI is not available at the moment',
		});
	});
});

describe('an execution that is retried', () => {
	it('has its events again, with the fields that polling adds', async () => {
		const jofi = await jofiForTest();
		const trigger = publish(jofi, { workflowId: 'retry', events: [CREATED] });
		await trigger.polled();
		jofi.account.invite();
		const found = /** @type {import('n8n-workflow').INodeExecutionData[][]} */ (
			await trigger.polled()
		);
		const again = {
			workflowId: 'retry',
			credentials: keyOf(jofi),
			node: { type: 'jofiPollingTrigger', parameters: { events: [CREATED] } },
			items: found[0],
		};
		expect((await runNode({ ...again, mode: 'trigger' })).output).toHaveLength(1);
		expect((await runNode({ ...again, mode: 'trigger' })).output).toHaveLength(0);
		const { output } = await runNode({ ...again, mode: 'retry' });
		expect(output).toMatchObject([
			{
				json: {
					event: CREATED,
					details: { mode: 'live', derivedFrom: [expect.any(String), expect.any(String)] },
				},
			},
		]);
	});
});
