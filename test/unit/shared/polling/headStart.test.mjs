import { jest } from '@jest/globals';

import { jofiPolling } from '#dist/nodes/Jofi/polling/streams.js';
import { jofi } from '#dist/nodes/Jofi/provider.js';
import { processPolledEvents } from '#dist/nodes/shared/polling/process.js';
import { executeContext, ProcessedRow } from '../../executeContext.mjs';

/** A webhook and a poll that see an event at the same moment, in two processes. */

const [{ type, sample }] = jofi.events;
const NOW = Date.parse('2026-02-03T12:43:36.000Z');
const WEBHOOK = {
	name: 'JOFI Trigger',
	type: 'n8n-nodes-talent-events.jofiTrigger',
	parameters: { events: ['*'] },
};

beforeEach(() => {
	jest.useFakeTimers({ now: NOW, doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
});
afterEach(() => void jest.useRealTimers());

let workflows = 0;

/**
 * The execution of a poll that has just found an event.
 *
 * @param {object} [options]
 * @param {object | null} [options.webhook] the trigger beside it; `null` for none
 * @param {object} [options.settings] of the polling trigger
 * @param {object} [options.found] what else the poll says of the event
 */
function polled({ webhook = WEBHOOK, settings = {}, found = {} } = {}) {
	const row = new ProcessedRow();
	const { context } = executeContext({
		row,
		workflowId: `head start ${++workflows}`,
		mode: 'trigger',
		parameters: { settings },
		beside: webhook === null ? {} : { webhook },
		items: [
			{
				eventKey: 'a',
				provider: 'jofi',
				event: type,
				payload: sample,
				source: 'polling',
				receivedAt: new Date(NOW).toISOString(),
				unprocessed: true,
				...found,
			},
		],
	});
	const node = {
		id: 'polling',
		name: 'JOFI Polling Trigger',
		type: 'n8n-nodes-talent-events.jofiPollingTrigger',
	};
	Object.assign(context, { getNode: () => node });
	/** @type {string[] | undefined} */
	let keys;
	void processPolledEvents(context, jofiPolling).then(
		([items]) => (keys = items.map(({ json }) => String(json.eventKey))),
	);
	return {
		row,
		/** What has come out once so much time has passed. @param {number} ms */
		async after(ms) {
			await jest.advanceTimersByTimeAsync(ms);
			for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
			return keys;
		},
	};
}

test('the poll leaves the event to a delivery that is recorded within ten seconds', async () => {
	const { row, after } = polled();
	expect(await after(9_900)).toBeUndefined();
	row.entries = ['a'];
	expect(await after(200)).toEqual([]);
});

test('the poll runs what no delivery has brought by then', async () => {
	const { after } = polled();
	expect(await after(9_900)).toBeUndefined();
	expect(await after(200)).toEqual(['a']);
});

test('the poll waits no longer where the clock of the process that polled is ahead', async () => {
	const { after } = polled({ found: { receivedAt: new Date(NOW + 3_600_000).toISOString() } });
	expect(await after(9_900)).toBeUndefined();
	expect(await after(200)).toEqual(['a']);
});

test.each([
	['no webhook trigger is there', { webhook: null }],
	['the webhook trigger is deactivated', { webhook: { ...WEBHOOK, disabled: true } }],
	[
		'the webhook trigger does not listen to the event',
		{ webhook: { ...WEBHOOK, parameters: { events: ['test_taker.created'] } } },
	],
	[
		'the webhook trigger records nothing',
		{
			webhook: {
				...WEBHOOK,
				parameters: { events: ['*'], settings: { responseMode: 'lastNode' } },
			},
		},
	],
	['the poll records nothing', { settings: { skipDuplicates: false } }],
	['the delivery is long overdue', { found: { missedByWebhook: true } }],
	['n8n has held the poll for as long', { found: { receivedAt: '2026-02-03T12:43:26.000Z' } }],
])('the poll does not wait where %s', async (_, options) => {
	expect(await polled(options).after(0)).toEqual(['a']);
});
