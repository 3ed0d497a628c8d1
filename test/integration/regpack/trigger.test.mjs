import { regpack, regpackWebhooks } from '#dist/nodes/Regpack/provider.js';
import { recentKeysOf } from '#dist/nodes/shared/events/recentKeys.js';
import { URLENCODED } from '#dist/nodes/shared/webhook/request.js';
import { fixture } from '../../unit/fixture.mjs';
import { stoppedClock } from '../../unit/clock.mjs';
import { deliver } from '../../unit/webhookContext.mjs';
import { processedData, runNode } from '../core.mjs';

/** @type {Record<string, { people?: string[], title: string, person: object, registration: object }>} */
const expected = fixture('./regpack-events.json');

/** @param {string} type */
const sampleOf = (type) =>
	/** @type {any} */ (regpack.events.find((event) => event.type === type)?.sample);

/**
 * @typedef {object} Setting
 * @property {Record<string, unknown>} [parameters]
 * @property {string} [workflowId]
 * @property {string} [executionId]
 * @property {import('../core.mjs').Mode} [mode]
 * @property {object} [payload]
 * @property {Partial<import('../../unit/webhookContext.mjs').Delivery>} [delivery]
 */

/**
 * A delivery: received by the package, and processed by n8n's engine as the first node of the
 * execution.
 *
 * @param {string} events
 * @param {Setting} [setting]
 */
async function delivered(
	events,
	{ parameters = {}, payload = sampleOf(events), delivery, mode = 'webhook', ...setting } = {},
) {
	const all = {
		authentication: 'none',
		events,
		formId: '12345',
		responseMode: 'onReceived',
		...parameters,
	};
	const received = {
		source: regpackWebhooks,
		events,
		parameters: all,
		body: JSON.stringify(payload),
		mode: mode === 'manual' ? mode : undefined,
		...delivery,
	};
	const { items } = await deliver({ ...received, settings: /** @type {any} */ (all).settings });
	const node = { type: 'regpackTrigger', parameters: /** @type {any} */ (all) };
	const run = await runNode({
		node,
		mode,
		items: items.map((json) => ({ json })),
		...setting,
	});
	if (run.error) throw run.error;
	return {
		...run,
		started: items.length,
		json: run.output.map(({ json }) => /** @type {any} */ (json)),
	};
}

describe('the second phase of the Regpack Trigger, run by n8n', () => {
	it.each(Object.keys(expected))('shapes %s', async (type) => {
		const { people = ['200001'], title, person, registration } = expected[type];
		const isOfOneForm = type.endsWith('*');
		const { json, output, hints } = await delivered(type);
		expect(hints).toEqual([]);
		expect(json).toHaveLength(people.length);
		expect(json[0]).toMatchObject({
			eventKey: expect.stringMatching(/^regpack:[a-z_*]+:sha256-[0-9a-f]{32}$/),
			provider: 'regpack',
			event: type,
			occurredAt: null,
			title: isOfOneForm ? expect.stringContaining(' form 12345') : title,
			person,
			registration: { ...registration, form: isOfOneForm ? '12345' : null },
		});
		expect(json[0]).not.toHaveProperty('unprocessed');
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual(people.map((_, item) => ({ item })));
	});

	it('makes of a change of status an item for each applicant', async () => {
		const payload = sampleOf('status_update');
		const { json } = await delivered('status_update');
		expect(
			json.map(({ person, registration }) => [
				person.id,
				registration.status,
				person.name,
				registration.paid,
			]),
		).toEqual([
			['200001', 'Waitlisted', null, null],
			['200003', 'Waitlisted', null, null],
		]);
		expect(json[0].eventKey).not.toBe(json[1].eventKey);
		expect(json.map((item) => item.payload)).toEqual(
			payload.user_info.map((/** @type {object} */ user_info) => ({ ...payload, user_info })),
		);
	});

	it('makes the same of a form', async () => {
		const payload = sampleOf('payment_event');
		const body = new URLSearchParams(
			Object.entries(payload).map(([name, value]) => [name, JSON.stringify(value)]),
		).toString();
		const { json } = await delivered('payment_event', {
			delivery: { body, headers: { 'content-type': URLENCODED } },
		});
		const [{ receivedAt, ...item }] = (await delivered('payment_event')).json;
		expect(json).toEqual([{ ...item, receivedAt: expect.any(String) }]);
	});

	it('says nothing in a test run of a production URL that Regpack can reach, and does not pass it on', async () => {
		const { json, hints } = await delivered('login_success', { mode: 'manual' });
		expect(hints).toEqual([]);
		expect(json[0]).not.toHaveProperty('hints');
	});
});

