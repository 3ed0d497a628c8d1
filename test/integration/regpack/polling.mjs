import { randomUUID } from 'node:crypto';
import { startRegpack } from '../../providers/regpack/server.mjs';
import { pollingNode, runNode } from '../core.mjs';

/** @typedef {import('../../providers/regpack/server.mjs').Regpack} Regpack */
/** @typedef {import('../../providers/regpack/settings.mjs').Settings} Settings */
/** @typedef {import('../core.mjs').Loader} Loader */

/** What the Regpack Polling Trigger needs to be tried out against a simulated Regpack. */

export const ADDED = 'user_added';
export const STATUS = 'status_changed';
export const FORMS = 'forms_progressed';
export const BALANCE = 'balance_changed';
export const GAP = 'polling.gap';
export const FOUR = [ADDED, STATUS, FORMS, BALANCE];

/** Statuses of the project of individuals; the last one excludes. */
export const ACCEPTED = 70001;
export const WAITLISTED = 70002;
export const WITHDRAWN = 70003;

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

export const endOfTest = async () => void (await Promise.all(started.splice(0).map(({ close }) => close())));

/** @param {Regpack} regpack @param {Record<string, unknown>} [changed] */
export const loginOf = ({ credential, base }, changed) => ({ regpackApi: { ...credential, baseUrl: base, ...changed } });

/**
 * @typedef {object} Published
 * @property {Loader} loader
 * @property {string[]} [events]
 * @property {Record<string, unknown>} [parameters]
 * @property {string} [workflowId]
 * @property {number} [budgetMs]
 * @property {Record<string, unknown>} [login] what is different in the credential
 */

/** A published Regpack Polling Trigger. @param {Regpack} regpack @param {Published} setting */
export const pollingOf = (regpack, { events = FOUR, parameters = {}, login, ...setting }) =>
	pollingNode({
		workflowId: randomUUID(),
		...setting,
		credentials: loginOf(regpack, login),
		node: { type: 'regpackPollingTrigger', parameters: /** @type {any} */ ({ events, ...parameters }) },
	});

/** The same, that has looked once, as n8n does at publishing. @param {Regpack} regpack @param {Published} setting */
export async function publishedOf(regpack, setting) {
	const polling = pollingOf(regpack, setting);
	await polling.poll();
	polling.store();
	return polling;
}

/** Fetch Test Event. @param {Regpack} regpack @param {Published} setting */
export async function testEvents(regpack, { loader, events = FOUR, parameters = {} }) {
	const node = { type: 'regpackPollingTrigger', parameters: /** @type {any} */ ({ events, ...parameters }) };
	const { output, hints, error } = await runNode({ loader, mode: 'manual', credentials: loginOf(regpack), node });
	if (error) throw error;
	return { items: output.map(({ json }) => /** @type {any} */ (json)), hints };
}

/** The `doc` of each request that something makes. @param {Regpack} regpack @param {() => Promise<unknown>} work */
export async function docsOf({ requests }, work) {
	const before = requests.length;
	await work();
	return requests.slice(before).map(({ body }) => JSON.parse(String(body)).doc);
}

/** What the trigger keeps, also what is not stored. @param {ReturnType<typeof pollingOf>} polling */
export const memoryOf = (polling) => polling.inMemory['node:Regpack Polling Trigger'].cursor;

/** Nobody hears of what happens here: changes as the API makes them. @param {Regpack} regpack @param {number} [groupId] */
export function within({ account }, groupId = account.groupId) {
	const userOf = (/** @type {number} */ id) => account.get(groupId, id);
	return {
		/** @param {Record<string, string>} [values] */
		join: (values) => account.add({ groupId, values: { first_name: 'Noa', last_name: 'Field', main_email: 'noa.field@example.org', ...values } }).cloginId,
		/** @param {number} id @param {number} statusId 0 for none */
		setStatus: (id, statusId) => void (userOf(id).statusId = statusId),
		/** All forms up to a number are complete, and no others. @param {number} id @param {number} count */
		complete(id, count) {
			const user = userOf(id);
			Object.assign(user.values, { guardian_phone: '555 0100', heard_from: ['The web'], allergies: 'none' });
			user.submitted = user.formIds.slice(0, count);
		},
		/** @param {number} id @param {number} cents */
		order: (id, cents) => void userOf(id).cart.push({ cartId: 1, productId: 501, name: 'Week 1', q: 1, cents, details: {} }),
		/** @param {number} id @param {number} cents */
		pay: (id, cents) => void userOf(id).payments.push({ id: 1, cents, refundedCents: 0, state: 'approved' }),
		/** Ids of all users. */
		get ids() {
			return account.users(groupId).map(({ cloginId }) => cloginId);
		},
	};
}

/** Event and user of each item, in an order of their own. @param {any[] | null} items */
export const toldBy = (items) => (items ?? []).map(({ event, cloginId }) => `${event} ${cloginId}`).sort();

/** Changes of which there is something to tell for each of the four events. @param {Regpack} regpack @param {number} id */
export function changeAll(regpack, id) {
	const { join, setStatus, complete, order } = within(regpack);
	setStatus(id, ACCEPTED);
	complete(id, 1);
	order(id, 12_000);
	const joined = join();
	return [`${ADDED} ${joined}`, `${BALANCE} ${id}`, `${FORMS} ${id}`, `${STATUS} ${id}`].sort();
}
