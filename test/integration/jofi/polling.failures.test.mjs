import {
	closeJofis,
	COMPLETED,
	CREATED,
	cursorsOf,
	drain,
	FIVE,
	jofiForTest,
	keysOf,
	newOfEach,
	newTestTaker,
	publish,
	requestsOf,
	webhookOf,
} from './polling.mjs';

/** @typedef {import('./polling.mjs').Jofi} Jofi */

afterEach(closeJofis);

/** A wait that nobody has the patience for, so that nothing is tried again. */
const GIVE_UP = { headers: { 'retry-after': '60' } };

/**
 * Makes one request fail for good.
 *
 * @param {Jofi} jofi
 * @param {Omit<Parameters<Jofi['fail']>[0], 'times'>} failure
 */
const breakdown = (jofi, failure) => jofi.fail({ ...failure, times: Infinity });

/**
 * An account in which much is new: 3 of each event, and completions of test takers that are
 * watched.
 *
 * @param {string} workflowId
 * @param {Record<string, unknown>} [parameters]
 */
async function busy(workflowId, parameters = {}) {
	const jofi = await jofiForTest();
	const watched = Array.from({ length: 3 }, () => newTestTaker(jofi));
	const trigger = publish(jofi, { workflowId, parameters });
	expect(await trigger.poll()).toBeNull();
	// As at activation.
	trigger.store();
	const webhook = await webhookOf(jofi);
	newOfEach(jofi, 3);
	for (const { id } of watched) jofi.account.complete(id, 8);
	const expected = keysOf(await webhook.delivered());
	await webhook.close();
	expect(expected).toHaveLength(18);
	return { jofi, trigger, expected };
}

describe('a poll during which JOFI fails', () => {
	it('leaves the cursors where they were, and the next one brings everything once, whichever request fails', async () => {
		// 4 for what is there, 3 of each kind of record, 3 watched.
		const total = 4 + 9 + 3;
		for (let after = 0; after < total; after++) {
			const { jofi, trigger, expected } = await busy(`fails:${after}`);
			const before = trigger.stored;
			const withdraw = breakdown(jofi, {
				match: 'GET',
				status: after % 2 ? 500 : 429,
				after,
				...GIVE_UP,
			});
			const made = await requestsOf(jofi, () =>
				expect(trigger.poll()).rejects.toMatchObject({ name: 'NodeApiError' }),
			);
			// Up to three more were under way.
			expect(made.length).toBeGreaterThan(after);
			expect(made.length).toBeLessThanOrEqual(after + 4);
			expect(trigger.stored).toEqual(before);
			expect(trigger.inMemory).toEqual(before);
			withdraw();
			if (after % 3 === 0) trigger.restart();
			expect(keysOf(await drain(trigger))).toEqual(expected);
			expect(await requestsOf(jofi, trigger.poll)).toHaveLength(4);
			await closeJofis();
		}
	});

	it.each([
		['429 with a long wait', { status: 429, ...GIVE_UP }, 'JOFI is receiving too many requests'],
		['500', { status: 500, ...GIVE_UP }, 'JOFI is not available at the moment'],
		['a wrong key', { status: 404, body: { error: 'Account not found for API key' } }, 'API key'],
		[
			'a page of HTML',
			{ status: 200, body: '<html></html>' },
			'JOFI sent a response that this node does not understand (200)',
		],
	])('fails with what happened: %s', async (name, failure, message) => {
		for (const match of ['GET /accounts', 'GET /test-takers', 'GET /invitations/']) {
			const { jofi, trigger, expected } = await busy(`tells:${name}:${match}`);
			const withdraw = breakdown(jofi, { match, ...failure });
			await expect(trigger.poll()).rejects.toMatchObject({
				name: 'NodeApiError',
				message: expect.stringContaining(message),
			});
			withdraw();
			expect(keysOf(await drain(trigger))).toEqual(expected);
		}
	});

	it('fails with what happened when JOFI cannot be reached, after four attempts', async () => {
		const { jofi, trigger, expected } = await busy('unreachable');
		jofi.fail({ match: 'GET /career-navigation-profiles', status: 0, times: 4 });
		const made = await requestsOf(jofi, () =>
			expect(trigger.poll()).rejects.toMatchObject({
				name: 'NodeApiError',
				message: 'JOFI could not be reached',
			}),
		);
		expect(made.filter((path) => path === '/career-navigation-profiles')).toHaveLength(4);
		expect(keysOf(await drain(trigger))).toEqual(expected);
	});

	it('does not fail when an attempt succeeds', async () => {
		const { jofi, trigger, expected } = await busy('attempts');
		jofi.fail({ match: 'GET /accounts', status: 0 });
		jofi.fail({
			match: 'GET /test-takers',
			status: 429,
			headers: { 'retry-after': '0' },
			times: 3,
		});
		expect(keysOf(await trigger.poll())).toEqual(expected);
	});

	it('begins with the first poll again when that failed', async () => {
		const jofi = await jofiForTest();
		newOfEach(jofi, 2);
		const trigger = publish(jofi, { workflowId: 'first-fails' });
		const withdraw = breakdown(jofi, { match: 'GET', status: 500, after: 4, ...GIVE_UP });
		await expect(trigger.poll()).rejects.toThrow('JOFI is not available at the moment');
		withdraw();
		expect(await trigger.poll()).toBeNull();
		newTestTaker(jofi);
		expect(await trigger.poll()).toHaveLength(3);
	});
});

