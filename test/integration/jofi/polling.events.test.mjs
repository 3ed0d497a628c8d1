import { jofi as provider } from '#dist/nodes/Jofi/provider.js';
import { itemOf } from '../../unit/events.mjs';
import { runTrigger } from '../core.mjs';
import {
	ACCEPTED,
	closeJofis,
	COMPLETED,
	countsOf,
	CREATED,
	drain,
	FIVE,
	jofiForTest,
	keysOf,
	newTestTaker,
	PROFILE,
	publish,
	requestsOf,
	TEST_TAKER,
	webhookOf,
} from './polling.mjs';

/** @typedef {import('./polling.mjs').Jofi} Jofi */

afterEach(closeJofis);

/** What happens in an account between two polls. @type {((jofi: Jofi) => void)[]} */
const days = [
	({ account }) => {
		account.invite();
		account.invite();
	},
	({ account }) => {
		const { id } = account.accept(account.invitations[0].id);
		// Within the same second, and indeed within milliseconds.
		account.complete(id, 6);
		account.complete(id, 7);
	},
	({ account }) => {
		account.accept(account.invitations[1].id);
		account.complete(account.testTakers[1].id, 8);
		account.createProfile(account.testTakers[1].id);
	},
	({ account }) => void account.reset(account.testTakers[0].id, 6),
	({ account }) => {
		account.complete(account.testTakers[0].id, 6);
		account.complete(account.testTakers[1].id, 6);
	},
];

describe('events found by polling', () => {
	it('have the shape and the key that they have when they are delivered', async () => {
		const jofi = await jofiForTest();
		const webhook = await webhookOf(jofi);
		const trigger = publish(jofi, { workflowId: 'same-events' });
		await trigger.poll();
		const polled = [];
		for (const day of days) {
			day(jofi);
			polled.push(...(await drain(trigger)));
		}
		const delivered = await webhook.delivered();
		await webhook.close();
		expect(countsOf(polled)).toEqual({
			[CREATED]: 2,
			[ACCEPTED]: 2,
			[TEST_TAKER]: 2,
			[COMPLETED]: 5,
			[PROFILE]: 1,
		});
		expect(keysOf(polled)).toEqual(keysOf(delivered));
		expect(new Set(keysOf(polled)).size).toBe(12);
		for (const event of delivered) {
			const { payload } = event;
			const item = polled.find(({ eventKey }) => eventKey === event.eventKey);
			const shaped = itemOf(provider, event);
			expect(Object.keys(item)).toEqual(Object.keys(shaped));
			expect(item).toMatchObject({
				person: shaped.person,
				provider: 'jofi',
				source: 'polling',
				details: { mode: 'live' },
				deliveryId: null,
			});
			expect(item.payload.data.object).toMatchObject({
				id: payload.data.object.id,
				object: payload.data.object.object,
			});
		}
	});

	it.each([
		[CREATED, ['GET /invitations', 'GET /invitations/31001']],
		[ACCEPTED, ['GET /test-takers', 'GET /invitations/31001']],
		[TEST_TAKER, ['GET /test-takers', 'GET /test-takers/42001']],
		[COMPLETED, ['GET /test-takers', 'GET /test-takers/42001']],
		[PROFILE, ['GET /career-navigation-profiles', 'GET /career-navigation-profiles/CNP0000000001']],
	])('name the requests that %s was read by, and when it happened', async (type, derivedFrom) => {
		const jofi = await jofiForTest();
		const trigger = publish(jofi, { workflowId: `read-from:${type}`, events: [type] });
		await trigger.poll();
		const { id } = newTestTaker(jofi);
		const completed = jofi.account.complete(id, 7).assigned_assessments[1].completed_at;
		jofi.account.createProfile(id);
		const [item, ...others] = (await trigger.poll()) ?? [];
		expect(others).toEqual([]);
		const [{ created_at, accepted_at }] = jofi.account.invitations;
		const [{ assigned_assessments }] = jofi.account.testTakers;
		/** @type {Record<string, string | null>} */
		const times = {
			[CREATED]: created_at,
			[ACCEPTED]: accepted_at,
			[TEST_TAKER]: assigned_assessments[0].created_at,
			[COMPLETED]: completed,
			// JOFI does not show it.
			[PROFILE]: null,
		};
		expect(item).toMatchObject({
			event: type,
			details: { derivedFrom },
			occurredAt: times[type],
			person: { email: '31001@example.org' },
		});
	});

	it('name the assessment that was finished, even if two were in the same second', async () => {
		const jofi = await jofiForTest();
		const { id } = newTestTaker(jofi);
		const trigger = publish(jofi, { workflowId: 'finished', events: [COMPLETED] });
		await trigger.poll();
		for (const assessment of [8, 6]) jofi.account.complete(id, assessment);
		const items = (await trigger.poll()) ?? [];
		expect(items.map(({ assessment }) => assessment.shortName)).toEqual([
			'Interests',
			'Personality',
		]);
		expect(items.map(({ details }) => details.derivedFrom)).toEqual([
			[`GET /test-takers/${id}`],
			[`GET /test-takers/${id}`],
		]);
	});

	it('come in the order in which they happened, those without a time last', async () => {
		const jofi = await jofiForTest();
		let now = Date.now();
		jofi.account.now = () => (now += 1000);
		const trigger = publish(jofi, { workflowId: 'order' });
		await trigger.poll();
		const one = newTestTaker(jofi);
		const other = newTestTaker(jofi);
		await trigger.poll();
		jofi.account.complete(other.id, 6);
		jofi.account.complete(one.id, 6);
		jofi.account.complete(other.id, 7);
		jofi.account.createProfile(one.id);
		jofi.account.complete(newTestTaker(jofi).id, 6);
		const items = (await trigger.poll()) ?? [];
		expect(items.map(({ event }) => event)).toEqual([
			COMPLETED,
			COMPLETED,
			COMPLETED,
			CREATED,
			ACCEPTED,
			TEST_TAKER,
			COMPLETED,
			PROFILE,
		]);
		expect(items.slice(0, 3).map(({ person }) => person.id)).toEqual(
			[other.id, one.id, other.id].map(String),
		);
	});
});

