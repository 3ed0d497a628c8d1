import { jest } from '@jest/globals';

import { processEvents } from '#dist/nodes/shared/events/process.js';
import { recentKeysOf, recentMessagesOf } from '#dist/nodes/shared/events/recentKeys.js';
import { jofi, jofiWebhooks } from '#dist/nodes/Jofi/provider.js';
import { stoppedClock } from '../../clock.mjs';
import { itemOf } from '../../events.mjs';
import { executeContext, ProcessedRow, received } from '../../executeContext.mjs';

/** @typedef {import('../../../../nodes/shared/events/types.js').EventSource} EventSource */

const [{ sample }] = jofi.events;

let nodes = 0;

/** Expects that it fails, once n8n's database has had the time that it is given. @param {Promise<unknown>} run */
async function expectFailure(run) {
	const outcome = expect(run).rejects.toThrow();
	await jest.advanceTimersByTimeAsync(60_000);
	await outcome;
}

const fakeTimers = () => void jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] });
afterEach(() => void jest.useRealTimers());

/** A trigger whose executions can be run; it answers immediately unless said otherwise. */
function trigger(parameters = {}) {
	const row = new ProcessedRow();
	const nodeId = `node ${++nodes}`;
	let executions = 0;
	/**
	 * @param {Record<string, unknown>[]} items
	 * @param {{ mode?: string, retryOf?: string, id?: string, source?: EventSource, hints?: string[], message?: string }} [run]
	 */
	async function run(
		items,
		{
			mode,
			retryOf,
			id = String(++executions),
			source = jofiWebhooks,
			hints: sentences,
			message,
		} = {},
	) {
		const settings = { responseMode: 'onReceived', settings: {}, ...parameters };
		const { context, hints } = executeContext({
			row,
			nodeId,
			id,
			mode,
			retryOf,
			items,
			parameters: settings,
			hints: sentences,
			message,
		});
		const [output] = await processEvents(context, source);
		return { keys: output.map(({ json }) => json.eventKey), output, hints };
	}
	return { row, run, nodeId };
}

/** A source whose first event cannot be shaped. @returns {EventSource} */
function broken() {
	const blocks = () => {
		throw new Error('no such field');
	};
	return { ...jofiWebhooks, provider: { ...jofi, events: [{ ...jofi.events[0], blocks }] } };
}

test('a new event passes and its repeat does not', async () => {
	const { run } = trigger();
	expect((await run([received('a')])).keys).toEqual(['a']);
	expect((await run([received('a')])).keys).toEqual([]);
});

test('a repeat says why nothing comes out, and a poll that brings nothing has nothing to say', async () => {
	const { run } = trigger();
	expect((await run([received('a')])).hints).toEqual([]);
	expect((await run([received('a')])).hints).toMatchObject([
		{ message: 'Repeat of an event that already ran. Nothing is sent twice.' },
	]);
	expect((await run([])).hints).toEqual([]);
});

test('of several events those that are new pass, each paired with its input', async () => {
	const { run } = trigger();
	await run([received('b')]);
	const { output } = await run([received('a'), received('b'), received('c')]);
	expect(output.map(({ json, pairedItem }) => [json.eventKey, pairedItem])).toEqual([
		['a', { item: 0 }],
		['c', { item: 2 }],
	]);
});

test.each([
	['a test run', { mode: 'manual' }, {}],
	['a trigger that answers when the workflow finishes', {}, { responseMode: 'lastNode' }],
	['a trigger that drops no duplicates', {}, { settings: { skipDuplicates: false } }],
])('%s neither reads nor writes the database', async (_, how, parameters) => {
	const { run, row } = trigger(parameters);
	expect((await run([received('a')], how)).keys).toEqual(['a']);
	expect((await run([received('a')], how)).keys).toEqual(['a']);
	expect(row.calls).toBe(0);
	expect(row.entries).toBeUndefined();
});

