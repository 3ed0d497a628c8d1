import {
	ACCEPTED,
	closeJofis,
	COMPLETED,
	countsOf,
	CREATED,
	cursorsOf,
	drain,
	FIVE,
	GAP,
	jofiForTest,
	keysOf,
	newTestTaker,
	PROFILE,
	publish,
	requestsOf,
	TEST_TAKER,
	webhookOf,
	messageOf,
} from './polling.mjs';

/** @typedef {import('./polling.mjs').Jofi} Jofi */

afterEach(closeJofis);

const HOUR = 3_600_000;
const LISTS = ['/accounts', '/test-takers'];
const WITH_GAPS = [COMPLETED, GAP];

/** @param {Jofi} jofi @param {number} count */
const newTestTakers = (jofi, count) => Array.from({ length: count }, () => newTestTaker(jofi).id);

/**
 * Changes what is stored.
 *
 * @param {{ inMemory: any, restart: (staticData: any) => void }} trigger
 * @param {(cursors: Record<string, any>) => void} change
 */
function changeCursors(trigger, change) {
	const staticData = trigger.inMemory;
	change(cursorsOf(staticData));
	trigger.restart(staticData);
}

/**
 * The skipped records of all streams become this much older.
 *
 * @param {Record<string, any>} cursors
 * @param {number} ms
 */
function ageSkipped(cursors, ms) {
	for (const { skipped = {} } of Object.values(cursors))
		for (const path of Object.keys(skipped)) skipped[path] -= ms;
}

const MISSED = /^JOFI counts (1 completed assessment|\d completed assessments) more than it shows/;

