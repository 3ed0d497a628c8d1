import { stoppedClock } from '../../unit/clock.mjs';
import {
	CALL_FAILED,
	endOfTest,
	jobAffinityForTest,
	keysOf,
	pollingOf,
	requestsOf,
	STEP_CHANGED,
} from './jobaffinity.mjs';

/** @typedef {import('./jobaffinity.mjs').JobAffinity} JobAffinity */

/** @type {ReturnType<typeof stoppedClock>} */
let clock;
beforeEach(() => {
	clock = stoppedClock();
});
afterEach(async () => {
	clock.goOn();
	await endOfTest();
});

const MINUTE = 60_000;

/** When clocks in Paris are set back from 03:00 to 02:00 there. */
const SET_BACK = Date.parse('2026-10-25T01:00:00Z');

const ORDERS = /** @type {const} */ (['newest', 'oldest']);

/** Orders, and what is unknown of lists beside them. */
const READINGS = /** @type {const} */ ([
	{ taskOrder: 'newest', taskSort: 'made', cursorKind: 'id' },
	{ taskOrder: 'newest', taskSort: 'written', cursorKind: 'offset' },
	{ taskOrder: 'oldest', taskSort: 'made', cursorKind: 'offset' },
	{ taskOrder: 'oldest', taskSort: 'written', cursorKind: 'id' },
]);

/** @param {JobAffinity} ja @param {number} at @param {object} [task] */
const called = ({ account }, at, task) =>
	account.recordTask({
		event: STEP_CHANGED,
		at,
		response_status: 503,
		response_body: String(at),
		applicationId: 41001,
		...task,
	});

/**
 * Calls a second from each other, until a time.
 *
 * @param {JobAffinity} ja
 * @param {number} count
 * @param {number} until
 * @param {object} [task]
 */
function many(ja, count, until, task) {
	for (let number = count; number > 0; number--) called(ja, until - number * 1000, task);
}

/**
 * What comes of one poll after the other. The clock stands still, so that more than 45 requests in
 * a test would wait for ever.
 *
 * @param {ReturnType<typeof pollingOf>} polling
 * @param {number} count
 */
async function polled(polling, count) {
	const items = [];
	for (let number = 0; number < count; number++) items.push(...((await polling.poll()) ?? []));
	return items;
}

/** @param {any[]} items the answers that receivers gave, which differ */
const answersOf = (items) => items.map(({ payload }) => payload.call.response_body);

describe.each(READINGS)(
	'when clocks are set back ($taskOrder first, as they were $taskSort, by $cursorKind)',
	(reading) => {
		it.each([
			['every ten minutes', 10],
			['every two hours', 120],
		])('each failed call is reported once, polling %s', async (_, minutes) => {
			const ja = await jobAffinityForTest(reading);
			many(ja, 130, SET_BACK - 3 * 60 * MINUTE);
			const polling = pollingOf(ja, { events: [CALL_FAILED] });
			expect(await polling.poll()).toBeNull();
			const expected = [];
			const items = [];
			// A call every five minutes, for the same application and with the same status: of two hours
			// nothing shows which it is.
			for (let minute = -120; minute < 180; minute += 5) {
				called(ja, SET_BACK + minute * MINUTE);
				expected.push(String(SET_BACK + minute * MINUTE));
				clock.pass(5 * MINUTE);
				if (minute % minutes === 0) items.push(...((await polling.poll()) ?? []));
			}
			items.push(...((await polling.poll()) ?? []));
			expect(items).toHaveLength(expected.length);
			expect(new Set(keysOf(items)).size).toBe(expected.length);
			// Which of two calls that look alike comes first does not matter where one poll finds both.
			if (minutes === 10 && reading.taskSort === 'made') expect(answersOf(items)).toEqual(expected);
			expect(await polling.poll()).toBeNull();
		});

		it('a failed call is found behind many that are written later', async () => {
			const ja = await jobAffinityForTest(reading);
			many(ja, 250, SET_BACK, { response_status: 200 });
			const polling = pollingOf(ja, { events: [CALL_FAILED] });
			expect(await polling.poll()).toBeNull();
			called(ja, SET_BACK + 30_000);
			const items = [];
			for (let minute = 0; minute < 40; minute += 10) {
				items.push(...((await polling.poll()) ?? []));
				clock.pass(10 * MINUTE);
			}
			expect(answersOf(items)).toEqual([String(SET_BACK + 30_000)]);
			expect(await polling.poll()).toBeNull();
		});
	},
);

