import { randomUUID } from 'node:crypto';
import {
	deliveryOf,
	endOfTest,
	hurriedClock,
	INTERVIEW,
	jobAffinityForTest,
	keyOf,
	loginOf,
	OFFER,
	STEP_CHANGED,
} from './jobaffinity.mjs';
import { pollingNode, publishNode, runNode } from '../core.mjs';
import { stoppedClock } from '../../unit/clock.mjs';

/** What the polling trigger says of deliveries that stay away; they name only the application. */

/** @typedef {import('./jobaffinity.mjs').JobAffinity} JobAffinity */

const MISSED = 'webhook.missed';
const SILENT = 'webhook.silent';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** @type {ReturnType<typeof stoppedClock>} */
let clock;
beforeEach(() => {
	clock = stoppedClock();
	hurriedClock();
});
afterEach(async () => {
	clock.goOn();
	await endOfTest();
});

/**
 * @param {JobAffinity} ja
 * @param {{ events?: string[], settings?: object, parameters?: object }} [setting]
 */
async function bothOf(
	ja,
	{ events = [STEP_CHANGED, MISSED], settings = {}, parameters = {} } = {},
) {
	const workflowId = randomUUID();
	const webhook = {
		id: 'webhook',
		type: 'jobAffinityTrigger',
		parameters: /** @type {any} */ ({ authentication: 'none', events: ['*'], ...parameters }),
	};
	const polling = {
		id: 'polling',
		type: 'jobAffinityPollingTrigger',
		parameters: /** @type {any} */ ({ events, settings }),
	};
	const shared = { workflowId, credentials: loginOf(ja) };
	const staticData = await publishNode({ ...shared, node: webhook });
	const poller = pollingNode({ ...shared, node: polling, beside: [webhook] });
	await poller.poll();
	poller.store();
	return {
		polling: poller,
		/** @param {number} application */
		async deliver(application) {
			const { output, error } = await runNode({
				...{ ...shared, staticData, mode: 'webhook', node: webhook, beside: [polling] },
				items: [
					{
						json: {
							eventKey: `delivery ${randomUUID()}`,
							provider: 'jobaffinity',
							event: STEP_CHANGED,
							payload: deliveryOf(application),
							source: 'webhook',
							receivedAt: new Date().toISOString(),
							unprocessed: true,
						},
					},
				],
			});
			if (error) throw error;
			return output;
		},
	};
}

/** @param {any[] | null} items @param {string} type */
const ofType = (items, type) => (items ?? []).filter(({ event }) => event === type);

it('reports the change of an application about which no delivery came', async () => {
	const ja = await jobAffinityForTest();
	const { polling, deliver } = await bothOf(ja);
	const lost = ja.account.apply();
	const delivered = ja.account.apply({ jobId: 302 });
	expect(await deliver(delivered.id)).toHaveLength(1);
	expect(ofType(await polling.poll(), STEP_CHANGED)).toHaveLength(1);
	clock.pass(16 * MINUTE);
	const [{ application }] = ja.account.stepChanges.map((change) => ({ application: change }));
	expect(await polling.poll()).toMatchObject([
		{ event: MISSED, details: { count: 1, events: [{ eventKey: keyOf(application) }] } },
	]);
	expect(application.applicationId).toBe(lost.id);
});

it('counts a delivery that finds nothing new, because polling was quicker', async () => {
	const ja = await jobAffinityForTest();
	const { polling, deliver } = await bothOf(ja);
	const { id } = ja.account.apply();
	expect(await polling.poll()).toHaveLength(1);
	expect(await deliver(id)).toEqual([]);
	clock.pass(16 * MINUTE);
	expect(await polling.poll()).toEqual([]);
});

it('says in the item that the webhook missed it once its day is certainly over', async () => {
	const ja = await jobAffinityForTest();
	const { polling } = await bothOf(ja, { events: [STEP_CHANGED] });
	const { id } = ja.account.apply();
	clock.pass(3 * DAY);
	ja.account.now = () => Date.now();
	ja.account.move(id, INTERVIEW);
	expect((await polling.poll())?.map(({ missedByWebhook }) => missedByWebhook)).toEqual([
		true,
		null,
	]);
});

it('does not wait for what a webhook trigger without details cannot name', async () => {
	const ja = await jobAffinityForTest();
	const { polling } = await bothOf(ja, { parameters: { fetchDetails: false } });
	ja.account.apply();
	expect(await polling.poll()).toHaveLength(1);
	clock.pass(HOUR);
	expect(await polling.poll()).toBeNull();
});

it('reports that the webhook is silent', async () => {
	const ja = await jobAffinityForTest();
	const { polling, deliver } = await bothOf(ja, {
		events: [STEP_CHANGED, SILENT],
		settings: { silentHours: 2 },
	});
	const { id } = ja.account.apply();
	expect(await deliver(id)).toHaveLength(1);
	const reports = [];
	for (let half = 0; half < 10; half++) {
		ja.account.move(id, half % 2 ? INTERVIEW : OFFER);
		clock.pass(30 * MINUTE);
		reports.push(...ofType(await polling.poll(), SILENT));
	}
	expect(reports).toMatchObject([
		{ title: 'Nothing has come from JobAffinity by webhook for 2 hours' },
	]);
});
