import {
	ACCEPTED,
	ALL_COMPLETED,
	closeJofis,
	COMPLETED,
	countsOf,
	CREATED,
	cursorsOf,
	FIVE,
	GAP,
	jofiForTest,
	newOfEach,
	newTestTaker,
	PROFILE,
	publish,
	requestsOf,
	TEST_TAKER,
} from './polling.mjs';

afterEach(closeJofis);

const HOUR = 3_600_000;

/** What is stored, as if it were older. @param {any} staticData @param {number} ms */
function agedBy(staticData, ms) {
	const { testTakers: cursor } = cursorsOf(staticData);
	cursor.checkedAt -= ms;
	for (const each of /** @type {any[]} */ (Object.values(cursor.pending))) each.since -= ms;
	return staticData;
}

/**
 * What one poll costs, in requests: when nothing is new, and when 25 people were invited, accepted,
 * completed an assessment each and got a profile. Each record is read once, for however many
 * events.
 */
const COSTS = [
	{ events: [CREATED], idle: ['/invitations'], busy: 1 + 25 },
	{ events: [ACCEPTED], idle: ['/test-takers'], busy: 1 + 25 },
	{ events: [TEST_TAKER], idle: ['/test-takers'], busy: 1 + 25 },
	{ events: [COMPLETED], idle: ['/accounts', '/test-takers'], busy: 2 + 25 },
	{ events: [ALL_COMPLETED], idle: ['/accounts', '/test-takers'], busy: 2 + 25 },
	{ events: [COMPLETED, ALL_COMPLETED], idle: ['/accounts', '/test-takers'], busy: 2 + 25 },
	{ events: [PROFILE], idle: ['/career-navigation-profiles'], busy: 1 + 25 },
	{ events: [CREATED, ACCEPTED], idle: ['/invitations', '/test-takers'], busy: 2 + 25 },
	{ events: [TEST_TAKER, COMPLETED], idle: ['/accounts', '/test-takers'], busy: 2 + 25 },
	{
		events: FIVE,
		idle: ['/accounts', '/invitations', '/test-takers', '/career-navigation-profiles'],
		busy: 4 + 3 * 25,
	},
	{
		events: ['*'],
		idle: ['/accounts', '/invitations', '/test-takers', '/career-navigation-profiles'],
		busy: 4 + 3 * 25,
	},
	{ events: [GAP], idle: [], busy: 0 },
];

describe('a poll', () => {
	it.each(COSTS)('requests no more than $events need', async ({ events, idle, busy }) => {
		const jofi = await jofiForTest();
		newOfEach(jofi, 3);
		const trigger = publish(jofi, { workflowId: `costs:${events}`, events });
		expect(await trigger.poll()).toBeNull();
		expect(await requestsOf(jofi, async () => expect(await trigger.poll()).toBeNull())).toEqual(
			idle,
		);

		newOfEach(jofi, 25);
		/** @type {any[]} */
		const items = [];
		const requests = await requestsOf(jofi, async () =>
			items.push(...((await trigger.poll()) ?? [])),
		);
		expect(requests).toHaveLength(busy);
		expect(new Set(requests).size).toBe(busy);
		const selected = FIVE.filter((type) => events.includes(type) || events.includes('*'));
		expect(countsOf(items)).toEqual(Object.fromEntries(selected.map((type) => [type, 25])));
		for (const type of selected) {
			const ids = items
				.filter(({ event }) => event === type)
				.map(({ payload }) => payload.data.object.id);
			expect(ids).toEqual([...ids].sort());
		}
		expect(await requestsOf(jofi, async () => expect(await trigger.poll()).toBeNull())).toEqual(
			idle,
		);
	});
});