describe.each(READINGS)(
	'a long history ($taskOrder first, as they were $taskSort, by $cursorKind)',
	(reading) => {
		it.each(/** @type {const} */ (['kept', 'ignored']))(
			'needs one request when nothing is new, with its page size %s',
			async (taskLimit) => {
				const ja = await jobAffinityForTest({ ...reading, taskLimit });
				const last = SET_BACK - 1000 * 60 * MINUTE;
				many(ja, 400, last);
				const polling = pollingOf(ja, { events: [CALL_FAILED] });
				await polling.poll();
				expect(
					await requestsOf(ja, async () => expect(await polling.poll()).toBeNull()),
				).toHaveLength(1);
				called(ja, last + 300 * MINUTE);
				expect(await polling.poll()).toHaveLength(1);
				expect(
					await requestsOf(ja, async () => expect(await polling.poll()).toBeNull()),
				).toHaveLength(1);
				called(ja, last + 301 * MINUTE);
				expect(
					(await requestsOf(ja, async () => expect(await polling.poll()).toHaveLength(1))).length,
				).toBeLessThanOrEqual(2);
				clock.pass(60 * MINUTE);
				expect(
					(await requestsOf(ja, async () => expect(await polling.poll()).toBeNull())).length,
				).toBeLessThanOrEqual(2);
			},
		);

		it('is skipped in parts when a poll lacks time, and none of it is reported', async () => {
			// Listed newest first, the first part is enough.
			const ja = await jobAffinityForTest({ ...reading, taskOrder: 'oldest' });
			many(ja, 500, SET_BACK - 1000 * 60 * MINUTE);
			const polling = pollingOf(ja, { events: [CALL_FAILED], budgetMs: 0 });
			expect(await polled(polling, 8)).toEqual([]);
			called(ja, SET_BACK - 900 * 60 * MINUTE);
			expect(await polled(polling, 3)).toHaveLength(1);
			for (const requests of [await requestsOf(ja, () => polling.poll())])
				expect(requests).toHaveLength(1);
		});
	},
);

describe('a history that is listed oldest first', () => {
	it('is reported in parts when a poll lacks time, each call once', async () => {
		const ja = await jobAffinityForTest({ taskOrder: 'oldest' });
		many(ja, 500, SET_BACK);
		const polling = pollingOf(ja, {
			events: [CALL_FAILED],
			parameters: { startFrom: 'listed' },
			budgetMs: 0,
		});
		expect((await polling.poll())?.length).toBe(200);
		const items = await polled(polling, 8);
		expect(new Set(keysOf(items)).size).toBe(300);
		expect(items).toHaveLength(300);
	});

	it('keeps to Start Date in its later parts, too', async () => {
		const ja = await jobAffinityForTest({ taskOrder: 'oldest' });
		many(ja, 500, SET_BACK - 24 * 60 * MINUTE);
		const parameters = {
			startFrom: 'date',
			startDate: new Date(SET_BACK - 12 * 60 * MINUTE).toISOString(),
		};
		const polling = pollingOf(ja, { events: [CALL_FAILED], parameters, budgetMs: 0 });
		expect(await polled(polling, 8)).toEqual([]);
		called(ja, SET_BACK - 60 * MINUTE);
		expect(await polled(polling, 2)).toHaveLength(1);
	});

	it('is read from the start when the stored page is no longer valid', async () => {
		const ja = await jobAffinityForTest({ taskOrder: 'oldest' });
		many(ja, 500, SET_BACK - 100 * 60 * MINUTE);
		const polling = pollingOf(ja, { events: [CALL_FAILED] });
		await polling.poll();
		ja.forgetCursors();
		called(ja, SET_BACK);
		expect(await polling.poll()).toHaveLength(1);
		expect(await requestsOf(ja, async () => expect(await polling.poll()).toBeNull())).toHaveLength(
			1,
		);
	});

	it.each(/** @type {const} */ (['id', 'offset']))(
		'loses nothing where old calls are deleted (%s)',
		async (cursorKind) => {
			const ja = await jobAffinityForTest({ taskOrder: 'oldest', cursorKind });
			many(ja, 500, SET_BACK - 100 * 60 * MINUTE);
			const polling = pollingOf(ja, { events: [CALL_FAILED] });
			await polling.poll();
			ja.account.webhookTasks.splice(0, 250);
			for (let minute = 0; minute < 20; minute++) called(ja, SET_BACK + minute * MINUTE);
			expect(await polling.poll()).toHaveLength(20);
			expect(await polling.poll()).toBeNull();
		},
	);

	it('is not taken for one that cannot be read while JobAffinity is not available', async () => {
		const ja = await jobAffinityForTest({ taskOrder: 'oldest' });
		many(ja, 500, SET_BACK - 100 * 60 * MINUTE);
		const polling = pollingOf(ja, { events: [CALL_FAILED] });
		await polling.poll();
		called(ja, SET_BACK);
		const isBack = ja.fail({
			match: 'pagecursor',
			status: 500,
			headers: { 'retry-after': '0' },
			times: Infinity,
		});
		await expect(polling.poll()).rejects.toThrow('not available');
		isBack();
		expect(await polling.poll()).toHaveLength(1);
	});
});

