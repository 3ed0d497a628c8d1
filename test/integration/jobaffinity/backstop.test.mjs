import { randomUUID } from 'node:crypto';
import { openReceiver } from '../../unit/providers/receiver.mjs';
import {
	CALL_FAILED,
	deliveryOf,
	endOfTest,
	failAll,
	hurriedClock,
	INTERVIEW,
	jobAffinityForTest,
	keyOf,
	keysOf,
	loginOf,
	OFFER,
	pollingOf,
	publishedTriggerOf,
	STEP_CHANGED,
	webhookOf,
} from './jobaffinity.mjs';

/** @typedef {import('./jobaffinity.mjs').JobAffinity} JobAffinity */

beforeEach(() => void hurriedClock());

afterEach(endOfTest);

const HOUR = 60 * 60_000;

/**
 * Both triggers in one workflow.
 *
 * @param {JobAffinity} ja
 * @param {string[]} [events] of polling
 */
async function bothOf(ja, events) {
	const workflowId = randomUUID();
	const webhook = await publishedTriggerOf(ja, { workflowId });
	const polling = pollingOf(ja, { workflowId, events });
	await polling.poll();
	polling.store();
	return { webhook, polling };
}

/** An address where nobody answers. */
async function downUrl() {
	const { url, close } = await openReceiver();
	close();
	return url;
}

describe('polling beside a webhook in one workflow', () => {
	it('reports what a two-hour outage held back, each event once, and late deliveries add nothing', async () => {
		const ja = await jobAffinityForTest();
		const { webhook, polling } = await bothOf(ja, [STEP_CHANGED, CALL_FAILED]);
		const start = Date.now() - 2 * HOUR;
		let minutes = 0;
		ja.account.now = () => start + minutes * 60_000;
		ja.webhooks.configure({ url: await downUrl(), retries: [] });

		const applications = Array.from({ length: 8 }, (_, index) =>
			ja.account.apply({ candidateId: [7001, 7002, 7003][index % 3], jobId: 301 + (index % 2) }),
		);
		for (let index = 8; index < 40; index++) {
			minutes += 3;
			ja.account.move(applications[index % 8].id, [INTERVIEW, OFFER][Math.floor(index / 8) % 2]);
		}
		const answers = await ja.webhooks.flush();
		expect(answers).toHaveLength(40);
		expect(answers.every(({ status }) => status === 0)).toBe(true);

		const items = (await polling.poll()) ?? [];
		const changes = items.filter(({ event }) => event === STEP_CHANGED);
		expect(keysOf(changes)).toEqual(ja.account.stepChanges.map(keyOf));
		expect(changes).toHaveLength(40);
		expect(items.filter(({ event }) => event === CALL_FAILED)).toHaveLength(40);
		expect(await polling.poll()).toBeNull();

		// Two names of the host, so that the test does not wait for the pace of 45 requests a minute.
		const other = loginOf(ja, { baseUrl: ja.base.replace('127.0.0.1', 'localhost') });
		for (const [index, { change }] of answers.entries()) {
			const credentials = index < 18 ? loginOf(ja) : other;
			expect(await webhook.deliver(deliveryOf(change.applicationId), { credentials })).toEqual([]);
		}
	});

	it('repeats nothing that was delivered, and continues where deliveries stopped', async () => {
		const ja = await jobAffinityForTest();
		const { webhook, polling } = await bothOf(ja);
		const deliveries = await webhookOf(ja);
		const { id } = ja.account.apply();
		ja.account.move(id, INTERVIEW);
		for (const body of await deliveries.delivered()) await webhook.deliver(body);
		expect(await polling.poll()).toEqual([]);
		ja.webhooks.copies = () => 0;
		const lost = ja.account.move(id, OFFER);
		expect(keysOf(await polling.poll())).toEqual([keyOf(lost)]);
		expect(await webhook.deliver(deliveryOf(id))).toEqual([]);
	});

	it('reports nothing twice when both see the same change at the same moment', async () => {
		const ja = await jobAffinityForTest();
		const { webhook, polling } = await bothOf(ja);
		const { id } = ja.account.apply();
		for (const step of [INTERVIEW, OFFER, INTERVIEW]) ja.account.move(id, step);
		const found = await Promise.all([
			webhook.deliver(deliveryOf(id)),
			polling.poll(),
			webhook.deliver(deliveryOf(id)),
		]);
		expect(keysOf(found.flatMap((items) => items ?? [])).sort()).toEqual(
			ja.account.stepChanges.map(keyOf),
		);
	});

	it('gives the details of what a delivery could not', async () => {
		const ja = await jobAffinityForTest();
		const { webhook, polling } = await bothOf(ja);
		const { id } = ja.account.apply();
		const isBack = failAll(ja);
		expect(await webhook.deliver(deliveryOf(id))).toMatchObject([
			{ details: { status: 'not fetched' } },
		]);
		isBack();
		expect(await polling.poll()).toMatchObject([
			{ application: { id: String(id) }, details: { status: 'fetched' } },
		]);
	});

	it('resumes from what n8n had stored after n8n was down', async () => {
		const ja = await jobAffinityForTest();
		const { webhook, polling } = await bothOf(ja);
		const one = ja.account.apply();
		expect(await webhook.deliver(deliveryOf(one.id))).toHaveLength(1);
		// Nothing starts an execution, so n8n stores no cursor.
		expect(await polling.poll()).toEqual([]);
		const other = ja.account.apply({ jobId: 302 });
		polling.restart();
		expect(await polling.poll()).toMatchObject([{ application: { id: String(other.id) } }]);
	});
});