describe('completions that JOFI counts and that are not found', () => {
	/**
	 * 40 test takers at publishing, of whom the list shows 30.
	 *
	 * @param {string} workflowId
	 * @param {string[]} events
	 */
	async function published(workflowId, events = WITH_GAPS) {
		const jofi = await jofiForTest();
		const testTakers = newTestTakers(jofi, 40);
		const trigger = publish(jofi, { workflowId, events });
		expect(await trigger.poll()).toBeNull();
		return { jofi, trigger, testTakers };
	}

	it('are a gap when they are of a test taker who was no longer listed at publishing', async () => {
		const { jofi, trigger, testTakers } = await published('missed:older');
		jofi.account.complete(testTakers[3], 6);
		// Once more, since JOFI may count a completion before its record shows it.
		expect(
			await requestsOf(jofi, async () => expect(await trigger.poll()).toBeNull()),
		).toHaveLength(2 + 30);
		/** @type {any[]} */
		const items = [];
		expect(
			await requestsOf(jofi, async () => items.push(...((await trigger.poll()) ?? []))),
		).toHaveLength(2 + 30);
		expect(countsOf(items)).toEqual({ [GAP]: 1 });
		expect(messageOf(items[0])).toMatch(MISSED);
		// It is reported once.
		expect(await requestsOf(jofi, async () => expect(await trigger.poll()).toBeNull())).toEqual(
			LISTS,
		);
	});

	it('fail a poll where Gap Found is not selected', async () => {
		const { jofi, trigger, testTakers } = await published('missed:fails', [COMPLETED]);
		jofi.account.complete(testTakers[3], 6);
		expect(await trigger.poll()).toBeNull();
		expect(await trigger.poll()).toBeNull();
		await expect(trigger.poll()).rejects.toMatchObject({
			name: 'NodeOperationError',
			message: expect.stringMatching(MISSED),
		});
		expect(await trigger.poll()).toBeNull();
	});

	it('are a gap of the missing ones, next to those that are found', async () => {
		const { jofi, trigger, testTakers } = await published('missed:some');
		for (const index of [1, 2, 25, 35]) jofi.account.complete(testTakers[index], 6);
		const items = await drain(trigger);
		expect(countsOf(items)).toEqual({ [COMPLETED]: 2, [GAP]: 1 });
		expect(messageOf(items.at(-1))).toContain('2 completed assessments');
	});

	it('are one gap even when new completions are found in every poll', async () => {
		const { jofi, trigger, testTakers } = await published('missed:busy');
		jofi.account.complete(testTakers[0], 6);
		const items = [];
		for (let index = 20; index < 26; index++) {
			jofi.account.complete(testTakers[index], 6);
			items.push(...((await trigger.poll()) ?? []));
		}
		expect(countsOf(items)).toEqual({ [COMPLETED]: 6, [GAP]: 1 });
	});

	it('are no gap when JOFI shows them one poll after it counts them', async () => {
		const { jofi, trigger, testTakers } = await published('missed:lag');
		jofi.account.completed.Personality++;
		expect(await trigger.poll()).toBeNull();
		jofi.account.completed.Personality--;
		jofi.account.complete(testTakers[12], 6);
		expect(countsOf(await trigger.poll())).toEqual({ [COMPLETED]: 1 });
		expect(await requestsOf(jofi, async () => expect(await trigger.poll()).toBeNull())).toEqual(
			LISTS,
		);
	});

	it('are no gap when JOFI counts them after they were found', async () => {
		const { jofi, trigger } = await published('missed:early');
		const [id] = newTestTakers(jofi, 1);
		jofi.account.complete(id, 6);
		jofi.account.completed.Personality--;
		expect(countsOf(await trigger.poll())).toEqual({ [COMPLETED]: 1 });
		jofi.account.completed.Personality++;
		for (let poll = 0; poll < 3; poll++)
			expect(await requestsOf(jofi, async () => expect(await trigger.poll()).toBeNull())).toEqual(
				LISTS,
			);
	});

	it('are a gap an hour later, although more were found before than JOFI ever counted', async () => {
		const { jofi, trigger, testTakers } = await published('missed:uncounted');
		const [id] = newTestTakers(jofi, 1);
		jofi.account.complete(id, 6);
		jofi.account.completed.Personality--;
		expect(countsOf(await trigger.poll())).toEqual({ [COMPLETED]: 1 });
		changeCursors(trigger, ({ testTakers: cursor }) => {
			cursor.aheadSince -= HOUR;
		});
		jofi.account.complete(testTakers[0], 6);
		expect(countsOf(await drain(trigger, 2))).toEqual({ [GAP]: 1 });
	});

	it('are no gap when they belong to new test takers not yet read', async () => {
		const jofi = await jofiForTest();
		const trigger = publish(jofi, {
			workflowId: 'missed:time',
			events: WITH_GAPS,
			budgetMs: 0,
		});
		expect(await trigger.poll()).toBeNull();
		for (const id of newTestTakers(jofi, 8)) jofi.account.complete(id, 6);
		expect(countsOf(await drain(trigger, 4))).toEqual({ [COMPLETED]: 8 });
	});

	it('are no gap at the first poll, nor when a counter goes down', async () => {
		const jofi = await jofiForTest();
		for (const id of newTestTakers(jofi, 35)) jofi.account.complete(id, 6);
		const trigger = publish(jofi, { workflowId: 'missed:first', events: WITH_GAPS });
		for (let poll = 0; poll < 3; poll++) expect(await trigger.poll()).toBeNull();
		jofi.account.completed.Personality -= 5;
		for (let poll = 0; poll < 3; poll++) expect(await trigger.poll()).toBeNull();
	});
});