describe('an execution that retries another one', () => {
	const retry = { mode: 'retry', retryOf: 'crashed' };

	test('runs what that one had not recorded, and the repeat by the sender does not', async () => {
		const { run } = trigger();
		expect((await run([received('a')], retry)).keys).toEqual(['a']);
		expect((await run([received('a')])).keys).toEqual([]);
	});

	test('runs what that one had recorded, and the repeat by the sender does not', async () => {
		const { run } = trigger();
		await run([received('a')], { id: 'crashed' });
		expect((await run([received('a')], retry)).keys).toEqual(['a']);
		expect((await run([received('a')])).keys).toEqual([]);
	});

	test('runs again when it is retried itself', async () => {
		const { run } = trigger();
		await run([received('a')], { id: 'crashed' });
		await run([received('a')], { ...retry, id: 'crashed too' });
		const again = { mode: 'retry', retryOf: 'crashed too' };
		expect((await run([received('a')], again)).keys).toEqual(['a']);
	});

	test('runs what an earlier retry of the same execution ran, because that may have been cut off', async () => {
		const { run } = trigger();
		await run([received('a')], { id: 'crashed' });
		for (let retries = 0; retries < 2; retries++)
			expect((await run([received('a')], retry)).keys).toEqual(['a']);
	});

	test('runs what an earlier retry ran of an execution that had not recorded it', async () => {
		const { run } = trigger();
		for (const id of ['cut off', 'next'])
			expect((await run([received('a')], { ...retry, id })).keys).toEqual(['a']);
		expect((await run([received('a')])).keys).toEqual([]);
	});

	test('runs again when n8n tries it again in the same execution', async () => {
		const { run } = trigger();
		await run([received('a')], { id: 'crashed' });
		for (let attempt = 0; attempt < 2; attempt++)
			expect((await run([received('a')], { ...retry, id: 'retry' })).keys).toEqual(['a']);
	});

	test('does not run what a repeat by the sender has run meanwhile', async () => {
		const { run } = trigger();
		await run([received('a')], { id: 'repeat' });
		const { keys, hints } = await run([received('a'), received('b')], retry);
		expect(keys).toEqual(['b']);
		expect(hints).toMatchObject([{ message: expect.stringMatching(/^Not every event runs/) }]);
	});

	test('says nothing of an event that came twice, because it runs', async () => {
		const { run } = trigger();
		const { keys, hints } = await run([received('a'), received('a')], retry);
		expect(keys).toEqual(['a']);
		expect(hints).toEqual([]);
	});

	test('runs all the same if n8n does not say which one', async () => {
		const { run } = trigger();
		await run([received('a')]);
		expect((await run([received('a')], { mode: 'retry' })).keys).toEqual(['a']);
	});

	test('that fails leaves its events new, and what another execution recorded a duplicate', async () => {
		const { run } = trigger();
		await run([received('seen')]);
		await run([received('own')], { id: 'crashed' });
		const items = ['seen', 'own', 'a'].map((key) => received(key));
		await expect(run(items, { ...retry, source: broken() })).rejects.toThrow();
		expect((await run(items)).keys).toEqual(['own', 'a']);
	});
});

test('an event that comes twice in one input passes once', async () => {
	const { run } = trigger();
	const { output } = await run([received('a'), received('b'), received('a')]);
	expect(output.map(({ json }) => json.eventKey)).toEqual(['a', 'b']);
});

test('the number of events to remember is that of the settings', async () => {
	const { run, row } = trigger({ settings: { eventsToRemember: 2 } });
	for (const key of ['a', 'b', 'c']) await run([received(key)]);
	expect(row.entries?.filter((entry) => !entry.includes('@'))).toEqual(['b', 'c']);
});

