import { jofiWebhooks } from '#dist/nodes/Jofi/provider.js';
import { regpackWebhooks } from '#dist/nodes/Regpack/provider.js';
import { receivedAt } from '#dist/nodes/shared/webhook/deliveries.js';
import { stoppedClock } from '../../clock.mjs';
import { deliver, receive } from '../../webhookContext.mjs';

/** @typedef {import('../../webhookContext.mjs').Delivery} Delivery */

let numbers = 0;
/** A trigger of a workflow that no other test knows. */
const newTrigger = () => ({ nodeId: 'trigger', workflowId: `received ${++numbers}` });

/** @param {Partial<Delivery>} [more] @returns {Delivery} */
const newEvent = (more) => ({
	body: JSON.stringify({ id: `evt_${++numbers}`, type: 'team.renamed' }),
	...more,
});

/** @param {{ workflowId: string }} trigger */
const logOf = ({ workflowId }) => receivedAt(workflowId, jofiWebhooks.provider)[0];

const SECRET = { method: 'header', headerName: 'x-secret', secret: 'a secret of the test' };

test('a delivery is kept with what became of it, and nothing of what is in it', async () => {
	const trigger = newTrigger();
	const body = JSON.stringify({ id: 'evt_kept', type: 'team.renamed', name: 'Linda Sample' });
	await deliver({ ...trigger, body, isRead: true, address: '203.0.113.9' });
	const { deliveries, outcomes, node } = logOf(trigger);
	expect(deliveries).toEqual([
		{
			receivedAt: expect.any(Number),
			outcome: 'accepted',
			status: 200,
			event: 'team.renamed',
			eventKey: 'jofi:team.renamed:evt_kept',
			events: 1,
			bytes: body.length,
			address: '203.0.113.9',
			ms: expect.any(Number),
		},
	]);
	expect([node, outcomes.accepted.count]).toEqual(['JOFI Trigger', 1]);
	expect(JSON.stringify([...receivedAt(trigger.workflowId, jofiWebhooks.provider)])).not.toContain(
		'Linda',
	);
});

test('each delivery is counted by what became of it', async () => {
	const trigger = newTrigger();
	const event = newEvent({ ...trigger, parameters: { responseMode: 'lastNode' } });
	await deliver(event);
	await deliver(event);
	await deliver(newEvent({ ...trigger, events: ['invitation.created'] }));
	await deliver(newEvent({ ...trigger, credential: SECRET, headers: { 'x-secret': 'wrong' } }));
	await deliver(newEvent({ ...trigger, body: 'no JSON' }));
	const { deliveries, outcomes, reasons } = logOf(trigger);
	expect(deliveries.map(({ outcome, status, reason }) => [outcome, status, reason])).toEqual([
		['accepted', 200, undefined],
		['duplicate', 200, undefined],
		['notSelected', 200, undefined],
		['refused', 401, 'The secret is wrong.'],
		['refused', 400, 'The body is not JSON.'],
	]);
	expect(Object.entries(outcomes).map(([name, { count }]) => [name, count])).toEqual([
		['accepted', 1],
		['duplicate', 1],
		['notSelected', 1],
		['refused', 2],
	]);
	expect([...reasons].map(([reason, { count, status }]) => [reason, count, status])).toEqual([
		['The secret is wrong.', 1, 401],
		['The body is not JSON.', 1, 400],
	]);
});

test('the status and the time are those of the answer, which may come much later', async () => {
	const clock = stoppedClock();
	try {
		const trigger = newTrigger();
		const received = await receive(
			newEvent({ ...trigger, parameters: { responseMode: 'lastNode' } }),
		);
		const [delivery] = logOf(trigger).deliveries;
		expect([delivery.outcome, delivery.status]).toEqual(['accepted', undefined]);
		clock.pass(4321);
		received.answer(500);
		expect([delivery.outcome, delivery.status, delivery.ms]).toEqual(['accepted', 500, 4321]);
	} finally {
		clock.goOn();
	}
});

test('a fault is kept as its sender learned it', async () => {
	const trigger = newTrigger();
	const credential = new Error('decrypting s3cret failed');
	await deliver(newEvent({ ...trigger, credential }));
	expect(logOf(trigger).deliveries).toMatchObject([
		{ outcome: 'refused', status: 503, reason: expect.stringContaining('could not be received') },
	]);
	expect(JSON.stringify(logOf(trigger).deliveries)).not.toContain('s3cret');
});

test('test runs are not kept', async () => {
	const trigger = newTrigger();
	await deliver(newEvent({ ...trigger, mode: 'manual' }));
	expect(logOf(trigger)).toBeUndefined();
});

test('workflows and providers are kept apart', async () => {
	const [one, other] = [newTrigger(), newTrigger()];
	await deliver(newEvent(one));
	expect(logOf(other)).toBeUndefined();
	expect(receivedAt(one.workflowId, regpackWebhooks.provider)).toEqual([]);
});

test('the latest 200 deliveries of a trigger are kept, and all are counted', async () => {
	const trigger = newTrigger();
	for (let index = 0; index < 250; index++) await deliver(newEvent(trigger));
	const { deliveries, outcomes } = logOf(trigger);
	expect([deliveries.length, outcomes.accepted.count]).toEqual([200, 250]);
	expect(deliveries.at(-1)?.eventKey).toBe(`jofi:team.renamed:evt_${numbers}`);
});

test('of 100 triggers at most, and the one that was silent longest goes first', async () => {
	const triggers = Array.from({ length: 101 }, newTrigger);
	for (const trigger of triggers.slice(0, 100)) await deliver(newEvent(trigger));
	await deliver(newEvent(triggers[0]));
	await deliver(newEvent(triggers[100]));
	const kept = triggers.filter((trigger) => logOf(trigger));
	expect(kept.length).toBe(100);
	expect(kept).toContain(triggers[0]);
	expect(kept).not.toContain(triggers[1]);
});

test('a trigger to which nothing came for a week is forgotten', async () => {
	const clock = stoppedClock();
	try {
		const trigger = newTrigger();
		await deliver(newEvent(trigger));
		clock.pass(7 * 86_400_000);
		expect(logOf(trigger)).toBeDefined();
		clock.pass(1);
		expect(logOf(trigger)).toBeUndefined();
	} finally {
		clock.goOn();
	}
});