describe('a test taker who has completed everything', () => {
	/**
	 * @param {string} workflowId
	 * @param {(jofi: Jofi) => number[]} prepare what is there at publishing, and who finishes after
	 * it
	 */
	async function finished(workflowId, prepare = () => []) {
		const jofi = await jofiForTest();
		let now = Date.now();
		jofi.account.now = () => (now += 1000);
		const ids = prepare(jofi);
		const trigger = publish(jofi, { workflowId, events: WITH_GAPS });
		expect(await trigger.poll()).toBeNull();
		return { jofi, trigger, ids };
	}

	/** @param {Jofi} jofi @param {number} count */
	function complete(jofi, count) {
		const ids = newTestTakers(jofi, count);
		for (const id of ids) for (const assessment of [6, 7, 8]) jofi.account.complete(id, assessment);
		return ids;
	}

	it.each([
		['was so at publishing', true],
		['has become so since', false],
	])('is reported again after a reset, when that %s', async (name, isBefore) => {
		const { jofi, trigger, ids } = await finished(`again:${name}`, (each) =>
			isBefore ? complete(each, 3) : [],
		);
		const webhook = await webhookOf(jofi);
		if (!isBefore) {
			ids.push(...complete(jofi, 3));
			expect(countsOf(await trigger.poll())).toEqual({ [COMPLETED]: 9 });
		}
		const before = (await webhook.delivered()).filter(({ event }) => event === COMPLETED).length;
		for (const id of [ids[0], ids[2]]) {
			jofi.account.reset(id, 7);
			jofi.account.complete(id, 7);
		}
		const items = await drain(trigger);
		const delivered = (await webhook.delivered()).filter(({ event }) => event === COMPLETED);
		await webhook.close();
		expect(keysOf(items)).toEqual(keysOf(delivered.slice(before)));
		expect(items).toHaveLength(2);
		expect(await requestsOf(jofi, trigger.poll)).toEqual(LISTS);
	});

	it('is read only for what was not found among test takers with open assessments', async () => {
		const { jofi, trigger, ids } = await finished('again:cost', (each) => [
			...complete(each, 5),
			...newTestTakers(each, 5),
		]);
		jofi.account.complete(ids[9], 6);
		expect(
			await requestsOf(jofi, async () => expect(await trigger.poll()).toHaveLength(1)),
		).toEqual([...LISTS, `/test-takers/${ids[9]}`]);
		jofi.account.reset(ids[4], 6);
		jofi.account.complete(ids[4], 6);
		const requests = await requestsOf(jofi, async () =>
			expect(await trigger.poll()).toHaveLength(1),
		);
		expect(requests).toHaveLength(2 + 5 + 1);
		expect(requests.at(-1)).toBe(`/test-takers/${ids[4]}`);
	});

	it('is pending again while something that was reset is open', async () => {
		const { jofi, trigger, ids } = await finished('again:open', (each) => complete(each, 2));
		jofi.account.reset(ids[0], 6);
		changeCursors(trigger, (cursors) => {
			cursors.testTakers.checkedAt -= HOUR;
		});
		expect(await trigger.poll()).toBeNull();
		const { testTakers: cursor } = cursorsOf(trigger.inMemory);
		expect([Object.keys(cursor.pending), Object.keys(cursor.finished)]).toEqual([
			[String(ids[0])],
			[String(ids[1])],
		]);
		jofi.account.complete(ids[0], 6);
		expect(
			await requestsOf(jofi, async () => expect(await trigger.poll()).toHaveLength(1)),
		).toHaveLength(3);
	});

	it('is one of the 50 latest that are remembered', async () => {
		const jofi = await jofiForTest({ caps: { testTakers: 80 } });
		const ids = complete(jofi, 60);
		const trigger = publish(jofi, { workflowId: 'again:bounded', events: WITH_GAPS });
		await trigger.poll();
		const { testTakers: cursor } = cursorsOf(trigger.inMemory);
		expect(Object.keys(cursor.finished)).toEqual(ids.slice(10).map(String));
	});
});

describe('an accepted invitation', () => {
	it('has the team, the custom ID and the rest that its test taker shows, when the invitation does not', async () => {
		const jofi = await jofiForTest({ invitationObject: 'documented' });
		const parameters = { filters: { teams: ['55'], customIds: ['REQ-1'] } };
		const trigger = publish(jofi, {
			workflowId: 'accepted:merged',
			events: [ACCEPTED],
			parameters,
		});
		await trigger.poll();
		const { invitation_id, invitation_created_at } = newTestTaker(jofi, {
			custom_id: 'REQ-1',
			team_id: 55,
		});
		newTestTaker(jofi, { custom_id: 'REQ-2', team_id: 55 });
		newTestTaker(jofi, { custom_id: 'REQ-1', team_id: 56 });
		const items = (await trigger.poll()) ?? [];
		expect(items).toMatchObject([{ event: ACCEPTED, assessment: { customId: 'REQ-1' } }]);
		const [{ accepted_at }] = jofi.account.invitations;
		expect(items[0].payload.data.object).toMatchObject({
			...{
				object: 'invitation',
				id: invitation_id,
				custom_id: 'REQ-1',
				team: { id: 55 },
				account: { id: expect.any(Number) },
			},
			...{ accepted_at, invitation_created_at, mode: 'live' },
		});
	});

	it('keeps what only a list shows of a record, whichever it is', async () => {
		const jofi = await jofiForTest({ invitationListItem: 'full', invitationObject: 'documented' });
		const trigger = publish(jofi, { workflowId: 'created:merged', events: [CREATED] });
		await trigger.poll();
		jofi.account.invite({ custom_id: 'REQ-1', team_id: 55 });
		expect(await trigger.poll()).toMatchObject([
			{
				assessment: { customId: 'REQ-1' },
				payload: { data: { object: { object: 'invitation', team: { id: 55 } } } },
			},
		]);
	});
});

