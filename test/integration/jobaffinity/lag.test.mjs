import {
	deliveryOf,
	endOfTest,
	HIRED,
	hurriedClock,
	INTERVIEW,
	jobAffinityForTest,
	keyOf,
	keysOf,
	NEW,
	OFFER,
	publishedTriggerOf,
	requestsOf,
	stepsOf,
} from './jobaffinity.mjs';

/** @typedef {import('./jobaffinity.mjs').JobAffinity} JobAffinity */
/** @typedef {Partial<import('./jobaffinity.mjs').Settings>} Options */

/** @type {ReturnType<typeof hurriedClock>} */
let clock;

beforeEach(() => {
	clock = hurriedClock();
});

afterEach(endOfTest);

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/**
 * A published trigger, and an application that came before, whose first delivery is no news.
 *
 * @param {Options} options
 */
async function laggingTrigger(options) {
	const ja = await jobAffinityForTest({ clock: clock.now, ...options });
	const { id } = ja.account.apply();
	clock.pass(20 * MINUTE);
	const trigger = await publishedTriggerOf(ja);
	return { ja, id, trigger };
}

/** @param {JobAffinity} ja @param {number} [from] */
const keysFrom = ({ account }, from = 1) => account.stepChanges.slice(from).map(keyOf);

const GENERATIONS = /** @type {const} */ (['new', 'old']);
/** Whether the list is behind the application, or both are behind the delivery. */
const LAGS = /** @type {[string, Options][]} */ ([
	['the list of changes', { listLagMs: 12_000 }],
	['the list of changes and the application', { listLagMs: 12_000, applicationLagMs: 12_000 }],
	['the list more than the application', { listLagMs: 15_000, applicationLagMs: 6_000 }],
	['the application', { applicationLagMs: 12_000 }],
]);

describe.each(LAGS)('a delivery that is ahead of %s', (_, lag) => {
	describe.each(GENERATIONS)('in the %s generation', (generation) => {
		it('brings its change when the API shows it', async () => {
			const { ja, id, trigger } = await laggingTrigger({ generation, ...lag });
			const change = ja.account.move(id, INTERVIEW);
			expect(await trigger.deliver(deliveryOf(id))).toMatchObject([
				{
					eventKey: keyOf(change),
					details: { status: 'fetched' },
					application: { stage: 'Interview' },
				},
			]);
			expect(await trigger.deliver(deliveryOf(id))).toEqual([]);
		});

		it('reports A→B→A as three events in order, one after the other', async () => {
			const { ja, id, trigger } = await laggingTrigger({ generation, ...lag });
			const items = [];
			for (const step of [INTERVIEW, OFFER, INTERVIEW]) {
				ja.account.move(id, step);
				items.push(...(await trigger.deliver(deliveryOf(id))));
				clock.pass(3 * MINUTE);
			}
			expect(keysOf(items)).toEqual(keysFrom(ja));
			expect(stepsOf(items)).toEqual(['Interview', 'Offer', 'Interview']);
		});

		it.each([
			['one after the other', false],
			['at once', true],
		])('reports each of several changes once, processed %s', async (__, isAtOnce) => {
			const { ja, id, trigger } = await laggingTrigger({ generation, ...lag });
			for (const step of [INTERVIEW, OFFER]) ja.account.move(id, step);
			const deliver = () => trigger.deliver(deliveryOf(id));
			const items = isAtOnce
				? (await Promise.all([deliver(), deliver()])).flat()
				: [...(await deliver()), ...(await deliver())];
			expect(keysOf(items)).toEqual(keysFrom(ja));
			expect(items.every(({ details }) => details.status === 'fetched')).toBe(true);
		});
	});
});

describe('the list of changes is recognized as lagging', () => {
	it.each([
		['back to the step before', [INTERVIEW, OFFER, INTERVIEW], {}],
		['back to the first step', [INTERVIEW, NEW], {}],
		[
			'back, with a history listed newest first',
			[INTERVIEW, OFFER, INTERVIEW],
			{ historyOrder: /** @type {const} */ ('newest') },
		],
		[
			'back, with a history without the current step',
			[INTERVIEW, OFFER, INTERVIEW],
			{ historyIncludesCurrent: false },
		],
		['to the same step again', [INTERVIEW, INTERVIEW], {}],
	])('within one day: %s', async (_, steps, options) => {
		let shown = Infinity;
		// It shows the first of these changes, and not the later ones yet.
		const listLagMs = (/** @type {{ change_id: number }} */ { change_id }) =>
			change_id > shown ? 12_000 : 0;
		const { ja, id, trigger } = await laggingTrigger({ listLagMs, ...options });
		const [first, ...later] = steps;
		const change = ja.account.move(id, first);
		shown = change.change_id;
		expect(keysOf(await trigger.deliver(deliveryOf(id)))).toEqual([keyOf(change)]);
		for (const step of later) ja.account.move(id, step);
		expect(keysOf(await trigger.deliver(deliveryOf(id)))).toEqual(keysFrom(ja, 2));
	});

	it('by the date of the current step, when the step repeats and the history cannot decide', async () => {
		const { ja, id, trigger } = await laggingTrigger({
			listLagMs: 12_000,
			historyIncludesCurrent: false,
		});
		ja.account.move(id, INTERVIEW);
		expect(await trigger.deliver(deliveryOf(id))).toHaveLength(1);
		clock.pass(2 * DAY);
		const again = ja.account.move(id, INTERVIEW);
		expect(keysOf(await trigger.deliver(deliveryOf(id)))).toEqual([keyOf(again)]);
	});

	it('when it shows a later change before an earlier one', async () => {
		let late = Infinity;
		const { ja, id, trigger } = await laggingTrigger({
			listLagMs: ({ change_id }) => (change_id === late ? 20_000 : 0),
		});
		// Of three changes the second one comes last.
		late = ja.account.stepChanges[0].change_id + 2;
		for (const step of [INTERVIEW, OFFER, HIRED]) ja.account.move(id, step);
		expect(keysOf(await trigger.deliver(deliveryOf(id)))).toEqual(keysFrom(ja));
	});
});