test('a history that is listed newest first, and is longer than a poll can read, is a gap', async () => {
	const ja = await jobAffinityForTest();
	called(ja, SET_BACK - 1000 * 60 * MINUTE);
	const polling = pollingOf(ja, { events: [CALL_FAILED], budgetMs: 0 });
	expect(await polling.poll()).toBeNull();
	many(ja, 500, SET_BACK);
	expect(await polling.poll()).toHaveLength(200);
	await expect(polling.poll()).rejects.toThrow(
		'The history of webhook calls is longer than one poll can read',
	);
});

test.each(ORDERS)(
	'a call that is missing from the list for a while is not reported again (%s first)',
	async (taskOrder) => {
		const ja = await jobAffinityForTest({ taskOrder });
		const polling = pollingOf(ja, { events: [CALL_FAILED] });
		called(ja, SET_BACK);
		await polling.poll();
		called(ja, SET_BACK + MINUTE);
		expect(await polling.poll()).toHaveLength(1);
		const hidden = ja.account.webhookTasks.splice(1, 1);
		called(ja, SET_BACK + 2 * MINUTE);
		expect(await polling.poll()).toHaveLength(1);
		ja.account.webhookTasks.splice(1, 0, ...hidden);
		expect(await polling.poll()).toBeNull();
	},
);

test.each(ORDERS)(
	'a call that appears in the list late is reported (%s first)',
	async (taskOrder) => {
		const ja = await jobAffinityForTest({ taskOrder });
		called(ja, SET_BACK - 60 * MINUTE);
		const polling = pollingOf(ja, { events: [CALL_FAILED] });
		await polling.poll();
		called(ja, SET_BACK);
		expect(await polling.poll()).toHaveLength(1);
		called(ja, SET_BACK - 20 * MINUTE);
		expect(answersOf((await polling.poll()) ?? [])).toEqual([String(SET_BACK - 20 * MINUTE)]);
		expect(await polling.poll()).toBeNull();
	},
);

test('what an older version has stored is understood', async () => {
	const ja = await jobAffinityForTest();
	called(ja, SET_BACK - 30 * MINUTE);
	called(ja, SET_BACK - 10 * MINUTE);
	const polling = pollingOf(ja, { events: [CALL_FAILED] });
	const key = `2026-10-25 02:50:00|${STEP_CHANGED}|/restapi/v1/application/41001|503|0`;
	polling.restart({
		'node:JobAffinity Polling Trigger': {
			cursors: { webhookCalls: { latest: '2026-10-25 02:50:00', keys: [key] } },
		},
	});
	called(ja, SET_BACK - 5 * MINUTE);
	expect(answersOf((await polling.poll()) ?? [])).toEqual([String(SET_BACK - 5 * MINUTE)]);
});
