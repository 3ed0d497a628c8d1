import { randomUUID } from 'node:crypto';
import {
	deliveryOf,
	EDITIONS,
	ENDED,
	endOfTest,
	failAll,
	HIRED,
	hurriedClock,
	INTERVIEW,
	jobAffinityForTest,
	keyOf,
	keysOf,
	NEW,
	OFFER,
	pollingOf,
	publishedTriggerOf,
	RECEIVED,
	REJECTED,
	requestsOf,
	STEP_CHANGED,
	testEvents,
	triggerOf,
	webhookOf,
} from './jobaffinity.mjs';

/** @typedef {import('./jobaffinity.mjs').JobAffinity} JobAffinity */
/** @typedef {Partial<import('./jobaffinity.mjs').Settings>} Settings */

/** Events that are read from step changes. */

beforeEach(() => void hurriedClock());

afterEach(endOfTest);

const BOTH = [RECEIVED, ENDED];
const ALL = [STEP_CHANGED, ...BOTH];

/** @param {number} id */
const receivedKey = (id) => `jobaffinity:${RECEIVED}:${id}`;

/** @param {{ applicationId: number, change_id: number }} change */
const endedKey = ({ applicationId, change_id }) =>
	`jobaffinity:${ENDED}:${applicationId}:${change_id}`;

/** @param {any[] | null} items */
const titlesOf = (items) => (items ?? []).map(({ title }) => title);

/** @param {any[] | null} items */
const eventsOf = (items) => (items ?? []).map(({ event }) => event);

/** @param {JobAffinity} ja @param {string[]} events @param {any} [setting] */
const published = (ja, events, setting = {}) =>
	publishedTriggerOf(ja, { ...setting, parameters: { events, ...setting.parameters } });

/** All that the deliveries of a webhook bring. */
async function deliverAll(
	/** @type {Awaited<ReturnType<typeof published>>} */ trigger,
	/** @type {unknown[]} */ bodies,
) {
	const items = [];
	for (const body of bodies) items.push(...(await trigger.deliver(body)));
	return items;
}

describe.each(EDITIONS)('in the $generation generation with $links links', (edition) => {
	/** An application that is received, moved, ended, opened again and ended again. */
	async function moved() {
		const ja = await jobAffinityForTest(edition);
		const polling = pollingOf(ja, { events: ALL });
		await polling.poll();
		const trigger = await published(ja, ALL);
		const webhook = await webhookOf(ja);
		const { id } = ja.account.apply();
		const items = await deliverAll(trigger, (await webhook.delivered()).slice(-1));
		const changes = [];
		for (const step of [INTERVIEW, HIRED, NEW, INTERVIEW, REJECTED]) {
			changes.push(ja.account.move(id, step));
			items.push(...(await deliverAll(trigger, (await webhook.delivered()).slice(-1))));
		}
		return { ja, id, items, changes, trigger, webhook, polling };
	}

	it('each selected event is an item of its own, and a step that comes again is received no more', async () => {
		const { ja, id, items, changes } = await moved();
		const [first] = ja.account.stepChanges;
		expect(keysOf(items)).toEqual([
			keyOf(first),
			receivedKey(id),
			keyOf(changes[0]),
			keyOf(changes[1]),
			endedKey(changes[1]),
			keyOf(changes[2]),
			keyOf(changes[3]),
			keyOf(changes[4]),
			endedKey(changes[4]),
		]);
		const titles = items.filter(({ event }) => BOTH.includes(event)).map(({ title }) => title);
		expect(titles).toEqual([
			'Lea Noir applied for Warehouse Lead',
			'Lea Noir reached the end step Hired for Warehouse Lead',
			'Lea Noir reached the end step Rejected for Warehouse Lead',
		]);
	});

	it('has the fields of the step change that it is read from', async () => {
		const { items, changes } = await moved();
		const [plain, received] = items;
		const { title, event, eventKey, receivedAt, ...fields } = plain;
		expect(received).toMatchObject(fields);
		expect(received.application).toMatchObject({ stage: 'New', originalStatus: 'START' });
		const ended = items.find(({ eventKey: key }) => key === endedKey(changes[1]));
		expect(ended).toMatchObject({
			source: 'webhook',
			payload: { event: STEP_CHANGED },
			application: { stage: 'Hired', previousStage: 'Interview', stageStatus: 'ended' },
			details: { status: 'fetched', missing: [] },
		});
	});

	it('has the same keys by polling, and neither way doubles the other', async () => {
		const { ja, items, trigger, webhook, polling } = await moved();
		const polled = await polling.poll();
		expect(keysOf(polled)).toEqual(keysOf(items));
		expect(titlesOf(polled)).toEqual(titlesOf(items));
		expect(await deliverAll(trigger, await webhook.delivered())).toEqual([]);
		expect(await polling.poll()).toBeNull();

		const [workflowId, id] = [randomUUID(), ja.account.applications[0].id];
		const both = [
			pollingOf(ja, { events: ALL, workflowId }),
			await published(ja, ALL, { workflowId }),
		];
		const [beside, webhookTrigger] = /** @type {[any, any]} */ (both);
		await beside.poll();
		const { id: other } = ja.account.apply({ candidateId: ja.account.candidates[1].id });
		const last = ja.account.move(id, HIRED);
		const first = [
			...(await webhookTrigger.deliver(deliveryOf(id))),
			...(await webhookTrigger.deliver(deliveryOf(other))),
		];
		expect(keysOf(first)).toEqual(
			expect.arrayContaining([endedKey(last), receivedKey(other), keyOf(last)]),
		);
		expect(first).toHaveLength(4);
		expect(await beside.poll()).toEqual([]);
	});

	it('comes without the step change where that is not selected', async () => {
		const ja = await jobAffinityForTest(edition);
		const polling = pollingOf(ja, { events: BOTH });
		await polling.poll();
		const trigger = await published(ja, BOTH);
		const { id } = ja.account.apply();
		const received = await trigger.deliver(deliveryOf(id));
		expect(eventsOf(received)).toEqual([RECEIVED]);
		ja.account.move(id, INTERVIEW);
		expect(await trigger.deliver(deliveryOf(id))).toEqual([]);
		const end = ja.account.move(id, HIRED);
		expect(keysOf(await trigger.deliver(deliveryOf(id)))).toEqual([endedKey(end)]);
		expect(await trigger.deliver(deliveryOf(id))).toEqual([]);
		expect(keysOf(await polling.poll())).toEqual([receivedKey(id), endedKey(end)]);
	});
});

