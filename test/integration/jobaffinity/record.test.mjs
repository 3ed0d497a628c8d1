import {
	deliveryOf,
	endOfTest,
	failAll,
	HIRED,
	hurriedClock,
	idsOf,
	INTERVIEW,
	jobAffinityForTest,
	keyOf,
	keysOf,
	OFFER,
	pollingOf,
	publishedTriggerOf,
	STEP_CHANGED,
	stepsOf,
	triggerOf,
} from './jobaffinity.mjs';

/** @typedef {import('./jobaffinity.mjs').JobAffinity} JobAffinity */

beforeEach(() => void hurriedClock());

afterEach(endOfTest);

const DAY = 24 * 60 * 60_000;

/** @param {JobAffinity} ja @param {Partial<Parameters<typeof triggerOf>[1]>} [setting] */
const published = (ja, setting) => publishedTriggerOf(ja, { ...setting });

/** @param {JobAffinity} ja @param {number} days */
const daysAgo = ({ account }, days) => void (account.now = () => Date.now() - days * DAY);

describe('filters that are made wider', () => {
	it('do not bring back steps that were seen before', async () => {
		const ja = await jobAffinityForTest();
		const trigger = await published(ja, { parameters: { filters: { steps: ['Hired'] } } });
		daysAgo(ja, 20);
		const { id } = ja.account.apply();
		expect(await trigger.deliver(deliveryOf(id))).toEqual([]);
		ja.account.move(id, INTERVIEW);
		expect(await trigger.deliver(deliveryOf(id))).toEqual([]);
		trigger.change({ filters: {} });
		await trigger.publish();
		daysAgo(ja, 0);
		const change = ja.account.move(id, OFFER);
		expect(keysOf(await trigger.deliver(deliveryOf(id)))).toEqual([keyOf(change)]);
		expect(await trigger.deliver(deliveryOf(id))).toEqual([]);
	});

	it('do not bring back steps from the history of an application whose changes cannot be listed', async () => {
		const ja = await jobAffinityForTest();
		const { id: candidateId } = ja.account.addCandidate({ email: '' });
		const { id: jobId } = ja.account.addJob({ reference: '' });
		const trigger = await published(ja, { parameters: { filters: { steps: ['Hired'] } } });
		const { id } = ja.account.apply({ candidateId, jobId });
		for (const step of [INTERVIEW, OFFER]) {
			expect(await trigger.deliver(deliveryOf(id))).toEqual([]);
			ja.account.move(id, step);
		}
		expect(await trigger.deliver(deliveryOf(id))).toEqual([]);
		trigger.change({ filters: {} });
		await trigger.publish();
		expect(await trigger.deliver(deliveryOf(id))).toEqual([]);
		ja.account.move(id, HIRED);
		expect(stepsOf(await trigger.deliver(deliveryOf(id)))).toEqual(['Hired']);
	});

	it('leave what one trigger filters out to the other trigger of the workflow', async () => {
		const ja = await jobAffinityForTest();
		const hired = await published(ja, { parameters: { filters: { steps: ['Hired'] } } });
		const polling = pollingOf(ja, { workflowId: hired.workflowId });
		await polling.poll();
		const { id } = ja.account.apply();
		expect(await hired.deliver(deliveryOf(id))).toEqual([]);
		ja.account.move(id, HIRED);
		expect(await hired.deliver(deliveryOf(id))).toHaveLength(1);
		expect(stepsOf(await polling.poll())).toEqual(['New']);
	});
});

