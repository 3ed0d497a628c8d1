import { randomUUID } from 'node:crypto';
import { runOperation } from '../core.mjs';
import { expectShape } from '../outputs.mjs';
import {
	ALL_COMPLETED,
	closeJofis,
	COMPLETED,
	CREATED,
	drain,
	FIVE,
	jofiForTest,
	keyOf,
	keysOf,
	newOfEach,
	newTestTaker,
	publish,
	requestsOf,
	TEST_TAKER,
} from './polling.mjs';
import { bodiesOf, webhookTrigger } from './webhookTrigger.mjs';

/** Event → Get Many Since: what did not run, read again from JOFI's API. */

/** @typedef {import('./polling.mjs').Jofi} Jofi */
/** @typedef {import('../core.mjs').Changes} Changes */

afterEach(closeJofis);

const HOUR = 60 * 60_000;
const EVER = '2020-01-01T00:00:00Z';
const iso = (/** @type {number} */ ms) => new Date(ms).toISOString();

/** @param {string[]} events @param {Record<string, unknown>} [parameters] */
const triggerNode = (events, parameters = {}) => ({
	id: 'webhook',
	type: 'jofiTrigger',
	parameters: /** @type {any} */ ({ authentication: 'none', events, ...parameters }),
});

/**
 * Get Many Since in a workflow with a JOFI Trigger.
 *
 * @param {Jofi} jofi
 * @param {{ workflowId?: string, events?: string[], trigger?: Record<string, unknown> }} [setting]
 */
const replayOf =
	(jofi, { workflowId = randomUUID(), events = FIVE, trigger } = {}) =>
	(/** @type {Record<string, unknown>} */ parameters = {}, /** @type {Changes} */ changes = {}) =>
		runOperation(
			{ workflowId, credentials: keyOf(jofi), beside: [triggerNode(events, trigger)] },
			'jofi',
			'event:getManySince',
			{ since: EVER, returnAll: true, ...parameters },
			changes,
		);

/** @param {any[]} hints */
const sentences = (hints) => hints.map(({ message }) => message);

it('outputs what the polling trigger outputs, to the letter but for the way in', async () => {
	const jofi = await jofiForTest();
	newOfEach(jofi, 3);
	const polled = await drain(
		publish(jofi, { workflowId: randomUUID(), parameters: { startFrom: 'listed' } }),
	);
	const { json, error } = await replayOf(jofi)();
	expect(error).toBeUndefined();
	const without = (/** @type {any} */ { receivedAt, source, missedByWebhook, ...rest }) => rest;
	const byKey = (/** @type {any} */ a, /** @type {any} */ b) =>
		a.eventKey.localeCompare(b.eventKey);
	expect(json).toHaveLength(15);
	expect(json.map(without).sort(byKey)).toEqual(polled.map(without).sort(byKey));
	expect(new Set(json.map(({ source }) => source))).toEqual(new Set(['replay']));
	expectShape('Jofi', 'event:getManySince', json);
});

it('brings exactly what did not run, and a second time nothing', async () => {
	const jofi = await jofiForTest();
	const workflowId = randomUUID();
	const webhook = webhookTrigger(jofi, { workflowId, events: FIVE });
	const bodies = await bodiesOf(jofi);
	newOfEach(jofi, 2);
	const ran = [];
	for (const body of await bodies.taken()) ran.push(...(await webhook.receive(body)).items);
	// Deliveries get lost from here on.
	newOfEach(jofi, 2);
	await bodies.taken();
	const replay = replayOf(jofi, { workflowId });
	const { json } = await replay();
	expect(json).toHaveLength(10);
	const all = await drain(
		publish(jofi, { workflowId: randomUUID(), parameters: { startFrom: 'listed' } }),
	);
	expect([...keysOf(ran), ...keysOf(/** @type {any} */ (json))].sort()).toEqual(keysOf(all));
	expect((await replay()).json).toEqual([]);
	await bodies.close();
});

it('keeps late deliveries and polls from running again what it output', async () => {
	const jofi = await jofiForTest();
	const workflowId = randomUUID();
	const bodies = await bodiesOf(jofi);
	newTestTaker(jofi);
	expect((await replayOf(jofi, { workflowId })()).json).toHaveLength(3);
	const webhook = webhookTrigger(jofi, { workflowId, events: FIVE });
	for (const body of await bodies.taken())
		expect(await webhook.receive(body)).toMatchObject({ started: true, items: [] });
	const polling = publish(jofi, { workflowId, parameters: { startFrom: 'listed' } });
	expect(await polling.poll()).toEqual([]);
	await bodies.close();
});