describe('filters', () => {
	const cases = /** @type {const} */ ([
		['teams', ['Career Coaching'], 1],
		['teams', ['55'], 1],
		['customIds', ['REQ-1'], 1],
		['assessments', ['Thinking'], 1],
		['assessments', ['nothing of the kind'], 0],
	]);

	it.each(cases)('apply: %s %j', async (name, values, count) => {
		const jofi = await jofiForTest();
		const parameters = { filters: { [name]: values } };
		const trigger = publish(jofi, {
			workflowId: `filter:${name}:${values}`,
			events: [TEST_TAKER],
			parameters,
		});
		await trigger.poll();
		newTestTaker(jofi, {
			custom_id: 'REQ-1',
			team_id: 55,
			assessments_to_assign: [{ test_id: 7 }],
		});
		newTestTaker(jofi, {
			custom_id: 'REQ-2',
			team_id: 56,
			assessments_to_assign: [{ test_id: 6 }],
		});
		expect((await trigger.poll()) ?? []).toHaveLength(count);
		// What was filtered out is not looked at again.
		expect(await requestsOf(jofi, trigger.poll)).toEqual(['/test-takers']);
	});

	it('apply to the assessment that was finished, not to those that are assigned', async () => {
		const jofi = await jofiForTest();
		const { id } = newTestTaker(jofi);
		const parameters = { filters: { assessments: ['Personality'] } };
		const trigger = publish(jofi, {
			workflowId: 'filter:finished',
			events: [COMPLETED],
			parameters,
		});
		await trigger.poll();
		jofi.account.complete(id, 7);
		expect(await trigger.poll()).toBeNull();
		jofi.account.complete(id, 6);
		expect(await trigger.poll()).toHaveLength(1);
		expect(await requestsOf(jofi, trigger.poll)).toEqual(['/accounts', '/test-takers']);
	});
});

