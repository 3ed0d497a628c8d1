import {
	ACCEPTED,
	ADDED,
	BALANCE,
	changeAll,
	docsOf,
	endOfTest,
	FORMS,
	FOUR,
	GAP,
	stateOf,
	pollingOf,
	publishedOf,
	regpackForTest,
	STATUS,
	reportedBy,
	WITHDRAWN,
	within,
} from './polling.mjs';

/** @typedef {Partial<import('./polling.mjs').Settings>} Options */

const { now } = Date;

afterEach(async () => {
	Date.now = now;
	await endOfTest();
});

/** What is not documented of lists; each combination is played. */
const READINGS = {
	startingPosition: ['row0', 'row1', 'page0', 'page1'],
	pastEnd: ['empty', 'last', 'error'],
	order: ['oldest', 'newest', 'shuffled'],
	totalCounts: ['all', 'parents'],
};

/** What has nothing to do with paging takes turns. */
const ELEMENTS = /** @type {Options[]} */ ([
	{ element: 'parts', totalsAt: 'beside' },
	{ element: 'flat', totalsAt: 'inside' },
]);

/** @type {Options[]} */
const ALL = Object.entries(READINGS)
	.reduce(
		(readings, [name, values]) =>
			readings.flatMap((reading) => values.map((value) => ({ ...reading, [name]: value }))),
		/** @type {any[]} */ ([{}]),
	)
	.map((reading, index) => ({ ...reading, ...ELEMENTS[index % 2] }));

/** @param {import('./polling.mjs').Regpack} regpack @param {number[]} ids */
function changeSome(regpack, ids) {
	const { join, setStatus, complete, order } = within(regpack);
	for (const id of ids) {
		setStatus(id, ACCEPTED);
		complete(id, 1);
		order(id, 500);
	}
	const joined = [join(), join()];
	return [
		...ids.flatMap((id) => [`${BALANCE} ${id}`, `${FORMS} ${id}`, `${STATUS} ${id}`]),
		...joined.map((id) => `${ADDED} ${id}`),
	].sort();
}

describe.each([
	['of individuals', 'individual', 0],
	['of families', 'family', 2],
])('in a project %s', (_, system, childrenEach) => {
	it.each([5, 12])(`each of %i is reported once, however the list is read`, async (count) => {
		for (const reading of ALL) {
			const regpack = await regpackForTest({
				...reading,
				system: /** @type {any} */ (system),
				perPage: 5,
			});
			regpack.account.populate(count, { childrenEach });
			const { ids } = within(regpack);
			const polling = pollingOf(regpack);
			const seen = [reading, await polling.poll()];
			expect(seen).toEqual([reading, null]);
			expect(Object.keys(stateOf(polling).users).map(Number)).toEqual(ids);
			const expected = changeSome(regpack, [ids[0], ids[2], /** @type {number} */ (ids.at(-1))]);
			expect([reading, reportedBy(await polling.poll())]).toEqual([reading, expected]);
			expect([reading, await polling.poll()]).toEqual([reading, null]);
			await endOfTest();
		}
	});

	it('each is reported once by polls that have time for five requests only, however the list is read', async () => {
		for (const reading of ALL) {
			const regpack = await regpackForTest({
				...reading,
				system: /** @type {any} */ (system),
				perPage: 5,
			});
			regpack.account.populate(25, { childrenEach });
			const { ids } = within(regpack);
			const polling = pollingOf(regpack);
			Date.now = () => now() + regpack.requests.length * 50_000;
			// Nobody who was there is new; how many polls that takes is left open.
			for (let count = 0; count < 4; count++)
				expect([reading, await polling.poll()]).toEqual([reading, null]);
			expect(Object.keys(stateOf(polling).users).map(Number)).toEqual(ids);
			const expected = changeSome(regpack, [ids[0], ids[2], /** @type {number} */ (ids.at(-1))]);
			const items = [];
			for (let count = 0; count < 5; count++) items.push(...((await polling.poll()) ?? []));
			expect([reading, reportedBy(items)]).toEqual([reading, expected]);
			await endOfTest();
		}
	});
});

