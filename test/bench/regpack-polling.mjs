/**
 * What polling a Regpack project of 5,000 users costs, as each poll reads the whole list: requests,
 * time, heap, and what n8n has to store. `npm run bench:regpack`. Regpack is played
 * in a thread of its own, so that its heap does not count; on a simulated clock each request takes
 * 300 ms.
 */
import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { pollEvents } from '#dist/nodes/shared/polling/poll.js';
import { regpackPolling } from '#dist/nodes/Regpack/polling/streams.js';
import { ACCEPTED, within } from '../integration/regpack/within.mjs';
import { startRegpack } from '../providers/regpack/server.mjs';
import { report } from './measure.mjs';
import { LATENCY_MS, n8nFor, reportCost, simulatedClock } from './simulated.mjs';

const USERS = 5000;
/** A page has so many (documented); where the next one begins, only the page itself says. */
const PAGES = USERS / 50;
const CHANGED = 50;

/** Regpack, with users of whom something is known, and on demand some more is. */
async function play() {
	const regpack = await startRegpack();
	regpack.account.populate(USERS);
	const project = within(regpack);
	for (const [index, id] of project.ids.entries()) {
		project.setStatus(id, [0, 0, ACCEPTED][index % 3]);
		project.complete(id, index % 3);
		if (index % 2 === 0) project.order(id, 12_000);
		if (index % 4 === 0) project.pay(id, 100 * (index % 120));
	}
	const { ids } = project;
	let round = 0;
	parentPort?.on('message', (count) => {
		round++;
		for (const id of ids.slice(0, count)) project.pay(id, 100 * round);
		parentPort?.postMessage('paid');
	});
	const { base, credential } = regpack;
	parentPort?.postMessage({ base, credential });
}

/**
 * A published trigger, as far as a poll sees it.
 *
 * @param {{ base: string, credential: import('../providers/regpack/authenticate.mjs').Credential }} regpack
 * @param {Record<string, unknown>} parameters
 */
function published({ base, credential }, parameters) {
	const { apiUser, apiToken, apiId, groupId } = credential;
	const { context, count, staticData } = n8nFor({
		type: 'regpackPollingTrigger',
		parameters,
		credential: { baseUrl: base, groupId },
		authentication: () => ({
			'api-user': apiUser,
			'api-token': apiToken,
			'api-id': String(apiId),
			timestamp: String(Math.round(Date.now() / 1000)),
		}),
		clock,
	});
	return {
		count,
		poll: () => pollEvents(context, regpackPolling),
		get bytes() {
			return JSON.stringify(staticData).length;
		},
	};
}

const clock = simulatedClock();

setFlagsFromString('--expose-gc');
/** @type {() => void} */
const collectGarbage = runInNewContext('gc');

async function measure() {
	const thread = new Worker(new URL(import.meta.url));
	const [regpack] = await once(thread, 'message');

	/** Lets so many users pay. @param {number} count */
	async function paid(count) {
		thread.postMessage(count);
		await once(thread, 'message');
	}

	/**
	 * @param {string} label
	 * @param {ReturnType<typeof published>} trigger
	 * @param {number} [changes]
	 */
	async function poll(label, trigger, changes = 0) {
		await paid(changes);
		Object.assign(trigger.count, { requests: 0, reads: 0 });
		collectGarbage();
		const heap = process.memoryUsage().heapUsed;
		let most = heap;
		const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().heapUsed)), 5);
		const [start, simulated] = [performance.now(), clock.now()];
		const found = await trigger.poll();
		const milliseconds = performance.now() - start;
		clearInterval(watch);
		console.log(`\n${label}: ${found?.[0].length ?? 0} items`);
		reportCost(
			trigger.count,
			{ requests: PAGES, seconds: (PAGES * LATENCY_MS) / 1000 },
			(clock.now() - simulated) / 1000,
		);
		report('time without the network', `${milliseconds.toFixed(0)} ms`);
		report('heap at most, with garbage', `${((most - heap) / 1e6).toFixed(1)} MB`);
	}

	/**
	 * @param {string} label
	 * @param {ReturnType<typeof published>} trigger
	 * @param {number} most bytes a user
	 */
	function reportStored(label, { bytes }, most) {
		const kept = bytes <= most * USERS;
		report(label, `${(bytes / 1000).toFixed(0)} kB`, { target: `≤ ${most} bytes a user`, kept });
	}

	console.log(`Regpack Polling Trigger, ${USERS} users, Node ${process.version}`);
	// The first one warms up.
	await published(regpack, { events: ['*'] }).poll();
	const trigger = published(regpack, { events: ['*'] });
	await poll('The first poll', trigger);
	await poll('A poll when nothing is new', trigger);
	await poll(`A poll when ${CHANGED} users have paid`, trigger, CHANGED);
	await poll(
		'The first poll of All Available',
		published(regpack, { events: ['*'], startFrom: 'listed' }),
	);

	console.log('\nStored by n8n');
	reportStored('all events', trigger, 50);
	for (const [event, most] of Object.entries({
		user_added: 13,
		status_changed: 20,
		forms_progressed: 20,
		balance_changed: 35,
	})) {
		const one = published(regpack, { events: [event] });
		await one.poll();
		reportStored(`${event} alone`, one, most);
	}
	await thread.terminate();
}

await (isMainThread ? measure() : play());
