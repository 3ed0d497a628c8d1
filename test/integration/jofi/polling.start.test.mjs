import {
	ACCEPTED,
	closeJofis,
	COMPLETED,
	countsOf,
	CREATED,
	cursorsOf,
	FIVE,
	GAP,
	jofiForTest,
	keysOf,
	newOfEach,
	newTestTaker,
	PROFILE,
	publish,
	requestsOf,
	TEST_TAKER,
	messageOf,
} from './polling.mjs';

/** @typedef {import('./polling.mjs').Jofi} Jofi */

afterEach(closeJofis);

/** @param {Jofi} jofi @param {number} count */
const invite = ({ account }, count) => Array.from({ length: count }, () => account.invite());

describe('a gap', () => {
	/** @param {string} workflowId @param {string[]} events */
	async function published(workflowId, events) {
		const jofi = await jofiForTest();
		invite(jofi, 40);
		const trigger = publish(jofi, { workflowId, events });
		expect(await trigger.poll()).toBeNull();
		return { jofi, trigger };
	}

	const SENTENCE =
		'JOFI lists only its newest 30 invitations, and since the last poll all of them are new: 15 more were missed.';

	it.each([[[CREATED, GAP]], [['*']]])(
		'becomes an item after those that came, with %j',
		async (events) => {
			const { jofi, trigger } = await published(`gap:${events}`, events);
			invite(jofi, 45);
			const items = (await trigger.poll()) ?? [];
			expect(countsOf(items)).toEqual({ [CREATED]: 30, [GAP]: 1 });
			expect(items.at(-1)).toMatchObject({
				event: GAP,
				provider: 'jofi',
				payload: { data: { object: { message: SENTENCE } } },
				person: { email: null },
			});
			expect(await trigger.poll()).toBeNull();
		},
	);

	it('fails only the next poll where Gap Found is not selected', async () => {
		const { jofi, trigger } = await published('gap:fails', [CREATED]);
		invite(jofi, 45);
		expect(countsOf(await trigger.poll())).toEqual({ [CREATED]: 30 });
		jofi.account.invite();
		await expect(trigger.poll()).rejects.toMatchObject({
			name: 'NodeOperationError',
			message: SENTENCE,
		});
		expect(await trigger.poll()).toHaveLength(1);
		expect(await trigger.poll()).toBeNull();
	});

	it('fails one poll even when n8n stores nothing that a failed poll has changed', async () => {
		const { jofi, trigger } = await published('gap:durable', [CREATED]);
		invite(jofi, 45);
		await trigger.poll();
		await expect(trigger.poll()).rejects.toThrow(SENTENCE);
		trigger.restart();
		expect(await trigger.poll()).toBeNull();
		invite(jofi, 45);
		trigger.restart();
		expect(await trigger.poll()).toHaveLength(30);
		await expect(trigger.poll()).rejects.toThrow(SENTENCE);
	});

	it('is reported for each list that has one', async () => {
		const jofi = await jofiForTest({
			caps: { invitations: 3, testTakers: 4, careerNavigationProfiles: 5 },
		});
		newOfEach(jofi, 6);
		const trigger = publish(jofi, { workflowId: 'gap:all', events: ['*'] });
		await trigger.poll();
		newOfEach(jofi, 7);
		const items = (await trigger.poll()) ?? [];
		expect(messageOf(items.at(-1)).match(/newest \d [a-z ]+,|\d more/g)).toEqual([
			'newest 3 invitations,',
			'4 more',
			'newest 4 test takers,',
			'3 more',
			'newest 5 career navigation profiles,',
			'2 more',
		]);
	});

	it('is not found when all that is new is shown, although there are older records', async () => {
		const { jofi, trigger } = await published('gap:exact', ['*']);
		invite(jofi, 30);
		expect(countsOf(await trigger.poll())).toEqual({ [CREATED]: 30 });
		invite(jofi, 29);
		expect(countsOf(await trigger.poll())).toEqual({ [CREATED]: 29 });
	});

	it.each([
		['the counts are missing', { total_count: undefined }],
		['there are fewer records than before', { total_count: 31 }],
	])('is possible when %s', async (name, changed) => {
		const { jofi, trigger } = await published(`gap:${name}`, ['*']);
		const data = Array.from({ length: 30 }, (_, index) => ({
			object: 'invitation_list_item',
			id: 90_000 - index,
		}));
		jofi.fail({
			match: 'GET /invitations',
			status: 200,
			body: { mode: 'live', object: 'list', has_more: true, data, ...changed },
		});
		const items = (await trigger.poll()) ?? [];
		expect(messageOf(items.at(-1))).toContain('others may have been missed');
	});

	it('is not found at the first poll, nor when nothing is missing', async () => {
		const jofi = await jofiForTest();
		const trigger = publish(jofi, { workflowId: 'gap:first', events: ['*'] });
		expect(await trigger.poll()).toBeNull();
		invite(jofi, 30);
		expect(countsOf(await trigger.poll())).toEqual({ [CREATED]: 30 });
		invite(jofi, 31);
		const items = (await trigger.poll()) ?? [];
		expect(countsOf(items)).toEqual({ [CREATED]: 30, [GAP]: 1 });
		expect(messageOf(items.at(-1))).toContain('1 more was missed');
	});
});

