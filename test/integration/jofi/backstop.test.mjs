import { randomUUID } from 'node:crypto';
import { stoppedClock } from '../../unit/clock.mjs';
import { fetchTestEvents } from '../core.mjs';
import {
	ALL_COMPLETED,
	closeJofis,
	COMPLETED,
	CREATED,
	FIVE,
	GAP,
	jofiForTest,
	publish,
} from './polling.mjs';
import { bodiesOf, webhookTrigger } from './webhookTrigger.mjs';

/** What a polling trigger says of deliveries that stay away from the webhook trigger beside it. */

/** @typedef {import('./polling.mjs').Jofi} Jofi */

const MISSED = 'webhook.missed';
const SILENT = 'webhook.silent';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** @type {ReturnType<typeof stoppedClock>} */
let clock;
beforeEach(() => void (clock = stoppedClock()));
afterEach(async () => {
	clock.goOn();
	await closeJofis();
});

/**
 * Both triggers of a workflow, published.
 *
 * @param {object} [setting]
 * @param {string[]} [setting.events] of polling
 * @param {string[]} [setting.listens] events of the webhook
 * @param {Record<string, unknown>} [setting.settings] options of polling
 * @param {Record<string, unknown>} [setting.parameters] of the webhook
 * @param {boolean} [setting.alone] whether there is no webhook trigger
 */
async function bothOf({
	events = [CREATED, MISSED],
	listens = FIVE,
	settings = {},
	parameters = {},
	alone = false,
} = {}) {
	const jofi = await jofiForTest();
	const workflowId = randomUUID();
	const own = { authentication: 'none', events: listens, ...parameters };
	const webhookNode = { id: 'trigger', type: 'jofiTrigger', parameters: /** @type {any} */ (own) };
	const pollingNode = {
		id: 'polling',
		type: 'jofiPollingTrigger',
		parameters: /** @type {any} */ ({ events, settings }),
	};
	const webhook = webhookTrigger(jofi, { workflowId, events: listens, parameters });
	const polling = publish(jofi, {
		...{ workflowId, events, parameters: { settings } },
		beside: alone ? [] : [webhookNode],
	});
	await polling.poll();
	polling.store();
	const bodies = await bodiesOf(jofi);
	return {
		jofi,
		polling,
		workflowId,
		/** All deliveries since the last time reach the trigger. */
		async deliver() {
			const items = [];
			for (const body of await bodies.taken())
				items.push(...(await webhook.receive(body, { beside: [pollingNode] })).items);
			return items;
		},
		/** They get lost. */
		lose: async () => void (await bodies.taken()),
		close: bodies.close,
	};
}

/** @param {any[] | null} items */
const missedBy = (items) => (items ?? []).map(({ missedByWebhook }) => missedByWebhook);

/** @param {any[] | null} items @param {string} type */
const ofType = (items, type) => (items ?? []).filter(({ event }) => event === type);

describe('a polled item', () => {
	it('says that the webhook missed it if its delivery is overdue', async () => {
		const { jofi, polling, lose, close } = await bothOf({ events: [CREATED] });
		jofi.account.invite();
		await lose();
		clock.pass(16 * MINUTE);
		jofi.account.invite();
		await lose();
		expect(missedBy(await polling.poll())).toEqual([true, null]);
		await close();
	});

	it('does so after the time that the user sets', async () => {
		const { jofi, polling, lose, close } = await bothOf({
			events: [CREATED],
			settings: { overdueMinutes: 60 },
		});
		jofi.account.invite();
		await lose();
		clock.pass(59 * MINUTE);
		expect(missedBy(await polling.poll())).toEqual([null]);
		jofi.account.invite();
		await lose();
		clock.pass(61 * MINUTE);
		expect(missedBy(await polling.poll())).toEqual([true]);
		await close();
	});

	it('does not where the webhook brought it, which has false', async () => {
		const { jofi, polling, deliver, close } = await bothOf({ events: [CREATED] });
		jofi.account.invite();
		expect(missedBy(await deliver())).toEqual([false]);
		clock.pass(HOUR);
		expect(await polling.poll()).toEqual([]);
		await close();
	});

	it.each([
		['there is no webhook trigger', { alone: true }],
		['the webhook trigger does not listen to it', { listens: [COMPLETED] }],
		['its filters keep it away', { parameters: { filters: { customIds: ['other'] } } }],
		[
			'the webhook trigger does not record it',
			{ parameters: { settings: { responseMode: 'lastNode' } } },
		],
		['polling compares nothing', { settings: { skipDuplicates: false } }],
	])('does not know where %s', async (_, setting) => {
		const { jofi, polling, lose, close } = await bothOf({ events: [CREATED], ...setting });
		jofi.account.invite({ custom_id: 'REQ-9' });
		await lose();
		clock.pass(HOUR);
		expect(missedBy(await polling.poll())).toEqual([null]);
		await close();
	});

	it('does not know of what was there at the first poll', async () => {
		const jofi = await jofiForTest();
		jofi.account.invite();
		clock.pass(HOUR);
		const polling = publish(jofi, {
			workflowId: randomUUID(),
			events: [CREATED],
			parameters: { startFrom: 'listed' },
			beside: [{ type: 'jofiTrigger', parameters: /** @type {any} */ ({ events: FIVE }) }],
		});
		expect(missedBy(await polling.poll())).toEqual([null]);
	});
});