describe('a restart', () => {
	it('loses nothing and repeats nothing, whenever it comes', async () => {
		const jofi = await jofiForTest();
		const trigger = publish(jofi, { workflowId: 'restarts' });
		await trigger.poll();
		trigger.store();
		const webhook = await webhookOf(jofi);
		const { account } = jofi;
		const items = [];
		/** @type {(() => void)[]} */
		const steps = [
			() => void newTestTaker(jofi),
			() => {},
			() => void account.complete(account.testTakers[0].id, 6),
			() => {},
			() => void newTestTaker(jofi),
			() => void account.reset(account.testTakers[0].id, 6),
			() => void account.complete(account.testTakers[0].id, 6),
			() => void account.createProfile(account.testTakers[0].id),
			() => void account.complete(account.testTakers[1].id, 8),
			() => {},
		];
		for (const [index, step] of steps.entries()) {
			step();
			const withdraw =
				index % 2
					? breakdown(jofi, { match: 'GET', status: 500, after: index % 4, ...GIVE_UP })
					: undefined;
			if (withdraw) await expect(trigger.poll()).rejects.toThrow('JOFI is not available');
			withdraw?.();
			if (index % 3 === 0) trigger.restart();
			items.push(...((await trigger.poll()) ?? []));
			// What was stored last may be older than what the process knew.
			trigger.restart();
			items.push(...((await trigger.poll()) ?? []));
		}
		expect(keysOf(items)).toEqual(keysOf(await webhook.delivered()));
		await webhook.close();
	});

	it('before anything was stored starts over: with Start From Now nothing is reported, otherwise nothing twice', async () => {
		for (const startFrom of ['now', 'listed']) {
			const jofi = await jofiForTest();
			newOfEach(jofi, 2);
			const trigger = publish(jofi, {
				workflowId: `crash:${startFrom}`,
				parameters: { startFrom },
			});
			// The process ends after the execution has begun, and before the static data is stored.
			const first = await trigger.poll();
			expect(first?.length ?? 0).toBe(startFrom === 'now' ? 0 : 10);
			trigger.restart({});
			expect((await trigger.poll()) ?? []).toEqual([]);
			newTestTaker(jofi);
			expect(await trigger.poll()).toHaveLength(3);
		}
	});

	it('after a run that n8n recorded, and before the cursor was stored, repeats nothing', async () => {
		const { jofi, trigger, expected } = await busy('crash:later');
		const before = trigger.stored;
		expect(keysOf(await trigger.poll())).toEqual(expected);
		trigger.restart(before);
		newTestTaker(jofi);
		expect(await drain(trigger)).toHaveLength(3);
	});

	it.each([
		['a text', 'x'],
		['a list', [1, 2]],
		['nothing', null],
		['cursors of another version', { invitations: { ids: [1] }, testTakers: 7 }],
		['pending test takers that are none', { testTakers: { pending: { a: 1 } } }],
	])('with %s for its cursors starts over', async (name, cursors) => {
		const jofi = await jofiForTest();
		newOfEach(jofi, 2);
		const trigger = publish(jofi, { workflowId: `garbage:${name}` });
		trigger.restart({ 'node:JOFI Polling Trigger': { cursors } });
		expect(await trigger.poll()).toBeNull();
		newTestTaker(jofi);
		expect(await trigger.poll()).toHaveLength(3);
	});
});