describe('a change that the API does not show in time', () => {
	it('is reported in part, once for two deliveries, and in full with the next delivery', async () => {
		const { ja, id, trigger } = await laggingTrigger({ listLagMs: 10 * MINUTE });
		const change = ja.account.move(id, INTERVIEW);
		const before = clock.slept;
		const items = [
			...(await trigger.deliver(deliveryOf(id))),
			...(await trigger.deliver(deliveryOf(id))),
		];
		expect(items).toMatchObject([
			{
				application: { id: String(id), stage: 'Interview' },
				person: { email: 'lea.noir@example.org' },
				details: { status: 'partly fetched', change: null },
			},
		]);
		expect(clock.slept - before).toBeLessThan(2 * MINUTE);
		clock.pass(10 * MINUTE);
		expect(keysOf(await trigger.deliver(deliveryOf(id)))).toEqual([keyOf(change)]);
	});

	it('comes with the next delivery when the API showed nothing new at all', async () => {
		const { ja, id, trigger } = await laggingTrigger({
			listLagMs: 10 * MINUTE,
			applicationLagMs: 10 * MINUTE,
		});
		ja.account.move(id, INTERVIEW);
		expect(await trigger.deliver(deliveryOf(id))).toEqual([]);
		clock.pass(10 * MINUTE);
		expect(keysOf(await trigger.deliver(deliveryOf(id)))).toEqual(keysFrom(ja));
	});

	it('is reported in part when the API stops answering during the wait', async () => {
		const { ja, id, trigger } = await laggingTrigger({ listLagMs: 12_000 });
		ja.account.move(id, INTERVIEW);
		ja.fail({
			match: '/step',
			status: 500,
			headers: { 'retry-after': '0' },
			after: 1,
			times: Infinity,
		});
		expect(await trigger.deliver(deliveryOf(id))).toMatchObject([
			{ details: { status: 'partly fetched' }, application: { stage: 'Interview' } },
		]);
	});
});

describe('how long a delivery keeps retrying', () => {
	it('is not at all when the API shows its change', async () => {
		const { ja, id, trigger } = await laggingTrigger({});
		ja.account.move(id, INTERVIEW);
		const before = clock.slept;
		expect(await requestsOf(ja, () => trigger.deliver(deliveryOf(id)))).toHaveLength(2);
		expect(clock.slept).toBe(before);
	});

	it('is zero when its change was already reported with an earlier delivery', async () => {
		const { ja, id, trigger } = await laggingTrigger({});
		for (const step of [INTERVIEW, OFFER]) ja.account.move(id, step);
		expect(await trigger.deliver(deliveryOf(id))).toHaveLength(2);
		expect(await requestsOf(ja, () => trigger.deliver(deliveryOf(id)))).toHaveLength(2);
	});

	it('is 7 seconds for a repeat, then 2 seconds, and two requests for each look', async () => {
		const { ja, id, trigger } = await laggingTrigger({});
		// The memory of a lag that other tests left behind is gone.
		clock.pass(15 * MINUTE);
		ja.account.move(id, INTERVIEW);
		expect(await trigger.deliver(deliveryOf(id))).toHaveLength(1);
		const costs = [];
		for (let count = 0; count < 3; count++) {
			const before = clock.slept;
			const requests = await requestsOf(ja, async () =>
				expect(await trigger.deliver(deliveryOf(id))).toEqual([]),
			);
			costs.push([requests.length, Math.round((clock.slept - before) / 1000)]);
		}
		expect(costs).toEqual([
			[6, 7],
			[4, 2],
			[4, 2],
		]);
	});

	it('is shared by deliveries of one application that are processed at once', async () => {
		const { ja, id, trigger } = await laggingTrigger({
			listLagMs: 12_000,
			applicationLagMs: 12_000,
		});
		const change = ja.account.move(id, INTERVIEW);
		/** @type {any[]} */
		let items = [];
		const requests = await requestsOf(ja, async () => {
			items = (
				await Promise.all([1, 2, 3, 4, 5].map(() => trigger.deliver(deliveryOf(id))))
			).flat();
		});
		expect(keysOf(items)).toEqual([keyOf(change)]);
		// Two for each, and those of one that waits.
		expect(requests.length).toBeLessThanOrEqual(5 * 2 + 4 * 2);
	});

	it('keeps to a minute when requests have to wait for their turns', async () => {
		const { ja, id, trigger } = await laggingTrigger({ listLagMs: 10 * MINUTE });
		ja.account.move(id, INTERVIEW);
		ja.fail({ match: '/application/', status: 429, headers: { 'retry-after': '15' }, times: 2 });
		const before = clock.slept;
		expect(await trigger.deliver(deliveryOf(id))).toMatchObject([
			{ details: { status: 'partly fetched' } },
		]);
		expect(clock.slept - before).toBeLessThan(30_000 + MINUTE);
	});

	it('is no reason to wait for a test run of a change that is shown', async () => {
		const { ja, id, trigger } = await laggingTrigger({});
		const before = clock.slept;
		expect(await trigger.deliver(deliveryOf(id), { mode: 'manual' })).toMatchObject([
			{ application: { stage: 'New' } },
		]);
		expect(await trigger.deliver(deliveryOf(id), { mode: 'manual' })).toHaveLength(1);
		expect([clock.slept, ja.requests.length]).toEqual([before, 5]);
	});
});