it('is no part of Any Event, which has the step change already', async () => {
	const ja = await jobAffinityForTest();
	const polling = pollingOf(ja, { events: ['*'] });
	await polling.poll();
	const trigger = await published(ja, ['*']);
	const { id } = ja.account.apply();
	ja.account.move(id, HIRED);
	expect(eventsOf(await trigger.deliver(deliveryOf(id)))).toEqual([STEP_CHANGED, STEP_CHANGED]);
	expect(eventsOf(await polling.poll())).toEqual([STEP_CHANGED, STEP_CHANGED]);
});

it('passes the filters of the trigger, or does not come', async () => {
	const ja = await jobAffinityForTest();
	const filters = { steps: ['Rejected', 'New'] };
	const polling = pollingOf(ja, { events: BOTH, parameters: { filters } });
	await polling.poll();
	const trigger = await published(ja, BOTH, { parameters: { filters } });
	const { id } = ja.account.apply();
	const changes = [HIRED, REJECTED].map((step) => ja.account.move(id, step));
	const expected = [receivedKey(id), endedKey(changes[1])];
	expect(keysOf(await trigger.deliver(deliveryOf(id)))).toEqual(expected);
	expect(keysOf(await polling.poll())).toEqual(expected);
});

it('also ends at the steps that the user names, by name or ID', async () => {
	const ja = await jobAffinityForTest();
	const settings = { endSteps: [' offer ', String(INTERVIEW)] };
	const polling = pollingOf(ja, { events: [ENDED], parameters: { settings } });
	await polling.poll();
	const trigger = await published(ja, [ENDED], { parameters: { settings } });
	const { id } = ja.account.apply();
	const changes = [INTERVIEW, OFFER, HIRED].map((step) => ja.account.move(id, step));
	expect(keysOf(await trigger.deliver(deliveryOf(id)))).toEqual(changes.map(endedKey));
	expect(keysOf(await polling.poll())).toEqual(changes.map(endedKey));
});

it('leaves the step change to the trigger beside it that has selected it', async () => {
	const ja = await jobAffinityForTest();
	const workflowId = randomUUID();
	const polling = pollingOf(ja, { events: [STEP_CHANGED], workflowId });
	await polling.poll();
	const trigger = await published(ja, BOTH, { workflowId });
	const { id } = ja.account.apply();
	expect(keysOf(await trigger.deliver(deliveryOf(id)))).toEqual([receivedKey(id)]);
	expect(keysOf(await polling.poll())).toEqual(ja.account.stepChanges.map(keyOf));
});