it('reads what the triggers of the workflow listen to, or what is chosen in the node', async () => {
	const jofi = await jofiForTest();
	newOfEach(jofi, 2);
	const of = (/** @type {any} */ { json }) => new Set(json.map((/** @type {any} */ e) => e.event));
	const replay = replayOf(jofi, { events: [COMPLETED], trigger: { filters: { teams: ['999'] } } });
	expect(of(await replay())).toEqual(new Set());
	expect(of(await replayOf(jofi, { events: [COMPLETED] })())).toEqual(new Set([COMPLETED]));
	const here = { selectEvents: 'here', events: [TEST_TAKER] };
	expect(of(await replay(here))).toEqual(new Set([TEST_TAKER]));
	expect(of(await replayOf(jofi, { events: [ALL_COMPLETED] })())).toEqual(new Set());
});

it('reads no list whose events are not wanted', async () => {
	const jofi = await jofiForTest();
	newTestTaker(jofi);
	const replay = replayOf(jofi, { events: [CREATED] });
	expect(await requestsOf(jofi, async () => void (await replay()))).toEqual([
		'/invitations',
		expect.stringMatching(/^\/invitations\/\d+$/),
	]);
});

it('reads the range only', async () => {
	const jofi = await jofiForTest();
	const start = Date.now() - 10 * HOUR;
	for (let hour = 0; hour < 5; hour++) {
		jofi.account.now = () => start + hour * HOUR;
		jofi.account.invite();
	}
	const replay = replayOf(jofi, { events: [CREATED] });
	const between = { since: iso(start + 0.5 * HOUR), until: iso(start + 3.5 * HOUR) };
	expect((await replay({ ...between, preview: true })).json).toHaveLength(3);
	expect((await replay({ since: between.until, preview: true })).json).toHaveLength(1);
});

describe('Preview', () => {
	it('lists what would run, and records nothing', async () => {
		const jofi = await jofiForTest();
		newTestTaker(jofi);
		const replay = replayOf(jofi);
		const { json, hints } = await replay({ preview: true });
		expect(json).toHaveLength(3);
		expect(sentences(hints).join(' ')).toContain(
			'3 would run. Preview is on, so nothing was recorded',
		);
		expect((await replay()).json).toHaveLength(3);
		expect((await replay({ preview: true })).json).toEqual([]);
	});

	it('gives nothing to a node behind it', async () => {
		const jofi = await jofiForTest();
		newTestTaker(jofi);
		const replay = replayOf(jofi);
		const after = [{ type: 'jofi', name: 'Next', parameters: { resource: 'account' } }];
		const { json, hints, status } = await replay(
			{ preview: true },
			{ after: /** @type {any} */ (after) },
		);
		expect([status, json]).toEqual(['success', []]);
		expect(sentences(hints).join(' ')).toMatch(
			/Preview is on.*was invited to JOFI.*became a JOFI test taker.*would run/,
		);
	});
});

describe('a test run', () => {
	it('records what it outputs if all of the workflow runs', async () => {
		const jofi = await jofiForTest();
		newTestTaker(jofi);
		const replay = replayOf(jofi);
		expect((await replay({}, { mode: 'manual' })).json).toHaveLength(3);
		expect((await replay({}, { mode: 'manual' })).json).toEqual([]);
	});

	it('records nothing if it ends with a node, and says so', async () => {
		const jofi = await jofiForTest();
		newTestTaker(jofi);
		const replay = replayOf(jofi);
		const { json, hints } = await replay({}, { mode: 'manual', destination: 'JOFI' });
		expect(json).toHaveLength(3);
		expect(sentences(hints).join(' ')).toContain('This test run ends with "JOFI"');
		expect((await replay()).json).toHaveLength(3);
	});
});

it('skips and records nothing with Only What Has Not Run Yet off', async () => {
	const jofi = await jofiForTest();
	newTestTaker(jofi);
	const replay = replayOf(jofi);
	for (const time of [1, 2]) {
		const { json } = await replay({ onlyNew: false });
		expect([time, json.length]).toEqual([time, 3]);
	}
	expect((await replay()).json).toHaveLength(3);
});

it('outputs the earliest up to Limit, says so, and goes on the next time', async () => {
	const jofi = await jofiForTest();
	for (let count = 0; count < 5; count++) jofi.account.invite();
	const replay = replayOf(jofi, { events: [CREATED] });
	const some = { returnAll: false, limit: 2 };
	const ids = [];
	for (const count of [2, 2, 1]) {
		const { json } = await replay(some);
		expect(json).toHaveLength(count);
		if (count === 2) expect(json[0]._list).toMatchObject({ isComplete: false, returned: 2 });
		else expect(json[0]._list).toBeUndefined();
		ids.push(...json.map(({ payload }) => payload.data.object.id));
	}
	expect(ids).toEqual([31001, 31002, 31003, 31004, 31005]);
});