describe('a list whose order changes with each page', () => {
	it('does not report existing users, and eventually sees all', async () => {
		const regpack = await regpackForTest({ order: 'random', perPage: 5 });
		regpack.account.populate(60);
		const polling = pollingOf(regpack);
		for (let count = 0; count < 15; count++) expect(await polling.poll()).toBeNull();
		const expected = changeSome(regpack, within(regpack).ids.slice(0, 30));
		const items = [];
		for (let count = 0; count < 15; count++) items.push(...((await polling.poll()) ?? []));
		expect(reportedBy(items)).toEqual(expected);
	});
});

describe('a user who is missing from a poll', () => {
	it.each([ACCEPTED, 0])(
		'is neither forgotten nor added again; status then: %i',
		async (status) => {
			const regpack = await regpackForTest();
			regpack.account.populate(5);
			const polling = await publishedOf(regpack);
			const { setStatus, ids } = within(regpack);
			regpack.account.hidden.add(ids[2]);
			expect(await polling.poll()).toBeNull();
			setStatus(ids[2], status);
			expect(await polling.poll()).toBeNull();
			regpack.account.hidden.clear();
			expect(reportedBy(await polling.poll())).toEqual(status ? [`${STATUS} ${ids[2]}`] : []);
			expect(await polling.poll()).toBeNull();
		},
	);

	it('is not new later when the list moved during the first poll', async () => {
		// When the first user goes after the second page, the first of the third page moves to the
		// second.
		const clock = () => {
			if (regpack.requests.length === 2) regpack.account.hidden.add(gone);
			return Date.now();
		};
		const regpack = await regpackForTest({ perPage: 5, clock });
		regpack.account.populate(20);
		const polling = pollingOf(regpack);
		const [gone, , , , , , , , , , behind] = within(regpack).ids;
		expect(await polling.poll()).toBeNull();
		expect(Object.keys(stateOf(polling).users)).not.toContain(String(behind));
		expect(await polling.poll()).toBeNull();
		expect(Object.keys(stateOf(polling).users)).toContain(String(behind));
		const joined = within(regpack).join();
		expect(reportedBy(await polling.poll())).toEqual([`${ADDED} ${joined}`]);
	});
});

describe('users that Regpack counts and does not give', () => {
	/** Regpack counts one user more than it has. @param {import('./polling.mjs').Regpack} regpack */
	function withOneTooMany(regpack) {
		regpack.account.populate(3);
		const users = within(regpack).ids.map((id) => ({ clogin_id: String(id), status_id: '0' }));
		const body = { total_users: 4, records_per_page: 50, totals: {}, users, children: [] };
		regpack.fail({ match: 'get_user_list', status: 200, body, times: Infinity });
		return users;
	}

	it('do not hold back the others, and fail a poll', async () => {
		const regpack = await regpackForTest();
		const users = withOneTooMany(regpack);
		const polling = pollingOf(regpack);
		expect(await polling.poll()).toBeNull();
		users[0].status_id = String(ACCEPTED);
		expect(reportedBy(await polling.poll())).toEqual([`${STATUS} ${users[0].clogin_id}`]);
		await expect(polling.poll()).rejects.toThrow('Regpack says that it has 4 users, and gave 3');
		users[1].status_id = String(ACCEPTED);
		expect(reportedBy(await polling.poll())).toEqual([`${STATUS} ${users[1].clogin_id}`]);
	});

	it('are reported as an item where Gap Found is selected', async () => {
		const regpack = await regpackForTest();
		withOneTooMany(regpack);
		const polling = await publishedOf(regpack, { events: [...FOUR, GAP] });
		for (let count = 0; count < 2; count++) {
			expect(await polling.poll()).toMatchObject([
				{
					event: GAP,
					payload: {
						data: { object: { message: 'Regpack says that it has 4 users, and gave 3' } },
					},
				},
			]);
		}
	});
});