describe('Application Received', () => {
	it.each(/** @type {const} */ (['newest', 'oldest']))(
		'does not come when an application from before goes back to its first step, listed %s first',
		async (stepOrder) => {
			const ja = await jobAffinityForTest({ stepOrder });
			const { id } = ja.account.apply();
			ja.account.move(id, INTERVIEW);
			const polling = pollingOf(ja, { events: [RECEIVED] });
			await polling.poll();
			const trigger = await published(ja, [RECEIVED]);
			ja.account.move(id, NEW);
			expect(await trigger.deliver(deliveryOf(id))).toEqual([]);
			expect(await polling.poll()).toBeNull();
		},
	);

	it.each([
		['new', 1, 1],
		['old', 1 + 3, 1],
	])(
		'by polling takes a request for each application in a first step, %s generation',
		async (generation, before, more) => {
			const ja = await jobAffinityForTest({ generation: /** @type {any} */ (generation) });
			ja.account.apply();
			const polling = pollingOf(ja, { events: [RECEIVED] });
			await polling.poll();
			const { id } = ja.account.apply();
			expect(await requestsOf(ja, polling.poll)).toHaveLength(before + more);
			ja.account.move(id, INTERVIEW);
			expect(await requestsOf(ja, polling.poll)).toHaveLength(before);
			ja.account.move(id, NEW);
			ja.account.move(id, INTERVIEW);
			ja.account.move(id, NEW);
			expect(await requestsOf(ja, polling.poll)).toHaveLength(before + more);
		},
	);

	it('by polling takes no further request if it is not selected, or the poll has all changes', async () => {
		const ja = await jobAffinityForTest();
		const polling = pollingOf(ja, { events: [STEP_CHANGED, ENDED] });
		await polling.poll();
		const ids = [ja.account.apply().id, ja.account.apply().id];
		expect(await requestsOf(ja, polling.poll)).toHaveLength(1);
		const all = pollingOf(ja, { events: [RECEIVED], parameters: { startFrom: 'listed' } });
		ja.account.move(ids[0], NEW);
		/** @type {any} */
		let items;
		expect(await requestsOf(ja, async () => (items = await all.poll()))).toHaveLength(1);
		expect(keysOf(items)).toEqual(ids.map(receivedKey));
	});

	it('by polling reads no more than 500 changes of a candidate, and then goes by the dates', async () => {
		const ja = await jobAffinityForTest();
		const old = ja.account.apply();
		ja.account.now = () => Date.now() + 10 * 24 * 60 * 60_000;
		for (let count = 0; count < 800; count++) ja.account.apply();
		const polling = pollingOf(ja, { events: [RECEIVED] });
		await polling.poll();
		const { id } = ja.account.apply();
		ja.account.move(old.id, NEW);
		/** @type {any} */
		let items;
		const requests = await requestsOf(ja, async () => (items = await polling.poll()));
		expect(requests).toHaveLength(1 + 2 * 5);
		expect(keysOf(items)).toEqual([receivedKey(id)]);
	});

	it('comes of a candidate without an email address, whose changes are those of the job', async () => {
		const ja = await jobAffinityForTest();
		const { id: candidateId } = ja.account.addCandidate({ email: '' });
		ja.account.apply();
		const polling = pollingOf(ja, { events: [RECEIVED] });
		await polling.poll();
		const { id } = ja.account.apply({ candidateId });
		/** @type {any} */
		let items;
		const requests = await requestsOf(ja, async () => (items = await polling.poll()));
		expect(requests.map((path) => path.replace(/\?.*/, ''))).toEqual([
			'/step',
			'/job/301',
			'/step',
		]);
		expect(keysOf(items)).toEqual([receivedKey(id)]);
	});

	it.each([{}, { generation: /** @type {const} */ ('old') }])(
		'comes by webhook where the list of changes lacks the first step, and then once (%j)',
		async (options) => {
			const ja = await jobAffinityForTest({ listShowsStart: false, ...options });
			const trigger = await published(ja, BOTH);
			const { id } = ja.account.apply();
			const items = await trigger.deliver(deliveryOf(id));
			expect(keysOf(items)).toEqual([receivedKey(id)]);
			ja.account.move(id, INTERVIEW);
			expect(await trigger.deliver(deliveryOf(id))).toEqual([]);
			ja.account.move(id, NEW);
			expect(await trigger.deliver(deliveryOf(id))).toEqual([]);
			const end = ja.account.move(id, HIRED);
			expect(keysOf(await trigger.deliver(deliveryOf(id)))).toEqual([endedKey(end)]);
		},
	);

	it('comes once when the list lags behind the application, and the application behind the list', async () => {
		for (const lags of [{ listLagMs: 6000 }, { applicationLagMs: 6000 }]) {
			const clock = hurriedClock();
			const ja = await jobAffinityForTest({ ...lags, clock: clock.now });
			const trigger = await published(ja, BOTH);
			const { id } = ja.account.apply();
			const end = ja.account.move(id, HIRED);
			const bodies = [deliveryOf(id), deliveryOf(id)];
			const items = await deliverAll(trigger, bodies);
			expect(keysOf(items)).toEqual([receivedKey(id), endedKey(end)]);
			await endOfTest();
		}
	});
});

