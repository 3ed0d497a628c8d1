import { jofi as provider } from '#dist/nodes/Jofi/provider.js';
import { identify } from '#dist/nodes/shared/events/identify.js';
import { startJofi } from '../../providers/jofi/server.mjs';
import { openReceiver } from '../../unit/providers/receiver.mjs';
import { pollingNode } from '../core.mjs';

/** @typedef {import('../../providers/jofi/server.mjs').Jofi} Jofi */
/** @typedef {Omit<Parameters<typeof pollingNode>[0], 'node'>} Setting */

/** What runs the JOFI Polling Trigger against a simulated JOFI. */

export const CREATED = 'invitation.created';
export const ACCEPTED = 'invitation.accepted';
export const TEST_TAKER = 'test_taker.created';
export const COMPLETED = 'test_taker.assessment_completed';
/** Derived from COMPLETED. */
export const ALL_COMPLETED = 'derived.all_assessments_completed';
export const PROFILE = 'career_navigation_profile.created';
export const GAP = 'polling.gap';

/** What a gap says was missed. @param {any} item */
export const messageOf = ({ payload }) => payload.data.object.message;
export const FIVE = [CREATED, ACCEPTED, TEST_TAKER, COMPLETED, PROFILE];

/** @type {Jofi[]} */
const started = [];

/** A simulated JOFI that ends with the tests. @param {Parameters<typeof startJofi>[0]} [options] */
export async function jofiForTest(options) {
	const jofi = await startJofi(options);
	started.push(jofi);
	return jofi;
}

export const closeJofis = () => Promise.all(started.splice(0).map((jofi) => jofi.close()));

/** @param {Jofi} jofi @param {'live' | 'test'} key */
export const keyOf = ({ keys, base }, key = 'live') => ({
	jofiApi: { apiKey: keys[key], baseUrl: base },
});

/**
 * A published trigger.
 *
 * @param {Jofi} jofi
 * @param {Setting & { workflowId: string, events?: string[], key?: 'live' | 'test', parameters?: Record<string, unknown>, budgetMs?: number }} setting
 */
export function publish(jofi, { events = FIVE, parameters = {}, key = 'live', ...setting }) {
	return pollingNode({
		...setting,
		credentials: keyOf(jofi, key),
		node: {
			type: 'jofiPollingTrigger',
			parameters: /** @type {any} */ ({ events, ...parameters }),
		},
	});
}

/**
 * The requests that something makes, without their base.
 *
 * @param {Jofi} jofi
 * @param {() => Promise<unknown>} work
 */
export async function requestsOf({ requests }, work) {
	const before = requests.length;
	await work();
	return requests.slice(before).map(({ path }) => path);
}

/**
 * The cursors of the streams in what is stored, by name.
 *
 * @param {any} staticData
 * @returns {Record<string, any>}
 */
export const cursorsOf = (staticData) => staticData['node:JOFI Polling Trigger'].cursors;

/** The keys of items, sorted. @param {{ eventKey: string }[] | null} items */
export const keysOf = (items) => (items ?? []).map(({ eventKey }) => eventKey).sort();

/** @param {{ event: string }[] | null} items */
export function countsOf(items) {
	/** @type {Record<string, number>} */
	const counts = {};
	for (const { event } of items ?? []) counts[event] = (counts[event] ?? 0) + 1;
	return counts;
}

/** No test has so much to find. */
const MOST_POLLS = 500;

/**
 * Polls until nothing comes any more, and gives all that came.
 *
 * @param {ReturnType<typeof publish>} trigger
 * @param {number} [quiet] how many polls in a row must find nothing; a poll without time may well,
 * though something is left
 */
export async function drain(trigger, quiet = 1) {
	const items = [];
	for (let nothing = 0, count = 0; nothing < quiet; count++) {
		if (count > MOST_POLLS) throw new Error('There is no end to it');
		const found = await trigger.poll();
		if (found) items.push(...found);
		nothing = found ? 0 : nothing + 1;
	}
	return items;
}

/**
 * The live webhook of an account, which keeps what it is sent.
 *
 * @param {Jofi} jofi
 */
export async function webhookOf({ webhooks }) {
	const { url, received, close } = await openReceiver();
	webhooks.configure({ live: url, verification: { user: 'jofi', password: 'secret' } });
	return {
		/** What was delivered, as a trigger would receive it. */
		async delivered() {
			await webhooks.flush();
			return received.map(({ event: payload }) => ({
				...identify(provider, { type: payload.type, payload, id: payload.id }),
				payload,
			}));
		},
		async close() {
			await webhooks.flush();
			close();
		},
	};
}

/**
 * Somebody is invited and accepts.
 *
 * @param {Jofi} jofi
 * @param {Parameters<Jofi['account']['invite']>[0]} [fields]
 */
export const newTestTaker = ({ account }, fields) => account.accept(account.invite(fields).id);

/**
 * 25 people, each with all five events.
 *
 * @param {Jofi} jofi
 * @param {number} [count]
 */
export function newOfEach(jofi, count = 25) {
	const testTakers = Array.from({ length: count }, () => newTestTaker(jofi));
	for (const { id } of testTakers) jofi.account.complete(id, 6);
	for (const { id } of testTakers) jofi.account.createProfile(id);
	return testTakers;
}