describe('the filters of polling that are made wider', () => {
	const { now } = Date;

	afterEach(() => {
		Date.now = now;
	});

	it('do not bring back steps of weeks after a restart, for an empty execution a day has the cursor stored', async () => {
		const ja = await jobAffinityForTest();
		const polling = pollingOf(ja, { parameters: { filters: { steps: ['Hired'] } } });
		await polling.poll();
		polling.store();
		const { id } = ja.account.apply();
		let executions = 0;
		for (let half = 1; half <= 40; half++) {
			Date.now = () => now() + (half * DAY) / 2;
			ja.account.move(id, half % 2 ? INTERVIEW : OFFER);
			const items = await polling.poll();
			if (items) executions++;
			expect(items ?? []).toEqual([]);
			expect(await polling.poll()).toBeNull();
		}
		expect(executions).toBeLessThanOrEqual(20);
		polling.change({ events: [STEP_CHANGED], filters: {} });
		polling.restart();
		const hired = ja.account.move(id, HIRED);
		const keys = keysOf(await polling.poll());
		expect(keys.length).toBeLessThanOrEqual(1 + 3);
		expect(keys.at(-1)).toBe(keyOf(hired));
	});
});

describe('a trigger that resumes following step changes', () => {
	it.each([
		[
			'after Trigger On was without them',
			{ events: [], settings: { otherEvents: ['JobClosed'] } },
			{ events: ['*'], settings: { otherEvents: [] } },
		],
		['after Fetch Application Details was off', { fetchDetails: false }, { fetchDetails: true }],
		['after Skip Duplicates was off', { settings: { skipDuplicates: false } }, { settings: {} }],
	])('does not report what happened in between: %s', async (_, without, again) => {
		const ja = await jobAffinityForTest();
		const trigger = await published(ja);
		trigger.change(without);
		await trigger.publish();
		const { id } = ja.account.apply();
		ja.account.move(id, INTERVIEW);
		trigger.change(again);
		await trigger.publish();
		const change = ja.account.move(id, OFFER);
		expect(keysOf(await trigger.deliver(deliveryOf(id)))).toEqual([keyOf(change)]);
	});
});

describe('more events than n8n remembers', () => {
	/**
	 * @param {JobAffinity} ja
	 * @param {Awaited<ReturnType<typeof published>>} trigger
	 * @param {number} count of other applications
	 */
	async function others({ account }, trigger, count) {
		for (let index = 0; index < count; index++) {
			const { id } = account.apply({ candidateId: account.addCandidate().id });
			expect(await trigger.deliver(deliveryOf(id))).toHaveLength(1);
		}
	}

	it.each([1, 4, 10, 20])('do not bring back old steps: %i', async (eventsToRemember) => {
		const ja = await jobAffinityForTest();
		const trigger = await published(ja, { parameters: { settings: { eventsToRemember } } });
		daysAgo(ja, 10);
		const { id } = ja.account.apply();
		for (const step of [INTERVIEW, OFFER]) {
			await trigger.deliver(deliveryOf(id));
			ja.account.move(id, step);
		}
		expect(stepsOf(await trigger.deliver(deliveryOf(id)))).toEqual(['Offer']);
		daysAgo(ja, 1);
		for (let round = 0; round < 3; round++) {
			await others(ja, trigger, eventsToRemember * 2 + 5);
			daysAgo(ja, 0);
			const change = ja.account.move(id, round % 2 ? OFFER : INTERVIEW);
			expect(keysOf(await trigger.deliver(deliveryOf(id)))).toEqual([keyOf(change)]);
		}
	});

	it('do not make a late repeat of an old delivery an event', async () => {
		const ja = await jobAffinityForTest();
		const trigger = await published(ja, { parameters: { settings: { eventsToRemember: 10 } } });
		daysAgo(ja, 10);
		const { id } = ja.account.apply();
		expect(await trigger.deliver(deliveryOf(id))).toHaveLength(1);
		daysAgo(ja, 0);
		await others(ja, trigger, 30);
		expect(await trigger.deliver(deliveryOf(id))).toEqual([]);
	});

	it('still let every change of one delivery be reported', async () => {
		const ja = await jobAffinityForTest();
		const trigger = await published(ja, { parameters: { settings: { eventsToRemember: 20 } } });
		await others(ja, trigger, 50);
		const { id } = ja.account.apply();
		for (const step of [INTERVIEW, OFFER]) ja.account.move(id, step);
		expect(stepsOf(await trigger.deliver(deliveryOf(id)))).toEqual(['New', 'Interview', 'Offer']);
		expect(await trigger.deliver(deliveryOf(id))).toEqual([]);
	});

	it('let a delivery be late and in any order while n8n remembers all', async () => {
		const ja = await jobAffinityForTest();
		const trigger = await published(ja);
		const applications = Array.from({ length: 12 }, () =>
			ja.account.apply({ candidateId: ja.account.addCandidate().id }),
		);
		const items = [];
		for (const { id } of applications.reverse())
			items.push(...(await trigger.deliver(deliveryOf(id))));
		expect(keysOf(items).sort()).toEqual(ja.account.stepChanges.map(keyOf).sort());
	});

	it('do not make the stored list grow without limit', async () => {
		const ja = await jobAffinityForTest();
		const trigger = await published(ja, { parameters: { settings: { eventsToRemember: 100 } } });
		const { id } = ja.account.apply();
		for (let count = 0; count < 24; count++) {
			for (let change = 0; change < 10; change++)
				ja.account.move(id, change % 2 ? INTERVIEW : OFFER);
			await trigger.deliver(deliveryOf(id));
		}
		const { marks } = trigger.published;
		expect(marks.length).toBeLessThanOrEqual(20);
		expect(marks.at(-1)).toBeGreaterThan(Number(idsOf(ja).at(-30)));
		// What is stored is small, as each execution that changes it writes the whole of it.
		expect(JSON.stringify(trigger.published).length).toBeLessThan(400);
	});
});