describe('a record that JOFI never gives', () => {
	const FOREVER = { times: Infinity, headers: { 'retry-after': '60' } };

	/** @type {[string, string, string][]} */
	const cases = [
		[CREATED, '/invitations/31002', '/invitations/31002'],
		[ACCEPTED, '/invitations/31002', '/test-takers/42002'],
		[TEST_TAKER, '/test-takers/42002', '/test-takers/42002'],
		[COMPLETED, '/test-takers/42002', '/test-takers/42002'],
		[
			PROFILE,
			'/career-navigation-profiles/CNP0000000002',
			'/career-navigation-profiles/CNP0000000002',
		],
	];

	it.each(cases)(
		'is skipped after three polls, reported, and read again later: %s',
		async (type, failing, named) => {
			const jofi = await jofiForTest();
			const trigger = publish(jofi, { workflowId: `forever:${type}`, events: [type, GAP] });
			await trigger.poll();
			for (let count = 0; count < 3; count++) {
				const { id } = newTestTaker(jofi);
				jofi.account.complete(id, 6);
				jofi.account.createProfile(id);
			}
			const withdraw = jofi.fail({ match: new RegExp(`${failing}$`), status: 500, ...FOREVER });
			for (let poll = 0; poll < 2; poll++)
				await expect(trigger.poll()).rejects.toThrow('JOFI is not available at the moment');
			const items = (await trigger.poll()) ?? [];
			expect(countsOf(items)).toEqual({ [type]: 2, [GAP]: 1 });
			expect(messageOf(items.at(-1))).toBe(
				`JOFI did not give ${named} in 3 polls in a row (JOFI is not available at the moment): what is new there is missing until it does. It is read again every hour.`,
			);

			// The others go on, also when newer ones come.
			const failed = () => jofi.requests.filter(({ path }) => path === failing).length;
			const before = failed();
			const other = newTestTaker(jofi).id;
			jofi.account.complete(other, 6);
			jofi.account.createProfile(other);
			expect(countsOf(await drain(trigger))[type]).toBe(1);
			expect(failed()).toBe(before);

			const skippedOf = () =>
				Object.values(cursorsOf(trigger.inMemory)).flatMap(({ skipped }) =>
					Object.keys(skipped ?? {}),
				);
			expect(skippedOf()).toEqual([named]);
			const later = () => changeCursors(trigger, (cursors) => ageSkipped(cursors, HOUR));
			later();
			expect((await drain(trigger)).filter(({ event }) => event === type)).toEqual([]);
			expect(failed()).toBe(before + 1);
			withdraw();
			later();
			expect(countsOf(await drain(trigger))).toEqual({ [type]: 1 });
			for (const cursor of Object.values(cursorsOf(trigger.inMemory)))
				expect(cursor).not.toHaveProperty('skipped');
		},
	);

	it('is not skipped when the key is rejected: polls fail, and all comes once the key is right', async () => {
		const jofi = await jofiForTest();
		const [id] = newTestTakers(jofi, 1);
		const trigger = publish(jofi, { workflowId: 'forever:key', events: WITH_GAPS });
		await trigger.poll();
		jofi.account.complete(id, 6);
		const withdraw = jofi.fail({
			match: /\/test-takers\/\d+$/,
			status: 404,
			body: { error: 'Account not found for API key' },
			times: Infinity,
		});
		for (let poll = 0; poll < 5; poll++)
			await expect(trigger.poll()).rejects.toThrow('The API key was not accepted');
		withdraw();
		expect(await trigger.poll()).toMatchObject([{ event: COMPLETED, person: { id: String(id) } }]);
	});

	it('does not hold back other pending test takers, and its own completions come once it is back', async () => {
		const jofi = await jofiForTest();
		const ids = newTestTakers(jofi, 4);
		const trigger = publish(jofi, { workflowId: 'forever:watched', events: WITH_GAPS });
		await trigger.poll();
		const withdraw = jofi.fail({
			match: new RegExp(`/test-takers/${ids[2]}$`),
			status: 503,
			...FOREVER,
		});
		for (const id of ids) jofi.account.complete(id, 6);
		for (let poll = 0; poll < 2; poll++)
			await expect(trigger.poll()).rejects.toThrow('JOFI is not available at the moment');
		expect(countsOf(await drain(trigger, 2))).toEqual({ [COMPLETED]: 3, [GAP]: 2 });
		withdraw();
		changeCursors(trigger, ({ testTakers: cursor }) => {
			cursor.skipped[`/test-takers/${ids[2]}`] -= HOUR;
			cursor.checkedAt -= HOUR;
		});
		expect(await trigger.poll()).toMatchObject([
			{ event: COMPLETED, person: { id: String(ids[2]) } },
		]);
	});

	it('stays new when it is the last one that the list shows', async () => {
		const jofi = await jofiForTest({ caps: { invitations: 3 } });
		for (let count = 0; count < 5; count++) jofi.account.invite();
		const trigger = publish(jofi, { workflowId: 'forever:last', events: [CREATED, GAP] });
		await trigger.poll();
		const { id } = jofi.account.invite();
		const withdraw = jofi.fail({ match: `/invitations/${id}`, status: 500, ...FOREVER });
		for (let poll = 0; poll < 2; poll++)
			await expect(trigger.poll()).rejects.toThrow('not available');
		expect(countsOf(await trigger.poll())).toEqual({ [GAP]: 1 });
		for (let count = 0; count < 2; count++) jofi.account.invite();
		expect(countsOf(await trigger.poll())).toEqual({ [CREATED]: 2 });
		withdraw();
		changeCursors(trigger, ({ invitations: cursor }) => {
			cursor.skipped[`/invitations/${id}`] -= HOUR;
		});
		expect(await trigger.poll()).toMatchObject([
			{ event: CREATED, payload: { data: { object: { id } } } },
		]);
		expect(await trigger.poll()).toBeNull();
	});

	it('fails each poll when there are more than five, and nothing moves', async () => {
		const jofi = await jofiForTest();
		const trigger = publish(jofi, { workflowId: 'forever:all', events: [CREATED] });
		await trigger.poll();
		for (let count = 0; count < 8; count++) jofi.account.invite();
		const before = trigger.inMemory;
		const withdraw = jofi.fail({ match: 'GET /invitations/', status: 500, ...FOREVER });
		for (let poll = 0; poll < 20; poll++)
			await expect(trigger.poll()).rejects.toThrow('JOFI is not available at the moment');
		expect(trigger.inMemory).toEqual(before);
		withdraw();
		expect(await trigger.poll()).toHaveLength(8);
	});

	it('is not skipped when polls in between succeed, or when JOFI only wants fewer requests', async () => {
		const jofi = await jofiForTest();
		const trigger = publish(jofi, { workflowId: 'forever:not', events: [CREATED] });
		await trigger.poll();
		for (let round = 0; round < 5; round++) {
			const { id } = jofi.account.invite();
			const withdraw = jofi.fail({ match: `/invitations/${id}`, status: 500, ...FOREVER });
			for (let poll = 0; poll < 2; poll++)
				await expect(trigger.poll()).rejects.toThrow('not available');
			withdraw();
			expect(await trigger.poll()).toHaveLength(1);
		}
		const { id } = jofi.account.invite();
		jofi.fail({ match: `/invitations/${id}`, status: 429, ...FOREVER });
		for (let poll = 0; poll < 6; poll++)
			await expect(trigger.poll()).rejects.toThrow('JOFI is receiving too many requests');
	});
});

it('everything together loses nothing and repeats nothing while one record always fails', async () => {
	const jofi = await jofiForTest();
	const trigger = publish(jofi, { workflowId: 'missed:together' });
	await trigger.poll();
	const webhook = await webhookOf(jofi);
	const ids = newTestTakers(jofi, 5);
	for (const id of ids) jofi.account.complete(id, 6);
	jofi.account.createProfile(ids[1]);
	const withdraw = jofi.fail({
		match: /\/test-takers\/42003$/,
		status: 502,
		times: Infinity,
		headers: { 'retry-after': '60' },
	});
	const items = [];
	for (let poll = 0; poll < 4; poll++)
		items.push(...((await trigger.poll().catch(() => null)) ?? []));
	withdraw();
	changeCursors(trigger, (cursors) => ageSkipped(cursors, HOUR));
	items.push(...(await drain(trigger, 2)));
	expect(keysOf(items)).toEqual(
		keysOf((await webhook.delivered()).filter(({ event }) => FIVE.includes(event))),
	);
	await webhook.close();
});