describe('deliveries that are equal', () => {
	const byChoice = { settings: { skipDuplicates: true, duplicateWindowMinutes: 2 } };
	const MINUTE = 60_000;
	let workflows = 0;
	/** @type {ReturnType<typeof stoppedClock>} */
	let clock;
	/** @type {Setting} */
	let setting;
	beforeEach(() => {
		clock = stoppedClock();
		setting = { workflowId: `equal ${++workflows}`, parameters: byChoice };
	});
	afterEach(() => clock.goOn());

	/**
	 * Each meets an n8n that was started anew, unless a node is named.
	 *
	 * @param {Setting} [changes]
	 * @param {string} [events]
	 */
	const items = async (changes, events = 'login_success') =>
		(await delivered(events, { ...setting, ...changes })).json.length;

	it('all come out unless the user chose otherwise, and nothing is recorded', async () => {
		for (let times = 0; times < 3; times++) expect(await items({ parameters: {} })).toBe(1);
		expect(processedData.rows.has(String(setting.workflowId))).toBe(false);
	});

	it('are output once within the chosen window, even after a restart, and again after twice the window', async () => {
		expect(await items()).toBe(1);
		clock.pass(2 * MINUTE - 1);
		expect(await items()).toBe(0);
		clock.pass(2 * MINUTE + 1);
		expect(await items()).toBe(1);
		expect(await items()).toBe(0);
	});

	it('come out in another workflow', async () => {
		expect(await items()).toBe(1);
		expect(await items({ workflowId: `${setting.workflowId} b` })).toBe(1);
	});

	it('come out of the triggers of two forms in one workflow', async () => {
		expect(await items({ parameters: { ...byChoice, formId: '1' } }, 'form_load_*')).toBe(1);
		expect(await items({ parameters: { ...byChoice, formId: '2' } }, 'form_load_*')).toBe(1);
		expect(await items({ parameters: { ...byChoice, formId: '1' } }, 'form_load_*')).toBe(0);
	});

	it('are compared for each applicant', async () => {
		/** @param {string[]} ids */
		const passed = async (ids) => {
			const payload = { user_info: ids.map((clogin_id) => ({ clogin_id })), meta_info: {} };
			return (await delivered('status_update', { ...setting, payload })).json.map(
				({ person }) => person.id,
			);
		};
		expect(await passed(['1', '2'])).toEqual(['1', '2']);
		expect(await passed(['2', '3', '3'])).toEqual(['3']);
	});

	it.each([
		['in a test run', { mode: /** @type {const} */ ('manual') }],
		[
			'when the sender waits for a reply',
			{ parameters: { ...byChoice, responseMode: 'responseNode' } },
		],
	])('are output %s despite that choice', async (_, changes) => {
		const event = 'form_preprocess';
		expect(await items(changes, event)).toBe(1);
		expect(await items(changes, event)).toBe(1);
		expect(processedData.rows.has(String(setting.workflowId))).toBe(false);
	});

	it('come out again to an execution that is run again after its worker died', async () => {
		expect(await items({ executionId: '77' })).toBe(1);
		clock.pass(2 * MINUTE);
		expect(await items({ executionId: '77' })).toBe(1);
		expect(await items({ executionId: '78' })).toBe(0);
	});

	it('use no more of the record than the setting allows', async () => {
		const parameters = { settings: { ...byChoice.settings, eventsToRemember: 2 } };
		for (const clogin_id of ['1', '2', '3', '4', '5'])
			await items({ parameters, payload: { user_info: { clogin_id }, meta_info: {} } });
		expect(processedData.rows.get(String(setting.workflowId))?.entries?.length).toBeLessThanOrEqual(
			2 * 3,
		);
	});

	it('are dropped in this process without an execution while it remembers the first', async () => {
		const delivery = { nodeId: 'trigger', workflowId: setting.workflowId };
		expect((await delivered('login_success', { ...setting, delivery })).started).toBe(1);
		expect((await delivered('login_success', { ...setting, delivery })).started).toBe(0);
		expect(recentKeysOf(`${setting.workflowId}:trigger`).size).toBe(1);
	});
});