it('says what the lists do not show', async () => {
	const jofi = await jofiForTest();
	for (let count = 0; count < 40; count++) newTestTaker(jofi);
	const { json, hints } = await replayOf(jofi, { events: [COMPLETED, TEST_TAKER] })();
	const reason =
		'JOFI lists only its newest 30 of 40 test takers: what the others have completed is missing.';
	expect(json).toHaveLength(30);
	expect(json[0]._list).toEqual({ isComplete: false, returned: 30, total: null, reason });
	expect(sentences(hints)).toContain(reason);
});

it('says nothing of a list that reaches back to Since', async () => {
	const jofi = await jofiForTest();
	jofi.account.now = () => Date.now() - 5 * HOUR;
	for (let count = 0; count < 40; count++) newTestTaker(jofi);
	jofi.account.now = () => Date.now();
	newTestTaker(jofi);
	const { json } = await replayOf(jofi, { events: [TEST_TAKER] })({
		since: iso(Date.now() - HOUR),
	});
	expect(json).toHaveLength(1);
	expect(json[0]._list).toBeUndefined();
});

it('leaves out a record that JOFI does not give, and says so', async () => {
	const jofi = await jofiForTest();
	const [broken] = [newTestTaker(jofi), newTestTaker(jofi)];
	jofi.fail({
		match: new RegExp(`/test-takers/${broken.id}$`),
		status: 500,
		headers: { 'retry-after': '0' },
		times: Infinity,
	});
	const { json } = await replayOf(jofi, { events: [TEST_TAKER] })();
	expect(json).toHaveLength(1);
	expect(json[0]._list.reason).toContain(`JOFI did not give /test-takers/${broken.id}`);
});

it('records nothing if it fails', async () => {
	const jofi = await jofiForTest();
	newTestTaker(jofi);
	const replay = replayOf(jofi);
	jofi.fail({ match: /career-navigation/, status: 403, times: 1 });
	expect((await replay()).error).toBeDefined();
	expect((await replay()).json).toHaveLength(3);
});

it('has the same events again if its execution is retried', async () => {
	const jofi = await jofiForTest();
	newTestTaker(jofi);
	const replay = replayOf(jofi);
	const executionId = randomUUID();
	expect((await replay({}, { executionId })).json).toHaveLength(3);
	expect((await replay({}, { mode: 'retry', retryOf: executionId })).json).toHaveLength(3);
	expect((await replay()).json).toEqual([]);
});

it('adds what Fetch From JOFI adds', async () => {
	const jofi = await jofiForTest();
	jofi.account.complete(newTestTaker(jofi).id, 6);
	const { json } = await replayOf(jofi, { events: [COMPLETED] })({
		fetch: ['scorecard'],
		scoreProfile: { __rl: true, mode: 'id', value: 'JOFI-001-XX' },
	});
	expect(json).toMatchObject([{ details: { status: 'fetched', scorecard: expect.anything() } }]);
});

it('says that deliveries are overdue where the trigger should have got them', async () => {
	const jofi = await jofiForTest();
	jofi.account.now = () => Date.now() - 5 * HOUR;
	jofi.account.invite();
	jofi.account.now = () => Date.now();
	jofi.account.invite();
	const { json } = await replayOf(jofi, { events: [CREATED] })();
	expect(json.map(({ missedByWebhook }) => missedByWebhook)).toEqual([true, null]);
	const { json: unknown } = await replayOf(jofi, { events: [CREATED] })({ onlyNew: false });
	expect(unknown.map(({ missedByWebhook }) => missedByWebhook)).toEqual([null, null]);
});

describe('what cannot work is an error that says what to do', () => {
	it.each([
		[{ since: '={{ "" }}' }, {}, 'Since is empty'],
		[{ since: '2026-03-05', until: '2026-03-04' }, {}, 'Since is later than Until'],
		[{ since: 'yesterday' }, {}, 'Since is not a time'],
		[{ selectEvents: 'here', events: '={{ [] }}' }, {}, 'Events is empty'],
		[{}, { beside: [] }, 'This workflow has no JOFI trigger'],
	])('%j', async (parameters, changes, message) => {
		const jofi = await jofiForTest();
		const { error, json } = await replayOf(jofi)(parameters, changes);
		expect(error).toMatchObject({ message, description: expect.stringMatching(/\w{3}/) });
		expect(json).toEqual([]);
	});
});

it('warns where the trigger does not record what it runs', async () => {
	const jofi = await jofiForTest();
	newTestTaker(jofi);
	const hintsWith = async (/** @type {Record<string, unknown>} */ trigger) =>
		sentences((await replayOf(jofi, { trigger })()).hints).filter((each) =>
			each.includes('does not record'),
		);
	expect(await hintsWith({})).toEqual([]);
	expect(await hintsWith({ settings: { responseMode: 'lastNode' } })).toHaveLength(1);
	expect(await hintsWith({ settings: { skipDuplicates: false } })).toHaveLength(1);
});
