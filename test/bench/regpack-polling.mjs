/**
 * What polling a Regpack project of 5,000 users costs, as each poll reads the whole list: requests,
 * time, heap, and what n8n has to store. `npm run bench:regpack`. Regpack is played
 * in a thread of its own, so that its heap does not count; over a network each request takes
 * longer.
 */
import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { request } from 'undici';
import { pollEvents } from '#dist/nodes/shared/polling/poll.js';
import { regpackPolling } from '#dist/nodes/Regpack/polling/streams.js';
import { ACCEPTED, within } from '../integration/regpack/within.mjs';
import { startRegpack } from '../providers/regpack/server.mjs';
import { report } from './measure.mjs';

const USERS = 5000;
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
		parentPort?.postMessage(regpack.requests.length);
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
	const { apiUser, apiToken, apiId } = credential;
	/** @type {{ cursor?: unknown }} */
	const kept = {};
	const id = String(Math.random());
	const context = {
		getWorkflowStaticData: () => kept,
		getNodeParameter: (/** @type {string} */ name, /** @type {unknown} */ other) =>
			parameters[name] ?? other,
		getNode: () => ({ id, name: 'Regpack Polling Trigger', type: 'regpackPollingTrigger' }),
		getWorkflow: () => ({ id }),
		getTimezone: () => 'UTC',
		getCredentials: async () => ({ baseUrl: base, groupId: credential.groupId }),
		helpers: {
			async httpRequestWithAuthentication(
				/** @type {string} */ _credential,
				/** @type {{ url: string, body: object }} */ { url, body: sent },
			) {
				const timestamp = String(Math.round(Date.now() / 1000));
				const headers = {
					'api-user': apiUser,
					'api-token': apiToken,
					'api-id': String(apiId),
					timestamp,
					'content-type': 'application/json',
				};
				const {
					statusCode,
					headers: given,
					body,
				} = await request(url, { method: 'POST', headers, body: JSON.stringify(sent) });
				return { statusCode, headers: given, body: await body.json() };
			},
		},
	};
	return {
		poll: () => pollEvents(/** @type {any} */ (context), regpackPolling),
		get bytes() {
			return JSON.stringify(kept).length;
		},
	};
}

setFlagsFromString('--expose-gc');
/** @type {() => void} */
const collectGarbage = runInNewContext('gc');

async function measure() {
	const thread = new Worker(new URL(import.meta.url));
	const [regpack] = await once(thread, 'message');

	/** Lets so many users pay, and says how many requests there were. @param {number} count */
	async function paid(count) {
		thread.postMessage(count);
		return (await once(thread, 'message'))[0];
	}

	/**
	 * @param {string} label
	 * @param {ReturnType<typeof published>} trigger
	 * @param {number} [changes]
	 */
	async function poll(label, trigger, changes = 0) {
		const before = await paid(changes);
		collectGarbage();
		const heap = process.memoryUsage().heapUsed;
		let most = heap;
		const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().heapUsed)), 5);
		const start = performance.now();
		const found = await trigger.poll();
		const milliseconds = performance.now() - start;
		clearInterval(watch);
		const requests = (await paid(0)) - before;
		console.log(`\n${label}: ${found?.[0].length ?? 0} items`);
		report('requests', String(requests), {
			target: `exactly ${USERS / 50}`,
			kept: requests === USERS / 50,
		});
		report('time', `${milliseconds.toFixed(0)} ms`);
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
