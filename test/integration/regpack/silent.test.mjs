import { randomUUID } from 'node:crypto';
import { stoppedClock } from '../../unit/clock.mjs';
import { pollingNode, runNode } from '../core.mjs';
import { ADDED, endOfTest, loginOf, regpackForTest, within } from './polling.mjs';

/** Webhook Silent, where deliveries bring other events than polling finds. */

const SILENT = 'webhook.silent';
const MINUTE = 60_000;

/** @type {ReturnType<typeof stoppedClock>} */
let clock;
beforeEach(() => void (clock = stoppedClock()));
afterEach(async () => {
	clock.goOn();
	await endOfTest();
});

it('reports once that no delivery came although users changed, and nothing while some come', async () => {
	const regpack = await regpackForTest();
	const workflowId = randomUUID();
	const webhook = {
		id: 'webhook',
		type: 'regpackTrigger',
		parameters: /** @type {any} */ ({ events: 'user_complete', authentication: 'none' }),
	};
	const polling = {
		id: 'polling',
		type: 'regpackPollingTrigger',
		parameters: /** @type {any} */ ({ events: [ADDED, SILENT], settings: { silentHours: 2 } }),
	};
	const poller = pollingNode({
		...{ workflowId, credentials: loginOf(regpack), node: polling, beside: [webhook] },
	});
	await poller.poll();
	const delivered = async () =>
		void (await runNode({
			...{ workflowId, mode: 'webhook', node: webhook, beside: [polling] },
			items: [
				{
					json: {
						...{ eventKey: randomUUID(), provider: 'regpack', event: 'user_complete' },
						...{ payload: {}, source: 'webhook', receivedAt: '2026-03-05T08:00:00Z' },
						unprocessed: true,
					},
				},
			],
		}));
	/** @param {number} halfHours @param {() => Promise<void>} [work] */
	async function pass(halfHours, work = async () => {}) {
		const reports = [];
		for (let half = 0; half < halfHours; half++) {
			within(regpack).join();
			await work();
			clock.pass(30 * MINUTE);
			const items = (await poller.poll()) ?? [];
			reports.push(...items.filter(({ event }) => event === SILENT));
		}
		return reports;
	}
	expect(await pass(8, delivered)).toEqual([]);
	expect(await pass(10)).toMatchObject([
		{
			title: 'Nothing has come from Regpack by webhook for 2 hours',
			missedByWebhook: null,
			details: { hours: 2 },
		},
	]);
});
