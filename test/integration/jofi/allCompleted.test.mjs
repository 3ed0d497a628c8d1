import { decrypted } from '../core.mjs';
import {
	ALL_COMPLETED,
	closeJofis,
	COMPLETED,
	countsOf,
	jofiForTest,
	keysOf,
	newTestTaker,
	publish,
	requestsOf,
} from './polling.mjs';
import { BUSY, bodiesOf, webhookTrigger } from './webhookTrigger.mjs';

/** @typedef {import('./polling.mjs').Jofi} Jofi */

/** @type {(() => unknown)[]} */
const closing = [];
afterEach(async () => {
	for (const close of closing.splice(0)) await close();
	await closeJofis();
});

const CURRENT = ['currentAssessments'];

/**
 * An account with a webhook, and a test taker with three open assessments.
 *
 * @param {Parameters<typeof jofiForTest>[0]} [options]
 */
async function started(options) {
	const jofi = await jofiForTest(options);
	const webhook = await bodiesOf(jofi);
	closing.push(webhook.close);
	const { id } = newTestTaker(jofi);
	await webhook.taken();
	return { jofi, webhook, id };
}

/**
 * What becomes of the deliveries.
 *
 * @param {ReturnType<typeof webhookTrigger>} trigger
 * @param {any[]} bodies
 */
async function itemsOf(trigger, bodies) {
	const items = [];
	for (const body of bodies) {
		const { items: received, error } = await trigger.receive(body);
		if (error) throw error;
		items.push(...received);
	}
	return items;
}

describe('All Assessments Completed', () => {
	it('has the same key by webhook and by polling, and comes once where both watch', async () => {
		const { jofi, webhook, id } = await started();
		const workflowId = 'all:both';
		const trigger = webhookTrigger(jofi, { workflowId, events: [ALL_COMPLETED] });
		const polling = publish(jofi, { workflowId, events: [ALL_COMPLETED] });
		const apart = publish(jofi, { workflowId: 'all:apart', events: [ALL_COMPLETED] });
		expect(await polling.poll()).toBeNull();
		expect(await apart.poll()).toBeNull();
		for (const assessment of [6, 7, 8]) jofi.account.complete(id, assessment);
		const items = await itemsOf(trigger, await webhook.taken());
		expect(items).toMatchObject([
			{
				event: ALL_COMPLETED,
				source: 'webhook',
				title: expect.stringMatching(/ completed all 3 JOFI assessments$/),
				assessment: { completed: 3, total: 3, allCompleted: true },
				owner: { name: 'Robin Hale', email: 'robin.hale@example.com' },
				details: { derivedFrom: [COMPLETED] },
			},
		]);
		expect(await polling.poll()).toEqual([]);
		const polled = await apart.poll();
		expect(keysOf(polled)).toEqual(keysOf(items));
		expect(polled).toMatchObject([
			{
				title: items[0].title,
				assessment: items[0].assessment,
				occurredAt: items[0].assessment.completedAt,
				details: { mode: 'live', derivedFrom: [`GET /test-takers/${id}`] },
				payload: { type: COMPLETED },
			},
		]);
		expect(await apart.poll()).toBeNull();
	});

	it('costs nothing by webhook, and by polling what Assessment Completed costs', async () => {
		const { jofi, webhook, id } = await started();
		const trigger = webhookTrigger(jofi, { workflowId: 'all:cost', events: [ALL_COMPLETED] });
		const polling = publish(jofi, { workflowId: 'all:costs', events: [ALL_COMPLETED] });
		await polling.poll();
		expect(await requestsOf(jofi, polling.poll)).toEqual(['/accounts', '/test-takers']);
		for (const assessment of [6, 7, 8]) jofi.account.complete(id, assessment);
		const bodies = await webhook.taken();
		decrypted.length = 0;
		expect(
			await requestsOf(jofi, async () => expect(await itemsOf(trigger, bodies)).toHaveLength(1)),
		).toEqual([]);
		expect(decrypted).toEqual([]);
		expect(
			await requestsOf(jofi, async () => expect(await polling.poll()).toHaveLength(1)),
		).toEqual(['/accounts', '/test-takers', `/test-takers/${id}`]);
	});

	it.each([
		['in order', (/** @type {any[]} */ events) => events, /** @type {const} */ ('then')],
		['the last one first', (/** @type {any[]} */ events) => [...events].reverse(), 'then'],
		['all of them late', (/** @type {any[]} */ events) => [...events].reverse(), 'now'],
		[
			'each of them three times',
			(/** @type {any[]} */ events) => [...events, ...events, ...[...events].reverse()],
			'then',
		],
		['without the last one, but late', (/** @type {any[]} */ events) => events.slice(0, 2), 'now'],
	])('comes exactly once with deliveries that come %s', async (name, order, shown) => {
		const { jofi, webhook, id } = await started();
		const trigger = webhookTrigger(jofi, {
			workflowId: `all:${name}`,
			events: [COMPLETED, ALL_COMPLETED],
		});
		jofi.webhooks.hold();
		for (const assessment of [6, 7, 8]) jofi.account.complete(id, assessment);
		await jofi.webhooks.release({ order, shown: /** @type {'then' | 'now'} */ (shown) });
		const items = await itemsOf(trigger, await webhook.taken());
		expect(countsOf(items)).toEqual({ [COMPLETED]: 3, [ALL_COMPLETED]: 1 });
		expect(new Set(keysOf(items)).size).toBe(4);
	});

	it('comes once when the last two are completed at the same moment, and both show it', async () => {
		const { jofi, webhook, id } = await started();
		const trigger = webhookTrigger(jofi, { workflowId: 'all:together', events: [ALL_COMPLETED] });
		jofi.account.complete(id, 6);
		jofi.account.completeTogether(id, [7, 8], 'all');
		const bodies = await webhook.taken();
		expect(bodies).toHaveLength(3);
		expect(await itemsOf(trigger, bodies)).toHaveLength(1);
	});

	it('does not wait for what is not used for scoring', async () => {
		const { jofi, webhook, id } = await started();
		const trigger = webhookTrigger(jofi, { workflowId: 'all:scored', events: [ALL_COMPLETED] });
		const polling = publish(jofi, { workflowId: 'all:scored too', events: [ALL_COMPLETED] });
		jofi.account.leaveUnscored(id, 7);
		await polling.poll();
		for (const assessment of [6, 8]) jofi.account.complete(id, assessment);
		const items = await itemsOf(trigger, await webhook.taken());
		expect(items).toMatchObject([{ assessment: { completed: 2, total: 2 } }]);
		expect(keysOf(await polling.poll())).toEqual(keysOf(items));

		jofi.account.complete(id, 7);
		expect(await itemsOf(trigger, await webhook.taken())).toEqual([]);
		expect(await polling.poll()).toBeNull();
	});
});