describe('polls that overlap', () => {
	it('find everything once: the later one leaves it to the earlier', async () => {
		const { jofi, trigger, expected } = await busy('overlaps');
		const requests = await requestsOf(jofi, async () => {
			const [first, second] = await Promise.all([trigger.poll(), trigger.poll()]);
			expect(keysOf(first)).toEqual(expected);
			expect(second).toBeNull();
		});
		expect(new Set(requests).size).toBe(requests.length);
		expect(await trigger.poll()).toBeNull();
	});

	it('do not block those after a failure', async () => {
		const { jofi, trigger, expected } = await busy('overlaps:failure');
		jofi.fail({ match: 'GET /accounts', status: 500, ...GIVE_UP });
		await expect(Promise.all([trigger.poll(), trigger.poll()])).rejects.toThrow(
			'JOFI is not available',
		);
		expect(keysOf(await drain(trigger))).toEqual(expected);
	});

	it('of two triggers do not wait for each other', async () => {
		const jofi = await jofiForTest();
		const triggers = ['a', 'b'].map((each) =>
			publish(jofi, { workflowId: `overlaps:${each}`, events: [CREATED] }),
		);
		await Promise.all(triggers.map((each) => each.poll()));
		jofi.account.invite();
		const found = await Promise.all(triggers.map((each) => each.poll()));
		expect(found).toMatchObject([[{ event: CREATED }], [{ event: CREATED }]]);
	});
});

describe('a poll that runs out of time', () => {
	/** Time is up at once, so each list and the watched test takers get one record a poll. */
	const budgetMs = 0;

	it('leaves the rest to the next ones, which bring each event once and no gap', async () => {
		const jofi = await jofiForTest({
			caps: { invitations: 10, testTakers: 10, careerNavigationProfiles: 10 },
		});
		const older = Array.from({ length: 12 }, () => newTestTaker(jofi));
		const trigger = publish(jofi, { workflowId: 'budget', events: ['*'], budgetMs });
		for (let poll = 0; poll < 12; poll++) expect(await trigger.poll()).toBeNull();
		const webhook = await webhookOf(jofi);
		newOfEach(jofi, 7);
		for (const { id } of older.slice(-5)) jofi.account.complete(id, 6);
		const items = await drain(trigger, older.length + 7);
		expect(keysOf(items)).toEqual(keysOf(await webhook.delivered()));
		await webhook.close();
		// Some of the watched test takers are still to be read.
		for (let poll = 0; poll < 10; poll++) expect(await trigger.poll()).toBeNull();
		expect(await requestsOf(jofi, trigger.poll)).toHaveLength(4);
	});

	it('does not report as new what was there at the first poll and had to wait', async () => {
		const jofi = await jofiForTest();
		newOfEach(jofi, 5);
		const trigger = publish(jofi, { workflowId: 'budget:first', budgetMs });
		expect(await trigger.poll()).toBeNull();
		newTestTaker(jofi);
		const items = [];
		for (let poll = 0; poll < 10; poll++) items.push(...((await trigger.poll()) ?? []));
		expect(keysOf(items)).toEqual([
			'jofi:invitation.accepted:31006',
			'jofi:invitation.created:31006',
			'jofi:test_taker.created:42006',
		]);
	});

	it('reads all test takers in the end when completions are selected later', async () => {
		const jofi = await jofiForTest();
		const testTakers = Array.from({ length: 5 }, () => newTestTaker(jofi));
		const trigger = publish(jofi, {
			workflowId: 'budget:later',
			events: [CREATED, 'test_taker.created'],
			budgetMs,
		});
		for (let poll = 0; poll < 6; poll++) await trigger.poll();
		trigger.change({ events: FIVE });
		for (let poll = 0; poll < 6; poll++) expect(await trigger.poll()).toBeNull();
		for (const { id } of testTakers) jofi.account.complete(id, 6);
		const items = await drain(trigger);
		expect(items.map(({ event }) => event)).toEqual(Array(5).fill(COMPLETED));
	});

	it('reads all pending test takers in turn, however little time each poll has', async () => {
		const jofi = await jofiForTest();
		const testTakers = Array.from({ length: 6 }, () => newTestTaker(jofi));
		const trigger = publish(jofi, {
			workflowId: 'budget:check',
			events: [COMPLETED],
			budgetMs,
		});
		for (let poll = 0; poll < 7; poll++) await trigger.poll();
		jofi.account.complete(testTakers[0].id, 6);
		jofi.account.completed.Personality--;
		const staticData = trigger.inMemory;
		cursorsOf(staticData).testTakers.checkedAt = 0;
		trigger.restart(staticData);
		const found = [];
		for (let poll = 0; poll < 6; poll++) found.push(...((await trigger.poll()) ?? []));
		expect(found).toHaveLength(1);
		expect(await requestsOf(jofi, trigger.poll)).toHaveLength(2);
	});
});