describe('older records that appear in a list', () => {
	it('are not events when newer ones were removed, whether they had been seen or not', async () => {
		const jofi = await jofiForTest();
		const invitations = invite(jofi, 50);
		const trigger = publish(jofi, { workflowId: 'older:removed', events: ['*'] });
		await trigger.poll();
		invitations.push(...invite(jofi, 10));
		expect(await trigger.poll()).toHaveLength(10);
		// Of those shown then, 10 had been seen, and 10 never.
		for (const { id } of invitations.slice(-20)) jofi.account.remove('invitation', id);
		expect(
			await requestsOf(jofi, async () => expect(await trigger.poll()).toBeNull()),
		).toHaveLength(4);
		invite(jofi, 2);
		expect(await trigger.poll()).toHaveLength(2);
	});

	it('are not events when JOFI begins to list more of them', async () => {
		const jofi = await jofiForTest();
		newOfEach(jofi, 60);
		const trigger = publish(jofi, { workflowId: 'older:cap', events: ['*'] });
		await trigger.poll();
		const withdraw = jofi.fail({
			match: 'GET /test-takers',
			status: 200,
			body: {
				mode: 'live',
				object: 'list',
				total_count: 60,
				has_more: true,
				data: [...jofi.account.testTakers].reverse().slice(0, 50),
			},
			times: 2,
		});
		expect(await trigger.poll()).toBeNull();
		expect(await trigger.poll()).toBeNull();
		withdraw();
		expect(await trigger.poll()).toBeNull();
	});

	it('are remembered as long as they are listed, however many there are', async () => {
		const jofi = await jofiForTest({ caps: { invitations: 2000 } });
		invite(jofi, 700);
		const trigger = publish(jofi, { workflowId: 'older:many', events: [CREATED] });
		expect(await trigger.poll()).toBeNull();
		expect(await trigger.poll()).toBeNull();
		invite(jofi, 1);
		expect(await trigger.poll()).toHaveLength(1);
	});

	it('are remembered when no longer shown, for the 500 latest', async () => {
		const jofi = await jofiForTest({ caps: { invitations: 30 } });
		const trigger = publish(jofi, {
			workflowId: 'older:bounded',
			events: [CREATED],
			parameters: { filters: { customIds: ['none'] } },
		});
		await trigger.poll();
		for (let poll = 0; poll < 28; poll++) {
			invite(jofi, 20);
			await trigger.poll();
		}
		const { invitations } = cursorsOf(trigger.inMemory);
		expect(invitations.ids).toHaveLength(500 + 30);
		expect(invitations.ids.at(-1)).toBe(String(jofi.account.invitations.at(-1)?.id));
	});
});

describe('the first poll', () => {
	const START = Date.parse('2026-03-01T12:00:00Z');

	/** Five people, a day apart each; everything of one happens within the day's first seconds. */
	async function fiveDays() {
		const jofi = await jofiForTest();
		for (let day = 0; day < 5; day++) {
			let now = START + day * 86_400_000;
			jofi.account.now = () => (now += 100);
			const [{ id }] = newOfEach(jofi, 1);
			jofi.account.complete(id, 7);
		}
		return jofi;
	}

	/** @type {[string, Record<string, unknown>, number][]} */
	const cases = [
		['Now', { startFrom: 'now' }, 0],
		['All Available', { startFrom: 'listed' }, 5],
		[
			'A Date in the third day, in UTC',
			{ startFrom: 'date', startDate: '2026-03-03T13:00:00Z' },
			2,
		],
		['A Date in another zone', { startFrom: 'date', startDate: '2026-03-03T13:00:00+02:00' }, 3],
		// The tests' workflows have the time zone of New York, which is n8n's default.
		[
			'A Date without a zone, which is in that of the workflow',
			{ startFrom: 'date', startDate: '2026-03-03T08:00:00' },
			2,
		],
		['A Date without a time', { startFrom: 'date', startDate: '2026-03-04' }, 2],
		['A Date to come', { startFrom: 'date', startDate: '2036-01-01T00:00:00Z' }, 0],
	];

	it.each(cases)('reports what Start From selects: %s', async (name, parameters, days) => {
		const jofi = await fiveDays();
		const trigger = publish(jofi, { workflowId: `start:${name}`, parameters });
		const items = (await trigger.poll()) ?? [];
		// JOFI does not say when a profile was created: such events are taken as well.
		const profiles = parameters.startFrom === 'date' ? 5 : days;
		const expected = {
			[CREATED]: days,
			[ACCEPTED]: days,
			[TEST_TAKER]: days,
			[COMPLETED]: 2 * days,
			[PROFILE]: profiles,
		};
		expect({
			[CREATED]: 0,
			[ACCEPTED]: 0,
			[TEST_TAKER]: 0,
			[COMPLETED]: 0,
			[PROFILE]: 0,
			...countsOf(items),
		}).toEqual(expected);
		expect(await trigger.poll()).toBeNull();
		newTestTaker(jofi);
		expect(await trigger.poll()).toHaveLength(3);
	});

	it.each(['', 'yesterday', '2026-02-30T00:00:00Z'])(
		'fails with what to do when Start Date is "%s"',
		async (startDate) => {
			const jofi = await jofiForTest();
			const trigger = publish(jofi, {
				workflowId: `start:${startDate}`,
				parameters: { startFrom: 'date', startDate },
			});
			await expect(trigger.poll()).rejects.toMatchObject({
				message: 'Start Date is not a date',
				description: expect.stringContaining('Choose'),
			});
			expect(jofi.requests).toEqual([]);
		},
	);

	it('ignores Start Date where it does not apply', async () => {
		const jofi = await jofiForTest();
		const trigger = publish(jofi, {
			workflowId: 'start:unused',
			parameters: { startFrom: 'now', startDate: 'yesterday' },
		});
		expect(await trigger.poll()).toBeNull();
	});

	it('costs 4 requests, and one for each test taker who may complete something', async () => {
		const jofi = await fiveDays();
		const requests = await requestsOf(jofi, publish(jofi, { workflowId: 'start:requests' }).poll);
		expect(requests).toHaveLength(4 + 5);
	});
});