describe('a record that disappears after its list was read', () => {
	it.each([
		[CREATED, '/invitations/31001', 400],
		[ACCEPTED, '/invitations/31001', 400],
		[TEST_TAKER, '/test-takers/42001', 400],
		[PROFILE, '/career-navigation-profiles/CNP0000000001', 404],
	])('is reported with what the list shows of it: %s', async (type, path, status) => {
		const jofi = await jofiForTest();
		const webhook = await webhookOf(jofi);
		const trigger = publish(jofi, { workflowId: `gone:${type}`, events: [type] });
		await trigger.poll();
		jofi.account.createProfile(newTestTaker(jofi).id);
		jofi.fail({
			match: path,
			status,
			body: status === 404 ? null : { error: 'Not found' },
			times: Infinity,
		});
		const items = (await trigger.poll()) ?? [];
		const delivered = (await webhook.delivered()).filter(({ event }) => event === type);
		await webhook.close();
		expect(keysOf(items)).toEqual(keysOf(delivered));
		expect(items[0]).toMatchObject({
			event: type,
			person: { email: '31001@example.org' },
			details: { derivedFrom: [expect.any(String)] },
		});
		expect(await trigger.poll()).toBeNull();
	});

	it('is no longer read when it is a test taker', async () => {
		const jofi = await jofiForTest();
		const gone = newTestTaker(jofi);
		const other = newTestTaker(jofi);
		const trigger = publish(jofi, { workflowId: 'gone:watched', events: [COMPLETED] });
		await trigger.poll();
		jofi.account.complete(gone.id, 6);
		jofi.account.remove('testTaker', gone.id);
		expect(await trigger.poll()).toBeNull();
		jofi.account.complete(other.id, 6);
		expect(await requestsOf(jofi, trigger.poll)).toEqual([
			'/accounts',
			'/test-takers',
			`/test-takers/${other.id}`,
		]);
	});
});

describe('a webhook and polling in one workflow', () => {
	/**
	 * @param {Awaited<ReturnType<Awaited<ReturnType<typeof webhookOf>>['delivered']>>} delivered
	 * @param {string} workflowId
	 */
	const deliver = async (delivered, workflowId) => {
		const items = delivered.map((event) => ({
			json: { ...event, provider: 'jofi', unprocessed: true },
		}));
		const { output } = await runTrigger({ workflowId, node: { id: 'webhook' }, items });
		return output.map(({ json }) => /** @type {any} */ (json));
	};

	it('run once for what both find, whichever is first', async () => {
		const workflowId = 'both';
		const jofi = await jofiForTest();
		const webhook = await webhookOf(jofi);
		const trigger = publish(jofi, { workflowId });
		await trigger.poll();
		for (const day of days.slice(0, 3)) day(jofi);
		const delivered = await webhook.delivered();
		const [received, lost] = [delivered.slice(0, 5), delivered.slice(5)];
		expect(keysOf(await deliver(received, workflowId))).toEqual(keysOf(received));
		expect(keysOf(await trigger.poll())).toEqual(keysOf(lost));
		// What was delayed comes by webhook in the end, and was polled before.
		expect(await deliver(delivered, workflowId)).toEqual([]);

		for (const day of days.slice(3)) day(jofi);
		const later = (await webhook.delivered()).slice(delivered.length);
		await webhook.close();
		expect(later).toHaveLength(2);
		expect(await deliver(later, workflowId)).toHaveLength(2);
		expect(await trigger.poll()).toEqual([]);
		expect(await trigger.poll()).toBeNull();
	});

	it('run twice for it when duplicates are not skipped', async () => {
		const workflowId = 'both-kept';
		const jofi = await jofiForTest();
		const webhook = await webhookOf(jofi);
		const trigger = publish(jofi, {
			workflowId,
			parameters: { settings: { skipDuplicates: false } },
		});
		await trigger.poll();
		days[0](jofi);
		const delivered = await webhook.delivered();
		await webhook.close();
		await deliver(delivered, workflowId);
		expect(keysOf(await trigger.poll())).toEqual(keysOf(delivered));
	});
});

it('the list of events is the one that the provider has, but for the derived one', () => {
	const delivered = provider.events.filter(({ derivedFrom }) => derivedFrom === undefined);
	expect(delivered.map(({ type }) => type)).toEqual(FIVE);
});