describe('an event that cannot be shaped', () => {
	test('is reported with what to do and the reason', async () => {
		const { run } = trigger();
		await expect(run([received('a')], { source: broken() })).rejects.toMatchObject({
			name: 'NodeOperationError',
			message: 'The JOFI event could not be prepared',
			description: 'The event was not counted as processed: run this execution again.',
		});
	});

	test('is new to the next try', async () => {
		const { run } = trigger();
		await expect(run([received('a')], { source: broken() })).rejects.toThrow();
		expect((await run([received('a')])).keys).toEqual(['a']);
		expect((await run([received('a')])).keys).toEqual([]);
	});

	test.each([
		[
			'that an API completes',
			(/** @type {ReturnType<typeof trigger>} */ { run }) => {
				const enrich = async () => Promise.reject(new Error('The API is down'));
				return run([received('a')], { source: { ...jofiWebhooks, enrich } });
			},
		],
		[
			'that cannot be recorded',
			({ row, run }) => {
				row.check = async () => Promise.reject(new Error('SQLITE_BUSY'));
				return run([received('a')]);
			},
		],
		[
			'whose record cannot be taken back',
			({ row, run }) => {
				row.remove = async () => Promise.reject(new Error('SQLITE_BUSY'));
				return run([received('a')], { source: broken() });
			},
		],
	])('%s is not taken for one that this process has received before', async (_, fail) => {
		const { nodeId, ...rest } = trigger();
		const recent = recentKeysOf(`of-${nodeId}:${nodeId}`);
		const claim = recent.claim('a', 10);
		if (claim.state === 'claimed') claim.settle('accepted');
		fakeTimers();
		await expectFailure(fail({ nodeId, ...rest }));
		expect(recent.claim('a', 10).state).toBe('claimed');
	});

	test('does not free a duplicate', async () => {
		const { run } = trigger();
		await run([received('seen')]);
		await expect(run([received('seen'), received('a')], { source: broken() })).rejects.toThrow();
		expect((await run([received('seen'), received('a')])).keys).toEqual(['a']);
	});
});

describe('a test run', () => {
	test('shows what a person who is testing should know, once', async () => {
		const { hints } = await trigger().run([received('a'), received('b')], {
			mode: 'manual',
			hints: ['One.', 'Two.'],
		});
		expect(hints).toEqual(
			['One.', 'Two.'].map((message) => ({ message, type: 'warning', location: 'outputPane' })),
		);
	});

	test('shows nothing when there is nothing to know', async () => {
		const { hints } = await trigger().run([received('a')], { mode: 'manual' });
		expect(hints).toEqual([]);
	});
});

describe('the item', () => {
	test('has how its body was encoded, unless it was UTF-8', () => {
		const event = { eventKey: 'a', provider: 'jofi', event: 'team.renamed', payload: {} };
		expect(itemOf(jofi, { ...event, extra: { encoding: 'windows-1252' } })).toMatchObject({
			details: { encoding: 'windows-1252' },
		});
		expect(itemOf(jofi, event).details).toBeNull();
	});

	test('begins with what all providers share and ends with the payload, untouched', () => {
		const payload = { ...sample, added: { by: 'JOFI' } };
		const before = structuredClone(payload);
		const item = itemOf(jofi, {
			eventKey: 'a',
			provider: 'jofi',
			event: 'invitation.created',
			payload,
		});
		expect(Object.keys(item).slice(0, 3)).toEqual(['title', 'person', 'owner']);
		expect(Object.keys(item).at(-1)).toBe('payload');
		expect(item.payload).toBe(payload);
		expect(payload).toEqual(before);
		expect(item).not.toHaveProperty('unprocessed');
	});

	test('of an unknown event has what does not depend on the event, and a person without a name', () => {
		const payload = {
			id: 'evt_1',
			type: 'team.renamed',
			created_at: '2026-02-03T12:43:36.744Z',
			data: 7,
		};
		expect(
			itemOf(jofi, { eventKey: 'a', provider: 'jofi', event: 'team.renamed', payload }),
		).toMatchObject({
			title: 'JOFI sent team.renamed',
			eventKey: 'a',
			provider: 'jofi',
			event: 'team.renamed',
			occurredAt: '2026-02-03T12:43:36.744Z',
			occurredOn: 'Feb 3, 2026, 7:43 AM',
			person: { email: null, name: null, id: null },
			deliveryId: 'evt_1',
			details: null,
			payload,
		});
	});

	test('carries which webhook JOFI used', () => {
		const payload = {
			...sample,
			webhook_url: 'https://n8n.example.com/webhook/1',
			webhook_verification_method: 'hmac',
		};
		expect(
			itemOf(jofi, { eventKey: 'a', provider: 'jofi', event: 'invitation.created', payload }),
		).toMatchObject({ deliveryId: 'evt_0a1b2c3d4e5f', payload });
	});
});

