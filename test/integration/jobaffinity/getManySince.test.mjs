import { randomUUID } from 'node:crypto';
import { runOperation } from '../core.mjs';
import { expectShape } from '../outputs.mjs';
import {
	CALL_FAILED,
	deliveryOf,
	EDITIONS,
	endOfTest,
	ENDED,
	failAll,
	HIRED,
	hurriedClock,
	INTERVIEW,
	jobAffinityForTest,
	keyOf,
	keysOf,
	loginOf,
	OFFER,
	pollingOf,
	publishedTriggerOf,
	RECEIVED,
	requestsOf,
	STEP_CHANGED,
	VERSION_EXPIRING,
} from './jobaffinity.mjs';

/** Event → Get Many Since: what did not run, read again from JobAffinity's API. */

/** @typedef {import('./jobaffinity.mjs').JobAffinity} JobAffinity */

beforeEach(() => void hurriedClock());

afterEach(endOfTest);

const DAY = 24 * 60 * 60_000;
const EVER = '2020-01-01T00:00:00Z';
const iso = (/** @type {number} */ ms) => new Date(ms).toISOString();

/**
 * Get Many Since in a workflow with a JobAffinity Trigger.
 *
 * @param {JobAffinity} ja
 * @param {{ workflowId?: string, events?: string[], trigger?: Record<string, unknown> }} [setting]
 */
const replayOf =
	(ja, { workflowId = randomUUID(), events = [STEP_CHANGED], trigger = {} } = {}) =>
	(/** @type {Record<string, unknown>} */ parameters = {}) =>
		runOperation(
			{
				workflowId,
				credentials: loginOf(ja),
				beside: [
					{
						id: 'webhook',
						type: 'jobAffinityTrigger',
						parameters: /** @type {any} */ ({ authentication: 'none', events, ...trigger }),
					},
				],
			},
			'jobAffinity',
			'event:getManySince',
			{ since: EVER, returnAll: true, ...parameters },
		);

describe.each(EDITIONS)('with the $generation generation and $links links', (edition) => {
	it('outputs what the polling trigger outputs, but for the way in', async () => {
		const ja = await jobAffinityForTest(edition);
		const events = [STEP_CHANGED, RECEIVED, ENDED];
		const { id } = ja.account.apply();
		for (const step of [INTERVIEW, HIRED]) ja.account.move(id, step);
		const polled = await pollingOf(ja, { events, parameters: { startFrom: 'listed' } }).poll();
		const { json, error } = await replayOf(ja, { events })();
		expect(error).toBeUndefined();
		const without = (/** @type {any} */ { receivedAt, source, missedByWebhook, ...rest }) => rest;
		expect(json).toHaveLength(5);
		expect(json.map(without)).toEqual(polled?.map(without));
		expectShape('JobAffinity', 'event:getManySince', json);
	});
});

it('brings exactly what did not run, and a second time nothing', async () => {
	const ja = await jobAffinityForTest();
	const workflowId = randomUUID();
	const webhook = await publishedTriggerOf(ja, { workflowId });
	const one = ja.account.apply();
	const two = ja.account.apply({ jobId: 302 });
	expect(await webhook.deliver(deliveryOf(one.id))).toHaveLength(1);
	for (const step of [INTERVIEW, OFFER]) ja.account.move(one.id, step);
	const replay = replayOf(ja, { workflowId });
	const { json } = await replay();
	const [ran, ...lost] = ja.account.stepChanges.map(keyOf);
	expect(keysOf(/** @type {any} */ (json)).sort()).toEqual(lost.sort());
	expect(lost).not.toContain(ran);
	expect((await replay()).json).toEqual([]);
	// What comes after all does not run again.
	expect(await webhook.deliver(deliveryOf(one.id))).toEqual([]);
	expect(await webhook.deliver(deliveryOf(two.id))).toEqual([]);
});

describe.each(/** @type {const} */ (['oldest', 'newest']))('listed the %s first', (stepOrder) => {
	it('reads little more than the range', async () => {
		const ja = await jobAffinityForTest({ stepOrder });
		const start = Date.now() - 60 * DAY;
		ja.account.now = () => start;
		const { id } = ja.account.apply();
		for (let count = 0; count < 1500; count++) {
			ja.account.now = () => start + count * 0.04 * DAY;
			ja.account.move(id, count % 2 ? INTERVIEW : OFFER);
		}
		const replay = replayOf(ja, { events: [STEP_CHANGED] });
		const since = start + 56 * DAY;
		/** @type {any[]} */
		let json = [];
		const requests = await requestsOf(ja, async () => {
			({ json } = await replay({ since: iso(since), preview: true }));
		});
		const dates = json.map(({ occurredAt }) => Date.parse(occurredAt));
		expect(json.length).toBeGreaterThan(90);
		expect(json.length).toBeLessThan(180);
		expect(Math.min(...dates)).toBeGreaterThanOrEqual(since - 2 * DAY);
		expect(requests.length).toBeLessThan(25);
		// Nothing of the range is missing: the change was certainly on that day or later.
		const expected = ja.account.stepChanges.filter(({ at }) => at >= since).map(keyOf);
		expect(keysOf(/** @type {any} */ (json))).toEqual(expect.arrayContaining(expected));
	});
});

it('reads failed calls and the state of the API, with the keys of the polling trigger', async () => {
	const ja = await jobAffinityForTest();
	const events = [CALL_FAILED, VERSION_EXPIRING];
	ja.webhooks.configure({ url: 'http://127.0.0.1:9/nobody', retries: [] });
	ja.account.apply();
	await ja.webhooks.flush();
	const polled = await pollingOf(ja, { events, parameters: { startFrom: 'listed' } }).poll();
	const { json } = await replayOf(ja)({ selectEvents: 'here', events });
	expect(json.length).toBeGreaterThan(0);
	expect(keysOf(/** @type {any} */ (json)).sort()).toEqual(keysOf(polled).sort());
});

it('takes End Steps from the trigger', async () => {
	const ja = await jobAffinityForTest();
	const { id } = ja.account.apply();
	ja.account.move(id, OFFER);
	const events = [ENDED];
	expect((await replayOf(ja, { events })({ preview: true })).json).toEqual([]);
	const trigger = { settings: { endSteps: [String(OFFER)] } };
	expect((await replayOf(ja, { events, trigger })({ preview: true })).json).toHaveLength(1);
});

it('records nothing if it fails', async () => {
	const ja = await jobAffinityForTest();
	ja.account.apply();
	const replay = replayOf(ja);
	const isBack = failAll(ja);
	expect((await replay()).error).toBeDefined();
	isBack();
	expect((await replay()).json).toHaveLength(1);
});