describe('events that are added to Trigger On later', () => {
	it('are reported from then on', async () => {
		const jofi = await jofiForTest();
		const trigger = publish(jofi, { workflowId: 'added', events: [CREATED, TEST_TAKER] });
		await trigger.poll();
		const { id } = newTestTaker(jofi);
		jofi.account.complete(id, 6);
		expect(countsOf(await trigger.poll())).toEqual({ [CREATED]: 1, [TEST_TAKER]: 1 });

		trigger.change({ events: FIVE });
		const other = newTestTaker(jofi);
		jofi.account.complete(other.id, 7);
		jofi.account.createProfile(id);
		// What is new since the last poll is new, even for events that were added since.
		expect(countsOf(await trigger.poll())).toEqual({
			[CREATED]: 1,
			[ACCEPTED]: 1,
			[TEST_TAKER]: 1,
			[COMPLETED]: 1,
		});
		jofi.account.complete(id, 7);
		jofi.account.createProfile(other.id);
		expect(countsOf(await trigger.poll())).toEqual({ [COMPLETED]: 1, [PROFILE]: 1 });
	});

	it('are reported from then on, even if they were selected once before', async () => {
		const jofi = await jofiForTest();
		const trigger = publish(jofi, { workflowId: 'added:again' });
		await trigger.poll();
		trigger.change({ events: [PROFILE] });
		await trigger.poll();
		const { id } = newTestTaker(jofi);
		jofi.account.complete(id, 6);
		invite(jofi, 40);
		await trigger.poll();
		trigger.change({ events: ['*'] });
		expect(await trigger.poll()).toBeNull();
		jofi.account.complete(id, 7);
		expect(countsOf(await trigger.poll())).toEqual({ [COMPLETED]: 1 });
	});
});

describe('a test key', () => {
	const SENTENCE =
		'The API key is a test key, and JOFI makes its records up: use a live key, or turn on the option Accept a Test Key';

	it.each(FIVE.map((type) => [type]))(
		'is rejected, whichever event is selected: %s',
		async (type) => {
			const jofi = await jofiForTest();
			const trigger = publish(jofi, {
				workflowId: `test-key:${type}`,
				events: [type],
				key: 'test',
			});
			await expect(trigger.poll()).rejects.toMatchObject({
				name: 'NodeOperationError',
				message: SENTENCE,
			});
			expect(trigger.inMemory).toEqual({ 'node:JOFI Polling Trigger': {} });
		},
	);

	it('is accepted with the option, and the items have its mode', async () => {
		const jofi = await jofiForTest();
		const parameters = { startFrom: 'listed', settings: { acceptTestKey: true } };
		const trigger = publish(jofi, { workflowId: 'test-key', key: 'test', parameters });
		const items = (await trigger.poll()) ?? [];
		expect(Object.keys(countsOf(items)).sort()).toEqual([...FIVE].sort());
		expect(new Set(items.map(({ details }) => details.mode))).toEqual(new Set(['test']));
		expect(await trigger.poll()).toBeNull();
	});

	it('leaves nothing that is taken for real when a live key follows', async () => {
		const jofi = await jofiForTest();
		newOfEach(jofi, 35);
		const setting = {
			workflowId: 'test-key:live',
			events: ['*'],
			parameters: { settings: { acceptTestKey: true } },
		};
		const test = publish(jofi, { ...setting, key: 'test' });
		expect(await test.poll()).toBeNull();
		const live = publish(jofi, setting);
		live.restart(test.inMemory);
		expect(await live.poll()).toBeNull();
		newTestTaker(jofi);
		expect(keysOf(await live.poll())).toHaveLength(3);
	});
});