describe('Missed by Webhook', () => {
	it('reports once what was polled early and did not come, when it is overdue', async () => {
		const { jofi, polling, lose, close } = await bothOf();
		const { id } = jofi.account.invite();
		await lose();
		expect(missedBy(await polling.poll())).toEqual([null]);
		clock.pass(14 * MINUTE);
		expect(await polling.poll()).toBeNull();
		clock.pass(2 * MINUTE);
		const eventKey = `jofi:${CREATED}:${id}`;
		expect(await polling.poll()).toMatchObject([
			{
				event: MISSED,
				title: '1 JOFI event did not come by webhook',
				source: 'polling',
				details: { count: 1, events: [{ event: CREATED, eventKey }] },
			},
		]);
		clock.pass(HOUR);
		expect(await polling.poll()).toBeNull();
		await close();
	});

	it('reports nothing that a delivery brought, be it before or after the poll', async () => {
		const { jofi, polling, deliver, close } = await bothOf();
		jofi.account.invite();
		expect(await deliver()).toHaveLength(1);
		expect(await polling.poll()).toEqual([]);
		jofi.account.invite();
		expect(await polling.poll()).toHaveLength(1);
		expect(await deliver()).toEqual([]);
		clock.pass(16 * MINUTE);
		expect(await polling.poll()).toEqual([]);
		expect(await polling.poll()).toBeNull();
		await close();
	});

	it('reports at once what is overdue when it is polled, beside the events', async () => {
		const { jofi, polling, deliver, lose, close } = await bothOf();
		jofi.account.invite();
		await deliver();
		for (let count = 0; count < 25; count++) jofi.account.invite();
		await lose();
		clock.pass(HOUR);
		const items = await polling.poll();
		expect(ofType(items, CREATED)).toHaveLength(25);
		const [report, ...others] = ofType(items, MISSED);
		expect(others).toEqual([]);
		expect(report.details.count).toBe(25);
		expect(report.details.events).toHaveLength(20);
		expect(report.title).toBe('25 JOFI events did not come by webhook');
		await close();
	});

	it('remembers what it waits for when n8n is restarted', async () => {
		const { jofi, polling, lose, close } = await bothOf();
		jofi.account.invite();
		await lose();
		await polling.poll();
		polling.restart();
		clock.pass(HOUR);
		expect(ofType(await polling.poll(), MISSED)).toHaveLength(1);
		await close();
	});

	it('is not part of Any Event', async () => {
		const { jofi, polling, lose, close } = await bothOf({ events: ['*'] });
		jofi.account.invite();
		await lose();
		clock.pass(HOUR);
		expect((await polling.poll())?.map(({ event }) => event)).toEqual([CREATED]);
		await close();
	});

	it('does not wait for what the webhook trigger does not listen to', async () => {
		const { jofi, polling, lose, close } = await bothOf({ listens: [ALL_COMPLETED] });
		jofi.account.invite();
		await lose();
		clock.pass(HOUR);
		expect((await polling.poll())?.map(({ event }) => event)).toEqual([CREATED]);
		await close();
	});

	it('fails at publishing where nothing is polled', async () => {
		const jofi = await jofiForTest();
		const polling = publish(jofi, { workflowId: randomUUID(), events: [MISSED, GAP] });
		await expect(polling.poll()).rejects.toMatchObject({
			message: 'Missed by Webhook has nothing to compare',
		});
	});
});

describe('Webhook Silent', () => {
	const events = [CREATED, SILENT];
	const settings = { silentHours: 3 };

	/** An event each hour, and what polls report. @param {Awaited<ReturnType<typeof bothOf>>} both */
	async function hours({ jofi, polling }, count = 1, work = async () => {}) {
		const reports = [];
		for (let hour = 0; hour < count; hour++) {
			jofi.account.invite();
			await work();
			clock.pass(30 * MINUTE);
			reports.push(...ofType(await polling.poll(), SILENT));
			clock.pass(30 * MINUTE);
			reports.push(...ofType(await polling.poll(), SILENT));
		}
		return reports;
	}

	it('comes once in a silence in which something happened', async () => {
		const both = await bothOf({ events, settings });
		expect(await hours(both, 2, both.lose)).toEqual([]);
		expect(await hours(both, 5, both.lose)).toMatchObject([
			{
				event: SILENT,
				title: 'Nothing has come from JOFI by webhook for 3 hours',
				details: { hours: 3 },
			},
		]);
		await both.close();
	});

	it('does not come while deliveries do, or while nothing happens', async () => {
		const both = await bothOf({ events, settings });
		expect(await hours(both, 6, async () => void (await both.deliver()))).toEqual([]);
		clock.pass(10 * HOUR);
		expect(await both.polling.poll()).toBeNull();
		// The first event after a quiet time is delivered.
		expect(await hours(both, 1, async () => void (await both.deliver()))).toEqual([]);
		await both.close();
	});

	it('comes again in the next silence', async () => {
		const both = await bothOf({ events, settings });
		expect(await hours(both, 5, both.lose)).toHaveLength(1);
		expect(await hours(both, 2, async () => void (await both.deliver()))).toEqual([]);
		expect(await hours(both, 6, both.lose)).toHaveLength(1);
		await both.close();
	});

	it('does not count a time in which nothing was polled', async () => {
		const both = await bothOf({ events, settings });
		expect(await hours(both, 1, both.lose)).toEqual([]);
		both.polling.restart();
		clock.pass(10 * HOUR);
		expect(await hours(both, 1, both.lose)).toEqual([]);
		await both.close();
	});
});

it('shows a sample of each report to a person who builds', async () => {
	const jofi = await jofiForTest();
	const { items } = await fetchTestEvents(
		{ credentials: { jofiApi: { apiKey: jofi.keys.live, baseUrl: jofi.base } } },
		'jofiPollingTrigger',
		{ events: [MISSED, SILENT] },
	);
	expect(items.map(({ event, source }) => [event, source])).toEqual([
		[MISSED, 'sample'],
		[SILENT, 'sample'],
	]);
});
