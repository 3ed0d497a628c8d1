import { randomUUID } from 'node:crypto';
import { startRegpack } from '../../providers/regpack/server.mjs';
import { fetchTestEvents, pollingNode } from '../core.mjs';
import { ACCEPTED, within } from './within.mjs';

export * from './within.mjs';

/** @typedef {import('../../providers/regpack/server.mjs').Regpack} Regpack */
/** @typedef {import('../../providers/regpack/settings.mjs').Settings} Settings */

/** What runs the Regpack Polling Trigger against a simulated Regpack. */

export const ADDED = 'user_added';
export const STATUS = 'status_changed';
export const FORMS = 'forms_progressed';
export const BALANCE = 'balance_changed';
export const GAP = 'polling.gap';
export const FOUR = [ADDED, STATUS, FORMS, BALANCE];

export const INDIVIDUAL = 100000001;
export const FAMILY = 100000002;

/** @type {Regpack[]} */
const started = [];

/** A simulated Regpack that ends with the test. @param {Partial<Settings>} [options] */
export async function regpackForTest(options) {
	const regpack = await startRegpack(options);
	started.push(regpack);
	return regpack;
}

export const endOfTest = async () =>
	void (await Promise.all(started.splice(0).map(({ close }) => close())));

/** @param {Regpack} regpack @param {Record<string, unknown>} [changed] */
export const loginOf = ({ credential, base }, changed) => ({
	regpackApi: { ...credential, baseUrl: base, ...changed },
});

/**
 * @typedef {object} Published
 * @property {string[]} [events]
 * @property {Record<string, unknown>} [parameters]
 * @property {string} [workflowId]
 * @property {number} [budgetMs]
 * @property {Record<string, unknown>} [login] what is different in the credential
 */

/** A published Regpack Polling Trigger. @param {Regpack} regpack @param {Published} [setting] */
export const pollingOf = (regpack, { events = FOUR, parameters = {}, login, ...setting } = {}) =>
	pollingNode({
		workflowId: randomUUID(),
		...setting,
		credentials: loginOf(regpack, login),
		node: {
			type: 'regpackPollingTrigger',
			parameters: /** @type {any} */ ({ events, ...parameters }),
		},
	});

/**
 * The same after its first poll, which n8n runs at publishing.
 *
 * @param {Regpack} regpack
 * @param {Published} [setting]
 */
export async function publishedOf(regpack, setting) {
	const polling = pollingOf(regpack, setting);
	await polling.poll();
	polling.store();
	return polling;
}

/** Fetch Test Event. @param {Regpack} regpack @param {Published} [setting] */
export async function testEvents(regpack, { events = FOUR, parameters } = {}) {
	const { error, ...run } = await fetchTestEvents(
		{ credentials: loginOf(regpack) },
		'regpackPollingTrigger',
		{ events, ...parameters },
	);
	if (error) throw error;
	return run;
}

/**
 * The `doc` of each request that something makes.
 *
 * @param {Regpack} regpack
 * @param {() => Promise<unknown>} work
 */
export async function docsOf({ requests }, work) {
	const before = requests.length;
	await work();
	return requests.slice(before).map(({ body }) => JSON.parse(String(body)).doc);
}

/**
 * What the trigger keeps in memory, stored or not.
 *
 * @param {ReturnType<typeof pollingOf>} polling
 */
export const stateOf = (polling) => polling.inMemory['node:Regpack Polling Trigger'].cursors.users;

/** Event and user of each item, in an order of their own. @param {any[] | null} items */
export const reportedBy = (items) =>
	(items ?? []).map(({ event, person }) => `${event} ${person.id}`).sort();

/** Changes that make each of the four events. @param {Regpack} regpack @param {number} id */
export function changeAll(regpack, id) {
	const { join, setStatus, complete, order } = within(regpack);
	setStatus(id, ACCEPTED);
	complete(id, 1);
	order(id, 12_000);
	const joined = join();
	return [`${ADDED} ${joined}`, `${BALANCE} ${id}`, `${FORMS} ${id}`, `${STATUS} ${id}`].sort();
}
