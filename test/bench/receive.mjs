/**
 * What the receive phase of the JOFI Trigger costs: `npm run bench:receive`. HMAC, typing by the
 * schema and the window of remembered events are on; n8n itself is not measured. Figures are
 * medians of interleaved rounds. A target that is missed is printed and is no failure, because
 * machines differ.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { recentKeysOf } from '#dist/nodes/shared/events/recentKeys.js';
import { deliveriesOf, receiveAll, templateOf } from './deliveries.mjs';
import { interleaved, report } from './measure.mjs';

const MOST_MICROSECONDS = 100;
const MOST_TIMES_NONE = 1.1;

/** Events that a trigger sees between two rounds, untimed. */
const MOVED_ON = 11_111;

setFlagsFromString('--expose-gc');
/** @type {(how?: { type: 'minor' }) => void} */
const collectGarbage = runInNewContext('gc');

const sizes = [
	{ label: '1 kB', template: templateOf(1024), count: 500 },
	{ label: '3 kB', template: templateOf(3 * 1024), count: 500 },
	{ label: '64 kB', template: templateOf(64 * 1024), count: 30 },
	// A larger one of this kind holds more values than a trigger accepts by default.
	{ label: '700 kB', template: templateOf(700 * 1024), count: 3 },
];

async function benchSizes() {
	console.log('\nOne delivery, by the size of its body');
	const figures = await interleaved(
		sizes,
		15,
		async ({ label, template, count }) =>
			await receiveAll(deliveriesOf(template, count, { nodeId: label })),
	);
	for (const [index, { label, template }] of sizes.entries()) {
		const aim = { target: `≤ ${MOST_MICROSECONDS} µs`, kept: figures[index] <= MOST_MICROSECONDS };
		report(
			`${label} (${template.body.length} bytes)`,
			`${figures[index].toFixed(1)} µs`,
			label === '3 kB' ? aim : undefined,
		);
	}
}

/**
 * Lets a trigger see events, untimed.
 *
 * @param {string} nodeId
 * @param {number} limit
 * @param {number} count
 * @param {string} name
 */
function remember(nodeId, limit, count, name) {
	const keys = recentKeysOf(`bench:${nodeId}`);
	for (let number = 0; number < count; number++) {
		const claim = keys.claim(`jofi:test_taker.assessment_completed:${name}:${number}`, limit);
		if (claim.state === 'claimed') claim.settle('done');
	}
}

async function benchRemembered() {
	console.log('\nOne delivery of 3 kB, by the number of remembered events');
	const numbers = [0, 1000, 100_000];
	for (const number of numbers) remember(`remembers ${number}`, number, number, 'first');
	const figures = await interleaved(numbers, 25, async (number, round) => {
		// A map that forgets its oldest keys is not equally fast at all times: go through all of them.
		// All cases do, as the garbage of it would otherwise count against one of them.
		remember(
			number === 0 ? 'scratch' : `remembers ${number}`,
			number || 1,
			MOVED_ON,
			`round ${round}`,
		);
		const nodeId = number === 0 ? `remembers none ${round}` : `remembers ${number}`;
		const deliveries = deliveriesOf(sizes[1].template, 400, {
			nodeId,
			eventsToRemember: number || 5000,
		});
		// A full collection would also throw away compiled code.
		collectGarbage({ type: 'minor' });
		return await receiveAll(deliveries);
	});
	for (const [index, number] of numbers.entries()) {
		const ratio = figures[index] / figures[0];
		const aim = { target: `≤ ${MOST_TIMES_NONE} × none`, kept: ratio <= MOST_TIMES_NONE };
		report(`${number.toLocaleString('en')} remembered`, `${figures[index].toFixed(1)} µs`);
		if (number === 100_000) report('100,000 against none', `× ${ratio.toFixed(2)}`, aim);
	}
}

/**
 * Bytes on the heap after so many deliveries.
 *
 * @param {string} nodeId
 * @param {number} eventsToRemember
 * @param {number} count
 */
async function heapAfter(nodeId, eventsToRemember, count) {
	for (let left = count; left > 0; left -= 1000) {
		await receiveAll(
			deliveriesOf(sizes[0].template, Math.min(left, 1000), { nodeId, eventsToRemember }),
		);
	}
	collectGarbage();
	return process.memoryUsage().heapUsed;
}

async function benchMemory() {
	console.log('\nMemory');
	const before = await heapAfter('memory', 1, 1000);
	const bounded = await heapAfter('bounded', 1000, 100_000);
	const held = recentKeysOf('bench:bounded').size;
	report('held of 100,000 when 1,000 are to be remembered', String(held), {
		target: '≤ 1,000',
		kept: held <= 1000,
	});
	report('and their memory', `${((bounded - before) / 1024).toFixed(0)} kB`);
	const full = await heapAfter('full', 100_000, 100_000);
	const keys = recentKeysOf('bench:full').size;
	report('a remembered event', `${((full - bounded) / keys).toFixed(0)} bytes`);
}

console.log(`Receive phase of the JOFI Trigger, Node ${process.version}`);
await benchSizes();
await benchRemembered();
await benchMemory();
