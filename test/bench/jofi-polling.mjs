/**
 * What polling JOFI costs in requests and time, against the least that the data allow: each list
 * once, each new record once, four at a time. A request takes 300 ms on a simulated clock.
 */
import { pollEvents } from '#dist/nodes/shared/polling/poll.js';
import { jofiPolling } from '#dist/nodes/Jofi/polling/streams.js';
import { READS_AT_ONCE } from '#dist/nodes/shared/http/readAhead.js';
import { startJofi } from '../providers/jofi/server.mjs';
import { report } from './measure.mjs';
import { LATENCY_MS, n8nFor, reportCost, simulatedClock } from './simulated.mjs';

const clock = simulatedClock();

/** The least seconds for requests one after the other, and for records a few at a time. */
const least = (/** @type {number} */ alone, /** @type {number[]} */ ...records) =>
	((alone + records.reduce((sum, count) => sum + Math.ceil(count / READS_AT_ONCE), 0)) *
		LATENCY_MS) /
	1000;

/** @param {string[]} events */
async function published(events) {
	const jofi = await startJofi();
	const { context, count } = n8nFor({
		type: 'jofiPollingTrigger',
		parameters: { events },
		credential: { baseUrl: jofi.base },
		authentication: () => ({ authorization: `Bearer ${jofi.keys.live}` }),
		clock,
	});
	return {
		jofi,
		/** @returns what a poll cost */
		async poll() {
			const start = clock.now();
			Object.assign(count, { reads: 0, requests: 0 });
			const found = await pollEvents(context, jofiPolling);
			return {
				count: { ...count },
				items: found?.[0].length ?? 0,
				seconds: (clock.now() - start) / 1000,
			};
		},
	};
}

/**
 * @param {string} label
 * @param {Awaited<ReturnType<Awaited<ReturnType<typeof published>>['poll']>>} poll
 * @param {{ requests: number, seconds: number }} minimum
 */
function print(label, { count, items, seconds }, minimum) {
	console.log(`\n${label}: ${items} items`);
	reportCost(count, minimum, seconds);
	report('seconds, one request after the other', ((count.requests * LATENCY_MS) / 1000).toFixed(1));
}

console.log(`JOFI Polling Trigger, ${LATENCY_MS} ms a request, ${READS_AT_ONCE} records at once`);

const any = await published(['*']);
await any.poll();
print('Any Event, nothing new', await any.poll(), { requests: 4, seconds: least(4) });
for (let person = 0; person < 25; person++) {
	const { id } = any.jofi.account.accept(any.jofi.account.invite().id);
	any.jofi.account.complete(id, 6);
	any.jofi.account.createProfile(id);
}
// The account, three lists, and 25 records of each list.
print('Any Event, 25 new of each kind', await any.poll(), {
	requests: 4 + 3 * 25,
	seconds: least(4, 25, 25, 25),
});
await any.jofi.close();

const one = await published(['invitation.created']);
await one.poll();
for (let count = 0; count < 25; count++) one.jofi.account.invite();
print('Invitation Created, 25 new', await one.poll(), { requests: 1 + 25, seconds: least(1, 25) });
await one.jofi.close();