describe('a trigger with nothing but these events', () => {
	it('fails where the step cannot be known, so that nothing is lost without a word', async () => {
		const ja = await jobAffinityForTest();
		const trigger = await published(ja, BOTH);
		const { id } = ja.account.apply();
		failAll(ja, 503, 4);
		const { error, output } = await trigger.run(deliveryOf(id), { executionId: 'first' });
		expect(output).toEqual([]);
		expect(error.message).toBe('It is not known which step the application reached');
		expect(error.description).toMatch(
			/^JobAffinity is not available at the moment\. .*\. So it cannot be told whether an application was received or has ended\. Retry this execution/,
		);
		const items = await trigger.deliver(deliveryOf(id), {
			mode: 'retry',
			executionId: 'second',
			retryOf: 'first',
		});
		expect(keysOf(items)).toEqual([receivedKey(id)]);
	});

	it('takes what a delivery says of the step, if it says so', async () => {
		const ja = await jobAffinityForTest();
		const trigger = await published(ja, BOTH);
		failAll(ja, 503);
		const delivery = {
			...deliveryOf(41001),
			change: { change_id: 7, id: HIRED, name: 'Hired', status: 'END', date: '2026-03-05' },
		};
		expect(keysOf(await trigger.deliver(delivery))).toEqual([`jobaffinity:${ENDED}:41001:7`]);
	});

	it.each([
		['details are off', { parameters: { events: BOTH, fetchDetails: false } }],
		['no login is chosen', { parameters: { events: [ENDED] }, credentials: {} }],
	])('cannot be published if %s', async (_, setting) => {
		const ja = await jobAffinityForTest();
		await expect(triggerOf(ja, setting).publish()).rejects.toThrow(
			/can only be told by the step of the application: turn on Fetch Application Details and choose a JobAffinity API credential$/,
		);
	});

	it('starts anew where step changes were selected before, as nobody knows what they stood for', async () => {
		const ja = await jobAffinityForTest();
		const trigger = await published(ja, [STEP_CHANGED]);
		const { id } = ja.account.apply();
		ja.account.move(id, HIRED);
		await trigger.deliver(deliveryOf(id));
		trigger.change({ events: BOTH });
		await trigger.publish();
		ja.account.move(id, INTERVIEW);
		expect(await trigger.deliver(deliveryOf(id))).toEqual([]);
		const end = ja.account.move(id, REJECTED);
		await trigger.publish();
		expect(keysOf(await trigger.deliver(deliveryOf(id)))).toEqual([endedKey(end)]);
		trigger.change({ events: ALL });
		await trigger.publish();
		const change = ja.account.move(id, INTERVIEW);
		expect(keysOf(await trigger.deliver(deliveryOf(id)))).toEqual([keyOf(change)]);
	});

	it('says in a test run why there is no event', async () => {
		const ja = await jobAffinityForTest();
		const trigger = triggerOf(ja, { parameters: { events: [ENDED] } });
		const { id } = ja.account.apply();
		const { output, hints } = await trigger.run(deliveryOf(id), { mode: 'manual' });
		expect(output).toEqual([]);
		expect(hints.map(({ message }) => message)).toEqual([
			'The delivery was accepted, but what happened, as the API shows it, is not one of the events in Trigger On, or does not pass the filters.',
		]);
		ja.account.move(id, HIRED);
		const { output: items } = await trigger.run(deliveryOf(id), { mode: 'manual' });
		expect(items.map(({ json }) => json.event)).toEqual([ENDED]);
	});
});

describe('Fetch Test Event', () => {
	it('shows the newest real one of each, or its sample', async () => {
		const ja = await jobAffinityForTest();
		const { id } = ja.account.apply();
		const { items: before } = await testEvents(ja, { events: BOTH });
		expect(before.map(({ event, source }) => [event, source])).toEqual([
			[RECEIVED, 'polling'],
			[ENDED, 'sample'],
		]);
		const end = ja.account.move(id, HIRED);
		ja.account.move(id, NEW);
		const { items } = await testEvents(ja, { events: ALL });
		expect(keysOf(items)).toEqual([
			keyOf(/** @type {any} */ (ja.account.stepChanges.at(-1))),
			receivedKey(id),
			endedKey(end),
		]);
	});
});
