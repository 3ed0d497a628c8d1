import { innovativeEducatorsWebhooks } from '#dist/nodes/InnovativeEducators/provider.js';
import { jobaffinityWebhooks } from '#dist/nodes/JobAffinity/provider.js';
import { jofiWebhooks } from '#dist/nodes/Jofi/provider.js';
import { regpackWebhooks } from '#dist/nodes/Regpack/provider.js';
import { itemSchema } from '#dist/nodes/shared/events/contract.js';
import { processEvents } from '#dist/nodes/shared/events/process.js';
import { stoppedClock } from '../../clock.mjs';
import { executeContext, ProcessedRow } from '../../executeContext.mjs';
import { deliver, receive } from '../../webhookContext.mjs';

/** @typedef {import('../../webhookContext.mjs').Delivery} Delivery */

const MINUTE = 60_000;
const credential = { method: 'header', headerName: 'x-secret', secret: 'a secret of the test' };
const REFUSED = ['delivery.refused'];

let triggers = 0;
/** A trigger that listens to what it refuses. @param {Partial<Delivery>} [more] @returns {Delivery} */
const newTrigger = (more) => ({
	nodeId: `refuses ${++triggers}`,
	credential,
	events: REFUSED,
	body: '{"type":"team.renamed"}',
	...more,
});

/** @type {ReturnType<typeof stoppedClock>} */
let clock;
beforeEach(() => {
	clock = stoppedClock();
});
afterEach(() => clock.goOn());

test('a refused delivery starts the workflow, and its sender gets the same answer', async () => {
	const trigger = newTrigger();
	const { started, status, body } = await deliver({ ...trigger, address: '203.0.113.9' });
	expect([status, body]).toEqual([401, { message: 'The secret is missing.' }]);
	expect(started).toMatchObject({
		event: 'delivery.refused',
		extra: {
			reason: 'The secret is missing.',
			status: 401,
			count: 1,
			addresses: [{ address: '203.0.113.9', count: 1 }],
			fromOtherAddresses: 0,
			reasons: [{ reason: 'The secret is missing.', status: 401, count: 1 }],
		},
	});
	const unheard = await deliver({ ...newTrigger(), events: ['*'] });
	expect([unheard.status, unheard.body]).toEqual([status, body]);
});

test('no more than once in five minutes, and the next report counts those between', async () => {
	const trigger = newTrigger();
	expect((await deliver(trigger)).started).toBeDefined();
	const between = [];
	for (let index = 0; index < 30; index++) {
		clock.pass(9_000);
		const headers = { 'x-secret': 'wrong' };
		between.push(await deliver({ ...trigger, headers, address: `203.0.113.${index}` }));
	}
	expect(between.every(({ started, status }) => !started && status === 401)).toBe(true);
	clock.pass(30_000);
	const { started } = await deliver(trigger);
	expect(started?.extra).toMatchObject({
		count: 31,
		reason: 'The secret is missing.',
		reasons: [
			{ reason: 'The secret is wrong.', count: 30 },
			{ reason: 'The secret is missing.', count: 1 },
		],
		fromOtherAddresses: 10,
	});
	expect(/** @type {any} */ (started?.extra).addresses).toHaveLength(20);
});

test('a clock that is set back does not keep the next report away for long', async () => {
	const trigger = newTrigger();
	await deliver(trigger);
	clock.pass(-60 * MINUTE);
	expect((await deliver(trigger)).started).toBeDefined();
	expect((await deliver(trigger)).started).toBeUndefined();
});

test('each trigger has its own five minutes', async () => {
	expect((await deliver(newTrigger())).started).toBeDefined();
	expect((await deliver(newTrigger())).started).toBeDefined();
});

test.each([
	['Any Event', { events: ['*'] }],
	['another event', { events: ['invitation.created'] }],
	['another event by its name', { events: [], settings: { otherEvents: REFUSED } }],
])('who listens to %s gets none', async (_, more) => {
	const { started, status } = await deliver(newTrigger(more));
	expect([started, status]).toEqual([undefined, 401]);
});

test('a test run gets none: it says at once why the delivery was refused', async () => {
	const { started } = await deliver(newTrigger({ mode: 'manual' }));
	expect(started).toMatchObject({ accepted: false, reason: expect.any(String) });
});

test('what may succeed later starts nothing, so that a crowd makes no more work', async () => {
	const trigger = newTrigger({ credential: undefined, settings: { deliveriesAtOnce: 1 } });
	const waiting = {
		...trigger,
		events: ['*', ...REFUSED],
		parameters: { responseMode: 'lastNode' },
	};
	await receive(waiting);
	const { status, started } = await deliver(waiting);
	expect([status, started]).toEqual([503, undefined]);
});

test('a delivery that calls itself a refused one is none', async () => {
	const body = JSON.stringify({ id: 'evt_1', type: 'delivery.refused' });
	const {
		started,
		status,
		body: answer,
	} = await deliver(newTrigger({ credential: undefined, body, events: ['*', ...REFUSED] }));
	expect([started, status, answer]).toEqual([undefined, 200, { message: 'Not listened to.' }]);
});

test('in every way to respond, the sender is answered at once', async () => {
	for (const responseMode of ['onReceived', 'lastNode', 'responseNode']) {
		const trigger = newTrigger({ parameters: { responseMode } });
		const { started, status } = await deliver(trigger);
		expect([started?.event, status]).toEqual(['delivery.refused', 401]);
	}
});

test('a trigger whose event is in its URL lists it beside that', async () => {
	const trigger = newTrigger({
		source: regpackWebhooks,
		events: 'user_complete',
		parameters: { ownEvents: REFUSED },
	});
	expect((await deliver(trigger)).started).toMatchObject({
		provider: 'regpack',
		event: 'delivery.refused',
	});
});

test.each(
	[jofiWebhooks, jobaffinityWebhooks, regpackWebhooks, innovativeEducatorsWebhooks].map(
		(source) => ({
			source,
			label: source.provider.label,
		}),
	),
)('the item of $label keeps the contract, and needs no API', async ({ source, label }) => {
	const trigger = newTrigger({ source, parameters: { ownEvents: REFUSED } });
	const { items } = await deliver(trigger);
	const { context } = executeContext({ row: new ProcessedRow(), items });
	const [[{ json }]] = await processEvents(context, source);
	expect(itemSchema(source.provider.blocks).safeParse(json).error?.issues).toBeUndefined();
	expect(json).toMatchObject({
		title: `1 ${label} delivery was refused: the secret is missing`,
		person: { name: null, email: null },
		source: 'webhook',
		event: 'delivery.refused',
		details: { count: 1, reason: 'The secret is missing.', status: 401 },
		payload: {},
	});
});
