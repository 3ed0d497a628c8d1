import { setImmediate as nextTurn } from 'node:timers/promises';

import { jofiWebhooks } from '#dist/nodes/Jofi/provider.js';
import { processEvents } from '#dist/nodes/shared/events/process.js';
import { stoppedClock } from '../../clock.mjs';
import { executeContext, ProcessedRow } from '../../executeContext.mjs';
import { deliver, receive } from '../../webhookContext.mjs';

/** @typedef {import('../../webhookContext.mjs').Delivery} Delivery */

const tooMany = {
	status: 503,
	body: { message: 'Too many deliveries at once. Please send it again later.' },
	headers: { 'retry-after': '10' },
	started: undefined,
};

let numbers = 0;
/** @param {Partial<Delivery>} [more] @returns {Delivery} */
const newEvent = (more) => ({
	body: JSON.stringify({ id: `evt_${++numbers}`, type: 'team.renamed' }),
	...more,
});

/** A trigger that may have so many deliveries in work. @param {number} deliveriesAtOnce */
const triggerWith = (deliveriesAtOnce) => ({
	nodeId: `admits ${++numbers}`,
	settings: { deliveriesAtOnce },
});

const AFTERWARDS = { parameters: { responseMode: 'lastNode' } };

describe('deliveries whose runs are waited for', () => {
	test('beyond the limit are asked to come again later, until one has been answered', async () => {
		const trigger = { ...triggerWith(2), ...AFTERWARDS };
		const [first] = [await receive(newEvent(trigger)), await receive(newEvent(trigger))];
		expect(await deliver(newEvent(trigger))).toMatchObject(tooMany);
		first.answer(200);
		expect((await deliver(newEvent(trigger))).started).toBeDefined();
	});

	test('hold their place when they fail, no longer than that', async () => {
		const trigger = { ...triggerWith(1), ...AFTERWARDS };
		(await receive(newEvent(trigger))).answer(500);
		expect((await deliver(newEvent(trigger))).started).toBeDefined();
	});

	test('hold it for five minutes if n8n never says how they ended', async () => {
		const clock = stoppedClock();
		try {
			const trigger = { ...triggerWith(1), ...AFTERWARDS };
			await receive(newEvent(trigger));
			clock.pass(5 * 60_000 - 1);
			expect(await deliver(newEvent(trigger))).toMatchObject(tooMany);
			clock.pass(1);
			expect((await deliver(newEvent(trigger))).started).toBeDefined();
		} finally {
			clock.goOn();
		}
	});
});

test('a delivery that was asked to come again later runs when it does', async () => {
	const trigger = { ...triggerWith(1), ...AFTERWARDS };
	const first = await receive(newEvent(trigger));
	const second = newEvent(trigger);
	expect(await deliver(second)).toMatchObject(tooMany);
	first.answer(200);
	expect((await deliver(second)).started).toBeDefined();
});

test('no more are accepted when many arrive at the same moment', async () => {
	const trigger = { ...triggerWith(3), ...AFTERWARDS };
	const received = await Promise.all(Array.from({ length: 20 }, () => receive(newEvent(trigger))));
	expect(received.filter(({ started }) => started)).toHaveLength(3);
});

test('neither refused deliveries nor copies take a place', async () => {
	const trigger = { ...triggerWith(2), ...AFTERWARDS };
	const credential = { method: 'header', headerName: 'X-Secret', secret: 'right' };
	await deliver(newEvent({ ...trigger, credential, headers: { 'x-secret': 'wrong' } }));
	await deliver(newEvent({ ...trigger, body: 'no JSON' }));
	const event = newEvent(trigger);
	const first = await receive(event);
	const copy = deliver(event);
	await nextTurn();
	expect((await receive(newEvent(trigger))).started).toBeDefined();
	first.answer(200);
	expect(await copy).toMatchObject({ status: 200, started: undefined });
});

test('each trigger has its own limit', async () => {
	for (const trigger of [triggerWith(1), triggerWith(1)])
		expect((await receive(newEvent({ ...trigger, ...AFTERWARDS }))).started).toBeDefined();
});

test('a test run is always admitted', async () => {
	const trigger = { ...triggerWith(1), ...AFTERWARDS };
	await receive(newEvent(trigger));
	expect((await receive(newEvent({ ...trigger, mode: 'manual' }))).started).toBeDefined();
});

describe('deliveries that are answered immediately', () => {
	/** Accepts an event; the execution is yet to process it. @param {Partial<Delivery>} trigger */
	async function accepted(trigger) {
		const received = await receive(newEvent(trigger));
		received.answer(200);
		return async () => {
			const { context } = executeContext({
				row: new ProcessedRow(),
				nodeId: trigger.nodeId,
				workflowId: 'workflow',
				parameters: { responseMode: 'onReceived', settings: {} },
				items: received.items,
				delivery: received.delivery,
			});
			await processEvents(context, jofiWebhooks);
		};
	}

	test('are in work until they are processed, where this process runs executions', async () => {
		await (
			await accepted(triggerWith(1))
		)();
		const trigger = triggerWith(1);
		const process = await accepted(trigger);
		expect(await deliver(newEvent(trigger))).toMatchObject(tooMany);
		await process();
		await nextTurn();
		expect((await deliver(newEvent(trigger))).started).toBeDefined();
	});
});

test('the limit is 300 unless changed, and no senseless one counts', async () => {
	for (const settings of [{}, { deliveriesAtOnce: 0 }, { deliveriesAtOnce: 'many' }]) {
		const trigger = { nodeId: `admits ${++numbers}`, settings, ...AFTERWARDS };
		for (let count = 0; count < 300; count++)
			expect((await receive(newEvent(trigger))).started).toBeDefined();
		const { response } = await receive(newEvent(trigger));
		expect(response.statusCode).toBe(503);
	}
});