describe('the completions of 40 pending test takers', () => {
	/** @param {string} workflowId @param {Record<string, unknown>} [settings] */
	async function watching(workflowId, settings = {}) {
		const jofi = await jofiForTest();
		let now = Date.now();
		jofi.account.now = () => (now += 1000);
		const trigger = publish(jofi, {
			workflowId,
			events: [COMPLETED],
			parameters: { settings },
		});
		const testTakers = [];
		for (let round = 0; round < 2; round++) {
			testTakers.push(...Array.from({ length: 20 }, () => newTestTaker(jofi)));
			expect(await trigger.poll()).toBeNull();
		}
		return { jofi, trigger, testTakers: testTakers.map(({ id }) => id) };
	}

	/** @param {number} id */
	const detail = (id) => `/test-takers/${id}`;
	const LISTS = ['/accounts', '/test-takers'];

	it('cost one request more when the one most recently active completes something', async () => {
		const { jofi, trigger, testTakers } = await watching('watch:latest');
		jofi.account.complete(testTakers[39], 6);
		const requests = await requestsOf(jofi, async () =>
			expect(await trigger.poll()).toHaveLength(1),
		);
		expect(requests).toEqual([...LISTS, detail(testTakers[39])]);
	});

	it('cost one request for each that was active later, and no more once all that were counted are found', async () => {
		const { jofi, trigger, testTakers } = await watching('watch:others');
		for (const index of [37, 30]) jofi.account.complete(testTakers[index], 6);
		const requests = await requestsOf(jofi, async () =>
			expect(await trigger.poll()).toHaveLength(2),
		);
		expect(requests).toEqual([...LISTS, ...testTakers.slice(30).reverse().map(detail)]);
		// Now these two are the most recently active.
		jofi.account.complete(testTakers[37], 7);
		const next = await requestsOf(jofi, async () => expect(await trigger.poll()).toHaveLength(1));
		expect(next).toEqual([...LISTS, detail(testTakers[30]), detail(testTakers[37])]);
	});

	it('cost 42 requests at worst', async () => {
		const { jofi, trigger, testTakers } = await watching('watch:oldest');
		jofi.account.complete(testTakers[0], 6);
		expect(
			await requestsOf(jofi, async () => expect(await trigger.poll()).toHaveLength(1)),
		).toHaveLength(2 + 40);
		expect(await requestsOf(jofi, trigger.poll)).toEqual(LISTS);
	});

	it('are not sought among pending test takers when new ones account for them', async () => {
		const { jofi, trigger } = await watching('watch:new');
		const { id } = newTestTaker(jofi);
		jofi.account.complete(id, 6);
		expect(
			await requestsOf(jofi, async () => expect(await trigger.poll()).toHaveLength(1)),
		).toEqual([...LISTS, detail(id)]);
	});

	it('are found once the counters count them, when these come late', async () => {
		const { jofi, trigger, testTakers } = await watching('watch:late');
		jofi.account.complete(testTakers[38], 6);
		jofi.account.completed.Personality--;
		expect(await requestsOf(jofi, async () => expect(await trigger.poll()).toBeNull())).toEqual(
			LISTS,
		);
		jofi.account.completed.Personality++;
		expect(
			await requestsOf(jofi, async () => expect(await trigger.poll()).toHaveLength(1)),
		).toHaveLength(2 + 2);
	});

	it('are found within the hour when the counters never count them', async () => {
		const { jofi, trigger, testTakers } = await watching('watch:uncounted');
		jofi.account.complete(testTakers[12], 6);
		jofi.account.completed.Personality--;
		expect(await requestsOf(jofi, async () => expect(await trigger.poll()).toBeNull())).toEqual(
			LISTS,
		);

		trigger.restart(agedBy(trigger.inMemory, HOUR));
		expect(
			await requestsOf(jofi, async () => expect(await trigger.poll()).toHaveLength(1)),
		).toHaveLength(2 + 40);
		expect(await requestsOf(jofi, trigger.poll)).toEqual(LISTS);
	});

	it('are read in full when a counter went down or is missing', async () => {
		const { jofi, trigger, testTakers } = await watching('watch:down');
		jofi.account.completed.Personality += 3;
		await trigger.poll();
		jofi.account.complete(testTakers[12], 6);
		jofi.account.completed.Personality -= 3;
		expect(await trigger.poll()).toHaveLength(1);

		const names = ['prescreens', 'thinking_skills', 'personality', 'career_interests'].map(
			(each) => [`${each}_completed_count`, null],
		);
		jofi.fail({
			match: 'GET /accounts',
			status: 200,
			body: { mode: 'live', object: 'account', ...Object.fromEntries(names) },
			times: 2,
		});
		jofi.account.complete(testTakers[13], 6);
		expect(await trigger.poll()).toHaveLength(1);
		expect(await requestsOf(jofi, trigger.poll)).toHaveLength(2 + 40);
	});

	it('are sought as often, and as long, as the options say', async () => {
		const { jofi, trigger, testTakers } = await watching('watch:options', {
			checkAllMinutes: 10,
			watchDays: 1,
		});
		expect(await requestsOf(jofi, trigger.poll)).toHaveLength(2);
		trigger.restart(agedBy(trigger.inMemory, HOUR / 6));
		expect(await requestsOf(jofi, trigger.poll)).toHaveLength(2 + 40);
		trigger.restart(agedBy(trigger.inMemory, 24 * HOUR));
		expect(await requestsOf(jofi, trigger.poll)).toHaveLength(2);
		jofi.account.complete(testTakers[39], 6);
		expect(await trigger.poll()).toBeNull();
	});

	it('end with the last one of a test taker who has completed everything', async () => {
		const jofi = await jofiForTest();
		const trigger = publish(jofi, { workflowId: 'watch:all', events: [COMPLETED] });
		await trigger.poll();
		const { id } = newTestTaker(jofi);
		await trigger.poll();
		for (const assessment of [6, 7, 8]) jofi.account.complete(id, assessment);
		expect(await trigger.poll()).toHaveLength(3);
		expect(cursorsOf(trigger.stored).testTakers.pending).toEqual({});
	});
});
