import { randomBytes, randomInt } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { jofiWebhooks } from '#dist/nodes/Jofi/provider.js';
import { receivedAt } from '#dist/nodes/shared/webhook/deliveries.js';
import { deliver } from '../../webhookContext.mjs';

/** @typedef {import('../../webhookContext.mjs').Delivery} Delivery */

const DELIVERIES = 10_000;
/** In bytes; what the deliveries hold takes a multiple of it. */
const MAX_GROWTH = 40 * 1024 * 1024;

setFlagsFromString('--expose-gc');
const collectGarbage = /** @type {() => void} */ (runInNewContext('gc'));

/** What is held in memory, in bytes. */
async function heldBytes() {
	await nextTurn();
	collectGarbage();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}

const secret = 'a secret that nobody guesses';
const hmac = { method: 'hmac', preset: 'github', secret };

const random = (/** @type {number} */ length) => randomBytes(length).toString('base64url');

/** A delivery that somebody without the secret could send. @returns {Delivery} */
function hostile() {
	const ways = [
		() => ({}),
		() => ({ headers: { 'x-hub-signature-256': `sha256=${randomBytes(32).toString('hex')}` } }),
		() => ({ headers: { 'x-hub-signature-256': random(2000) } }),
		() => ({ headers: { 'content-length': random(10), [random(8).toLowerCase()]: random(500) } }),
		() => ({ headers: { 'talent-events-signature': `t=1,v1=${random(32)}` } }),
		() => ({ body: `{"talentEventsTest":"${random(27)}","type":"delivery.refused"}` }),
	];
	return {
		body: JSON.stringify({ type: random(3000), id: random(3000) }),
		isRead: true,
		url: `/webhook/${random(60)}?${random(200)}=${random(200)}`,
		address: [random(20_000), `203.0.113.${randomInt(256)}`, '::1', ''][randomInt(4)],
		...ways[randomInt(ways.length)](),
	};
}

test(`${DELIVERIES} refused deliveries start one execution, and leave little in memory`, async () => {
	const trigger = {
		nodeId: 'under fire',
		workflowId: 'under fire',
		credential: hmac,
		events: ['*', 'delivery.refused'],
	};
	const statuses = new Map();
	let executions = 0;
	const before = await heldBytes();
	for (let index = 0; index < DELIVERIES; index++) {
		const { status, started } = await deliver({ ...hostile(), ...trigger });
		statuses.set(status, (statuses.get(status) ?? 0) + 1);
		if (started) executions++;
	}
	expect((await heldBytes()) - before).toBeLessThan(MAX_GROWTH);
	expect([...statuses]).toEqual([[401, DELIVERIES]]);
	expect(executions).toBe(1);
	const [{ deliveries, reasons, outcomes }, ...others] = receivedAt(
		'under fire',
		jofiWebhooks.provider,
	);
	expect(others).toEqual([]);
	expect([deliveries.length, outcomes.refused.count]).toEqual([200, DELIVERIES]);
	expect(reasons.size).toBeLessThanOrEqual(5);
	// What is kept is bounded by itself, not only by luck with the garbage collector.
	const kept = JSON.stringify([deliveries, [...reasons]]);
	expect(kept.length).toBeLessThan(200 * 500);
	expect(kept).not.toContain(secret);
}, 120_000);

test('long texts of accepted deliveries are cut, and keep no body in memory', async () => {
	const trigger = { nodeId: 'long', workflowId: 'long texts', events: ['*'] };
	const before = await heldBytes();
	// All of them would hold 200 MB.
	for (let index = 100; index < 300; index++) {
		const body = JSON.stringify({
			type: `${index}${'x'.repeat(500_000)}`,
			id: 'y'.repeat(500_000),
		});
		expect((await deliver({ ...trigger, body, isRead: true })).status).toBe(200);
	}
	expect((await heldBytes()) - before).toBeLessThan(2 * MAX_GROWTH);
	const [{ deliveries }] = receivedAt('long texts', jofiWebhooks.provider);
	for (const { event = '', eventKey = '', address } of deliveries)
		expect([event.length, eventKey.length <= 200, address.length <= 64]).toEqual([100, true, true]);
});
