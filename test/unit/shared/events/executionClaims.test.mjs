import { jest } from '@jest/globals';

import { inWork, takePlace } from '#dist/nodes/shared/events/inWork.js';
import { processEvents } from '#dist/nodes/shared/events/process.js';
import { recentKeysOf } from '#dist/nodes/shared/events/recentKeys.js';
import { jofi, jofiWebhooks } from '#dist/nodes/Jofi/provider.js';
import { executeContext, ProcessedRow, received } from '../../executeContext.mjs';

let nodes = 0;

/** A trigger that answers when its last node finishes, and executions that another process received. */
function trigger() {
	const nodeId = `claiming ${++nodes}`;
	const row = new ProcessedRow();
	let executions = 0;
	/**
	 * Begins an execution: its trigger runs, and the rest goes on until `end`.
	 *
	 * @param {string[]} keys
	 * @param {Partial<import('../../executeContext.mjs').Execution>} [more]
	 * @param {import('../../../../nodes/shared/events/types.js').EventSource} [source]
	 */
	function begin(keys, more, source = jofiWebhooks) {
		const { context, hints, end } = executeContext({
			row,
			nodeId,
			id: String(++executions),
			parameters: { settings: { responseMode: 'lastNode' } },
			receivedBy: 'another process',
			items: keys.map((key) => received(key)),
			...more,
		});
		const run = processEvents(context, source).then(([output]) =>
			output.map(({ json }) => json.eventKey),
		);
		run.catch(() => {});
		return { run, hints, end };
	}
	const triggerId = `of-${nodeId}:${nodeId}`;
	/** A copy arrives at this process. @param {string} key */
	const arrive = (key) => recentKeysOf(triggerId).claim(key, 10);
	return { begin, arrive, row, triggerId };
}

afterEach(() => void jest.useRealTimers());

describe('an execution of a delivery that another process received', () => {
	test.each([
		['success', 'done'],
		['waiting', 'done'],
		['error', 'claimed'],
		['canceled', 'claimed'],
		['crashed', 'claimed'],
	])('holds its event until it ends, here with %s: then it is %s', async (status, state) => {
		const { begin, arrive, row } = trigger();
		const { run, end } = begin(['a']);
		expect(await run).toEqual(['a']);
		const copy = arrive('a');
		expect(copy.state).toBe('pending');
		end(status);
		expect(copy.state === 'pending' && (await copy.outcome)).toBe(state === 'done');
		expect(arrive('a').state).toBe(state);
		expect(row.calls).toBe(0);
	});

	test('does not run what this process has run, and says so', async () => {
		const { begin } = trigger();
		const first = begin(['a']);
		await first.run;
		first.end('success');
		const { run, hints } = begin(['a', 'b']);
		expect(await run).toEqual(['b']);
		expect(hints).toEqual([]);
		const second = begin(['a']);
		expect(await second.run).toEqual([]);
		expect(second.hints).toMatchObject([
			{ message: 'Repeat of an event that already ran. Nothing is sent twice.' },
		]);
	});

	test.each([
		['success', []],
		['error', ['a']],
	])(
		'waits for one that runs the same event: if that ends with %s, %j runs',
		async (status, keys) => {
			const { begin, arrive } = trigger();
			const first = begin(['a']);
			await first.run;
			const second = begin(['a']);
			first.end(status);
			expect(await second.run).toEqual(keys);
			second.end('success');
			expect(arrive('a').state).toBe('done');
		},
	);

	test('waits as well for a copy that this process received', async () => {
		const { begin, arrive } = trigger();
		const copy = arrive('a');
		const { run } = begin(['a']);
		if (copy.state === 'claimed') copy.settle('done');
		expect(await run).toEqual([]);
	});

	test('fails when that takes more than ten seconds, and leaves the event to the other one', async () => {
		jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] });
		const { begin, arrive } = trigger();
		const first = begin(['b']);
		await first.run;
		const { run } = begin(['a', 'b']);
		const outcome = expect(run).rejects.toMatchObject({
			message: 'Another execution is still running this event',
			description: 'So this one did not. If the other one fails, retry this execution.',
		});
		await jest.advanceTimersByTimeAsync(11_000);
		await outcome;
		expect(arrive('b').state).toBe('pending');
		expect(arrive('a').state).toBe('claimed');
	});

	test('that fails in the trigger frees its event at once, for its next attempt too', async () => {
		const { begin, arrive } = trigger();
		const blocks = () => {
			throw new Error('no such field');
		};
		const broken = { ...jofi, events: [{ ...jofi.events[0], blocks }] };
		await expect(begin(['a'], {}, { ...jofiWebhooks, provider: broken }).run).rejects.toThrow();
		expect(arrive('a').state).toBe('claimed');
	});

	test.each([
		['a test run', { mode: 'manual' }],
		['a retry', { mode: 'retry' }],
		[
			'one whose duplicates are to run',
			{ parameters: { settings: { responseMode: 'lastNode', skipDuplicates: false } } },
		],
		['one whose sender waits for a reply', { parameters: { responseMode: 'responseNode' } }],
	])('claims nothing in %s', async (_, more) => {
		const { begin, arrive } = trigger();
		for (let copies = 0; copies < 2; copies++) expect(await begin(['a'], more).run).toEqual(['a']);
		expect(arrive('a').state).toBe('claimed');
	});

	test('runs, and nothing is remembered, where n8n does not say when it ends', async () => {
		const { begin, arrive } = trigger();
		const { run } = begin(['a'], { saysItsEnd: false });
		expect(await run).toEqual(['a']);
		expect(arrive('a').state).toBe('claimed');
	});
});

test('what this process received is claimed by its delivery, and not once more', async () => {
	const { begin, arrive } = trigger();
	const delivery = arrive('a');
	expect(await begin(['a'], { receivedBy: undefined }).run).toEqual(['a']);
	expect(delivery.state).toBe('claimed');
	expect(arrive('a').state).toBe('pending');
});

test('an execution of another process takes no place from a delivery of the same number', async () => {
	const { begin, triggerId } = trigger();
	const { delivery } = takePlace(triggerId);
	await begin(['a'], { delivery }).run;
	expect(inWork(triggerId)).toBe(1);
	await begin(['b'], { delivery, receivedBy: undefined }).run;
	expect(inWork(triggerId)).toBe(0);
});