describe('when neither of the last two deliveries shows the other completion', () => {
	/** @param {string} name @param {Partial<Parameters<typeof webhookTrigger>[1]>} [setting] */
	async function together(name, setting) {
		const { jofi, webhook, id } = await started();
		const workflowId = `current:${name}`;
		const trigger = webhookTrigger(jofi, {
			...{ workflowId, events: [ALL_COMPLETED], fetch: CURRENT },
			...setting,
		});
		jofi.account.complete(id, 6);
		const [first] = await webhook.taken();
		// Else a later event could be about this one, too.
		await trigger.receive(first);
		jofi.account.completeTogether(id, [7, 8], 'own');
		const [second, third] = await webhook.taken();
		return { jofi, id, trigger, workflowId, second, third };
	}

	it('All Assessments Completed does not come by webhook, but by polling', async () => {
		const { jofi, trigger, workflowId, second, third } = await together('none', {
			fetch: [],
		});
		const polling = publish(jofi, {
			workflowId,
			events: [ALL_COMPLETED],
			parameters: { startFrom: 'listed' },
		});
		expect(await itemsOf(trigger, [second, third])).toEqual([]);
		expect(await polling.poll()).toHaveLength(1);
	});

	it('it comes exactly once with Current Assessments, for 1 request a delivery', async () => {
		const { jofi, id, trigger, second, third } = await together('once');
		/** @type {any[]} */
		const items = [];
		const requests = await requestsOf(jofi, async () =>
			items.push(...(await itemsOf(trigger, [second, third, second]))),
		);
		expect(requests).toEqual([`/test-takers/${id}`, `/test-takers/${id}`]);
		expect(items).toMatchObject([
			{
				title: expect.stringMatching(/ completed all 3 JOFI assessments$/),
				deliveryId: second.id,
				assessment: { completed: 3, total: 3, allCompleted: true },
				details: {
					derivedFrom: [COMPLETED, `GET /test-takers/${id}`],
					testTaker: { id },
				},
				payload: { id: second.id, data: second.data },
			},
		]);
	});

	it('it has the key that polling makes', async () => {
		const { jofi, trigger, workflowId, second } = await together('key');
		expect(await itemsOf(trigger, [second])).toHaveLength(1);
		const parameters = { startFrom: 'listed' };
		const polling = publish(jofi, { workflowId, events: [ALL_COMPLETED], parameters });
		expect(await polling.poll()).toEqual([]);
	});

	it('it is not said while something is open, and costs no request where nothing is', async () => {
		const { jofi, webhook, id } = await started();
		const trigger = webhookTrigger(jofi, {
			...{ workflowId: 'current:open', events: [ALL_COMPLETED], fetch: CURRENT },
		});
		jofi.account.complete(id, 6);
		expect(await itemsOf(trigger, await webhook.taken())).toEqual([]);
		for (const assessment of [7, 8]) jofi.account.complete(id, assessment);
		const bodies = await webhook.taken();
		const last = bodies.find(({ data }) =>
			data.object.assigned_assessments.every((/** @type {any} */ each) => each.completed_at),
		);
		expect(
			await requestsOf(jofi, async () => expect(await itemsOf(trigger, [last])).toHaveLength(1)),
		).toEqual([]);
	});

	it('it is left to polling when the API lags behind', async () => {
		const { jofi, webhook, id } = await started();
		const workflowId = 'current:lag';
		const trigger = webhookTrigger(jofi, { workflowId, events: [ALL_COMPLETED], fetch: CURRENT });
		const polling = publish(jofi, { workflowId, events: [ALL_COMPLETED] });
		await polling.poll();
		jofi.account.complete(id, 6);
		jofi.lag();
		jofi.account.completeTogether(id, [7, 8], 'own');
		expect(await itemsOf(trigger, await webhook.taken())).toEqual([]);
		jofi.catchUp();
		expect(await polling.poll()).toHaveLength(1);
	});

	it('the completion comes all the same when JOFI does not answer, and says what is not known', async () => {
		const { jofi, trigger, second } = await together('down', {
			events: [COMPLETED, ALL_COMPLETED],
		});
		jofi.fail({ match: 'GET /test-takers/', ...BUSY, times: Infinity });
		expect(await itemsOf(trigger, [second])).toMatchObject([
			{
				event: COMPLETED,
				details: {
					status: 'not fetched',
					error: expect.stringMatching(
						/^Whether all assessments are completed is not known\. JOFI is not available .*Try again/,
					),
				},
			},
		]);
	});

	it('the execution fails if that was all it was for, and a retry of it runs once', async () => {
		const { jofi, trigger, second, third } = await together('fails');
		const isBack = jofi.fail({ match: 'GET /test-takers/', ...BUSY, times: Infinity });
		const items = await trigger.handedOver(second);
		const failed = await trigger.execute(items, { executionId: 'first' });
		expect(failed).toMatchObject({ status: 'error', items: [] });
		expect(failed.error.message).toBe('Whether all assessments are completed is not known');
		expect(failed.error.description).toMatch(/Then run this execution again\.$/);
		isBack();
		const retry = { mode: /** @type {const} */ ('retry'), retryOf: 'first' };
		expect((await trigger.execute(items, retry)).items).toHaveLength(1);
		expect((await trigger.execute(items, { ...retry, retryOf: 'another' })).items).toEqual([]);
		expect(await itemsOf(trigger, [second, third])).toEqual([]);
	});

	it('without a credential it says so', async () => {
		const { trigger, second } = await together('keyless', {
			key: 'none',
			events: [COMPLETED, ALL_COMPLETED],
		});
		expect(await itemsOf(trigger, [second])).toMatchObject([
			{ details: { error: expect.stringContaining('No JOFI API credential is chosen.') } },
		]);
	});

	it('what a test key shows is not believed', async () => {
		const { trigger, second } = await together('test key', {
			key: 'test',
			events: [COMPLETED, ALL_COMPLETED],
		});
		expect(await itemsOf(trigger, [second])).toMatchObject([
			{ event: COMPLETED, details: { error: expect.stringContaining('is a test key') } },
		]);
	});
});