describe('a poll that fails', () => {
	/** A pause of no length before the next attempt. */
	const DOWN = {
		match: 'get_user_list',
		status: 500,
		headers: { 'retry-after': '0' },
		times: Infinity,
	};
	const PAGES = 4;

	it.each([
		[0, 500],
		[1, 500],
		[2, 500],
		[3, 500],
		[2, 0],
	])('at request %i of 4 loses nothing and repeats nothing: status %i', async (after, status) => {
		const regpack = await regpackForTest({ perPage: 5, order: 'shuffled' });
		regpack.account.populate(5 * PAGES - 2);
		const polling = await publishedOf(regpack);
		const expected = changeSome(regpack, within(regpack).ids);
		const before = polling.inMemory;
		const isBack = regpack.fail({ ...DOWN, status, after });
		await expect(polling.poll()).rejects.toThrow(
			/^Regpack (is not available at the moment|could not be reached)/,
		);
		expect(polling.inMemory).toEqual(before);
		isBack();
		expect(reportedBy(await polling.poll())).toEqual(expected);
		expect(await polling.poll()).toBeNull();
	});

	it.each([0, 1, 2, 3])(
		'at request %i of 4 of the first poll does not report those who were there',
		async (after) => {
			const regpack = await regpackForTest({ perPage: 5 });
			regpack.account.populate(5 * PAGES);
			const polling = pollingOf(regpack);
			const isBack = regpack.fail({ ...DOWN, after });
			await expect(polling.poll()).rejects.toThrow('Regpack is not available');
			isBack();
			expect(await polling.poll()).toBeNull();
			const joined = within(regpack).join();
			expect(reportedBy(await polling.poll())).toEqual([`${ADDED} ${joined}`]);
		},
	);

	it.each([1, 2, 3])('with a refusal at request %i of 4 reports the rest later', async (after) => {
		const regpack = await regpackForTest({ perPage: 5 });
		regpack.account.populate(5 * PAGES - 2);
		const polling = await publishedOf(regpack);
		const expected = changeSome(regpack, within(regpack).ids);
		const body = { success: false, msg: 'Too much at once' };
		const isBack = regpack.fail({
			match: 'get_user_list',
			status: 200,
			body,
			after,
			times: Infinity,
		});
		const first = reportedBy(await polling.poll());
		await expect(polling.poll()).rejects.toThrow('Regpack says that it has 20 users, and gave');
		isBack();
		expect([...first, ...reportedBy(await polling.poll())].sort()).toEqual(expected);
		expect(await polling.poll()).toBeNull();
	});

	it('because the login is not accepted says so', async () => {
		const regpack = await regpackForTest();
		const polling = pollingOf(regpack, { login: { apiToken: 'another' } });
		await expect(polling.poll()).rejects.toThrow(
			'Regpack does not accept the API user, token and ID',
		);
	});
});

describe('5,000 users', () => {
	it('need one request for each 50, and little storage', async () => {
		const regpack = await regpackForTest();
		regpack.account.populate(5000);
		const { ids, setStatus, complete, order } = within(regpack);
		for (const [index, id] of ids.entries()) {
			setStatus(id, [0, ACCEPTED, WITHDRAWN][index % 3]);
			complete(id, index % 3);
			order(id, 10_000 + index);
		}
		const polling = pollingOf(regpack);
		expect(await docsOf(regpack, polling.poll)).toHaveLength(100);
		expect(JSON.stringify(stateOf(polling)).length / 5000).toBeLessThan(50);
		const expected = changeAll(regpack, ids[4320]);
		// One user more is one page more.
		expect(
			await docsOf(regpack, async () => expect(reportedBy(await polling.poll())).toEqual(expected)),
		).toHaveLength(101);
		expect(await polling.poll()).toBeNull();

		const additions = await publishedOf(regpack, { events: [ADDED] });
		expect(JSON.stringify(stateOf(additions)).length / 5000).toBeLessThan(13);
	});
});