describe('the newest change at publishing', () => {
	it('is recorded by the first delivery that succeeds after the API was down: its change is reported, history is not', async () => {
		const ja = await jobAffinityForTest();
		daysAgo(ja, 5);
		const one = ja.account.apply();
		const other = ja.account.apply({ candidateId: 7002 });
		ja.account.move(one.id, INTERVIEW);
		daysAgo(ja, 0);
		const isBack = failAll(ja);
		const trigger = await published(ja);
		isBack();
		const change = ja.account.move(one.id, OFFER);
		expect(keysOf(await trigger.deliver(deliveryOf(one.id)))).toEqual([keyOf(change)]);
		expect(trigger.published.newestChangeId).toBe(change.change_id);
		expect(await trigger.deliver(deliveryOf(other.id))).toEqual([]);
		// From now on each change is one event.
		const later = [INTERVIEW, OFFER].map((step) => keyOf(ja.account.move(other.id, step)));
		expect(keysOf(await trigger.deliver(deliveryOf(other.id)))).toEqual(later);
		expect(await trigger.deliver(deliveryOf(other.id))).toEqual([]);
	});

	it('recorded late does not suppress a delivery already on its way, in either order', async () => {
		const ja = await jobAffinityForTest();
		daysAgo(ja, 5);
		const ids = [7001, 7002, 7003].map((candidateId) => ja.account.apply({ candidateId }).id);
		daysAgo(ja, 0);
		const isBack = failAll(ja);
		const trigger = await published(ja);
		isBack();
		const changes = ids.map((id) => ja.account.move(id, INTERVIEW));
		const items = [];
		for (const id of [...ids].reverse()) items.push(...(await trigger.deliver(deliveryOf(id))));
		for (const id of ids) items.push(...(await trigger.deliver(deliveryOf(id))));
		expect(keysOf(items).sort()).toEqual(changes.map(keyOf).sort());
	});

	it('recorded late by simultaneous deliveries loses none of them', async () => {
		const ja = await jobAffinityForTest();
		const isBack = failAll(ja);
		const trigger = await published(ja);
		isBack();
		const ids = [7001, 7002, 7003].map((candidateId) => ja.account.apply({ candidateId }).id);
		const items = (await Promise.all(ids.map((id) => trigger.deliver(deliveryOf(id))))).flat();
		expect(keysOf(items).sort()).toEqual(ja.account.stepChanges.map(keyOf).sort());
		expect(idsOf(ja)).toContain(trigger.published.newestChangeId);
	});
});