describe('what this process knows of a delivery', () => {
	/** @type {ReturnType<typeof stoppedClock>} */
	let clock;
	beforeEach(() => {
		clock = stoppedClock();
	});
	afterEach(() => clock.goOn());

	/** Accepts an event in a message, as the first phase does. @param {string} nodeId */
	function accepted(nodeId) {
		const triggerId = `of-${nodeId}:${nodeId}`;
		const memories = [recentKeysOf(triggerId), recentMessagesOf(triggerId)];
		for (const [index, memory] of memories.entries()) {
			const claim = memory.claim(['a', 'message'][index], 10);
			if (claim.state === 'claimed') claim.settle('accepted');
		}
		return () => memories.map((memory, index) => memory.claim(['a', 'message'][index], 10).state);
	}

	test('lasts once its events are processed', async () => {
		const { nodeId, run } = trigger();
		const states = accepted(nodeId);
		await run([received('a')], { message: 'message' });
		clock.pass(24 * 60 * 60_000);
		expect(states()).toEqual(['done', 'done']);
	});

	test('lasts as well when they were processed before', async () => {
		const { nodeId, run } = trigger();
		await run([received('a')]);
		const states = accepted(nodeId);
		expect((await run([received('a')], { message: 'message' })).keys).toEqual([]);
		clock.pass(24 * 60 * 60_000);
		expect(states()).toEqual(['done', 'done']);
	});

	test('is gone once they could not be processed', async () => {
		const { nodeId, run, row } = trigger();
		const states = accepted(nodeId);
		row.check = async () => Promise.reject(new Error('SQLITE_BUSY'));
		fakeTimers();
		await expectFailure(run([received('a')], { message: 'message' }));
		expect(states()).toEqual(['claimed', 'claimed']);
	});

	test('is gone after ten seconds where another process runs the execution', () => {
		const states = accepted('elsewhere');
		clock.pass(10_000);
		expect(states()).toEqual(['claimed', 'claimed']);
	});
});

describe('a source that adds details', () => {
	/**
	 * The keys of the events that it was given, call by call.
	 *
	 * @type {string[][]}
	 */
	let given;
	beforeEach(() => (given = []));

	/** @param {number} [failures] how many of its first calls fail @returns {EventSource} */
	const detailed = (failures = 0) => ({
		...jofiWebhooks,
		async addDetails(_, events) {
			given.push(events.map(({ eventKey }) => eventKey));
			if (given.length <= failures) throw new Error('not now');
			return events.map((event) => ({ ...event, extra: { status: event.eventKey } }));
		},
	});

	test('gets the events that are to run, and not those that ran before', async () => {
		const { run } = trigger();
		await run([received('b')]);
		const items = [received('a'), received('b'), received('c'), received('a')];
		const { output } = await run(items, { source: detailed() });
		expect(given).toEqual([['a', 'c']]);
		expect(output.map(({ json, pairedItem }) => [json.eventKey, json.details, pairedItem])).toEqual(
			[
				['a', { status: 'a' }, { item: 0 }],
				['c', { status: 'c' }, { item: 2 }],
			],
		);
		expect((await run(items, { source: detailed() })).keys).toEqual([]);
		expect(given).toHaveLength(1);
	});

	test('puts the files that it adds into their items', async () => {
		const file = { data: 'JVBERi0=', mimeType: 'application/pdf', fileName: 'cv.pdf' };
		/** @type {EventSource} */
		const source = {
			...jofiWebhooks,
			addDetails: async (_, events) =>
				events.map((event, index) => ({ ...event, ...(index > 0 && { binary: { file } }) })),
		};
		const { output } = await trigger().run([received('b'), received('c')], { source });
		expect(output.map(({ json, binary }) => [json.eventKey, binary])).toEqual([
			['b', undefined],
			['c', { file }],
		]);
	});

	test('has its events run again if it fails, whether n8n tries again or the sender does', async () => {
		const { run } = trigger();
		const source = detailed(2);
		await expect(run([received('a')], { source, id: 'one' })).rejects.toThrow(
			'could not be prepared',
		);
		await expect(run([received('a')], { source, id: 'one' })).rejects.toThrow(
			'could not be prepared',
		);
		expect((await run([received('a')], { source, id: 'two' })).keys).toEqual(['a']);
		expect((await run([received('a')], { source })).keys).toEqual([]);
	});
});
