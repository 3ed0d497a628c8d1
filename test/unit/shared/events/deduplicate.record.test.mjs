import { setImmediate as nextTurn } from 'node:timers/promises';
import { jest } from '@jest/globals';

import { processedKeys } from '#dist/nodes/shared/events/deduplicate.js';
import { executeContext, ProcessedRow } from '../../executeContext.mjs';

/**
 * @typedef {{ name: string, limit?: unknown, windowMs?: number, settings?: object, disabled?: boolean, type?: string }} Trigger
 */

let workflows = 0;

/**
 * A workflow whose triggers share the record.
 *
 * @param {Trigger[]} triggers
 * @param {ProcessedRow} [row] what n8n's database holds
 */
function workflow(triggers, row = new ProcessedRow()) {
	const workflowId = `shared ${++workflows}`;
	let executions = 0;
	const nodes = triggers.map(
		({ name, limit, settings, disabled, type = 'n8n-nodes-talent-events.jofiTrigger' }) => {
			const own = limit === undefined ? settings : { eventsToRemember: limit, ...settings };
			return [
				name,
				{ name, type, disabled, parameters: own === undefined ? {} : { settings: own } },
			];
		},
	);
	return {
		row,
		/**
		 * Runs one execution of a trigger and says whether the event is new.
		 *
		 * @param {string} name
		 * @param {string} key
		 */
		async isNew(name, key) {
			const { limit, windowMs = Infinity } = triggers.find((each) => each.name === name) ?? {};
			const { context } = executeContext({
				row,
				workflowId,
				nodeId: name,
				id: `${workflowId}:${++executions}`,
				beside: Object.fromEntries(nodes),
			});
			const type = 'n8n-nodes-talent-events.jofiTrigger';
			Object.assign(context, { getNode: () => ({ id: name, name, type }) });
			return (
				await processedKeys(context, { eventsToRemember: Number(limit ?? 5000), windowMs }).record([
					key,
				])
			).has(key);
		},
	};
}

const numbered = (/** @type {number} */ count) =>
	Array.from({ length: count }, (_, index) => `event ${index}`);

describe('of the triggers that share a record, the one that remembers the most decides', () => {
	const small = { name: 'small', limit: 2 };

	/** @type {[string, Trigger, number][]} */
	const others = [
		['one with a higher number', { name: 'large', limit: 10 }, 10],
		['one that leaves the number as it is', { name: 'large' }, 5000],
	];
	test.each(others)('%s', async (_, large, events) => {
		const { isNew, row } = workflow([small, large]);
		for (const key of numbered(40)) await isNew('small', key);
		expect(row.entries?.length).toBe(Math.min(events, 40) * 2);
	});

	test('also when the other runs first after a restart', async () => {
		const before = workflow([small, { name: 'large', limit: 10 }]);
		for (const key of numbered(10)) expect(await before.isNew('large', key)).toBe(true);
		const after = workflow([small, { name: 'large', limit: 10 }], before.row);
		expect(await after.isNew('small', 'of the other')).toBe(true);
		for (const key of numbered(10).slice(1)) expect(await after.isNew('large', key)).toBe(false);
	});

	test('also when one has a window, whose events take more room', async () => {
		const { isNew, row } = workflow([
			small,
			{ name: 'windowed', limit: 10, windowMs: 600_000, settings: { skipDuplicates: true } },
		]);
		for (const key of numbered(40)) await isNew('small', key);
		expect(row.entries?.length).toBe(30);
	});

	test.each([
		['one that is switched off', { disabled: true }],
		['one of another package', { type: 'n8n-nodes-base.jofiTrigger' }],
		['a node that is no trigger', { type: 'n8n-nodes-talent-events.jofi' }],
	])('but not %s', async (_, changes) => {
		const { isNew, row } = workflow([small, { name: 'large', limit: 10, ...changes }]);
		for (const key of numbered(40)) await isNew('small', key);
		expect(row.entries?.length).toBe(4);
	});
});

const fakeTimers = () =>
	void jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });

/** A trigger whose calls to the database can be held up. */
function trigger() {
	const row = new ProcessedRow();
	const workflowId = `stuck ${++workflows}`;
	let executions = 0;
	const execution = (id = String(++executions)) => {
		const { context, warnings } = executeContext({ row, workflowId, id });
		return Object.assign(processedKeys(context, { eventsToRemember: 100, windowMs: Infinity }), {
			warnings,
		});
	};
	return {
		row,
		execution,
		isNew: async (/** @type {string} */ key) => (await execution().record([key])).has(key),
	};
}

/** Lets what can go on do so. */
async function settle() {
	for (let turn = 0; turn < 10; turn++) await nextTurn();
}

describe('what another process overwrote', () => {
	beforeEach(fakeTimers);
	afterEach(() => void jest.useRealTimers());

	const aMoment = async () => {
		await jest.advanceTimersByTimeAsync(2_000);
		await settle();
	};

	test('is recorded again a moment later, by one call for all', async () => {
		const { row, isNew } = trigger();
		for (const key of numbered(10)) await isNew(key);
		const { calls } = row;
		row.entries = [];
		await aMoment();
		expect(row.entries).toEqual(expect.arrayContaining(numbered(10)));
		expect(row.calls).toBe(calls + 1);
		await aMoment();
		expect(row.calls).toBe(calls + 1);
	});

	test('is not recorded again if it was taken back meanwhile', async () => {
		const { row, execution } = trigger();
		const failed = execution();
		await failed.record(['a']);
		await failed.takeBack(['a']);
		await aMoment();
		expect(row.entries).toEqual([]);
	});

	test('holds nothing up if the database does not answer, and is not recorded late what was taken back', async () => {
		const { row, execution, isNew } = trigger();
		const failed = execution();
		await failed.record(['a']);
		/** @type {() => void} */
		let release = () => {};
		const { check } = row;
		row.check = async (...call) => {
			await new Promise((resolve) => (release = () => resolve(undefined)));
			return await check.call(row, ...call);
		};
		await aMoment();
		row.check = check;
		const next = isNew('b');
		const takenBack = failed.takeBack(['a']);
		await jest.advanceTimersByTimeAsync(5_000);
		expect(await next).toBe(true);
		await takenBack;
		release();
		await settle();
		expect(await isNew('a')).toBe(true);
		expect(await isNew('b')).toBe(false);
	});

	test('stays overwritten if the database fails, and nothing else happens', async () => {
		const { row, isNew } = trigger();
		await isNew('a');
		row.check = async () => Promise.reject(new Error('Connection terminated'));
		await aMoment();
		await jest.advanceTimersByTimeAsync(60_000);
		row.check = ProcessedRow.prototype.check;
		expect(await isNew('a')).toBe(false);
	});
});

describe('a database call', () => {
	const never = () => new Promise(() => {});
	const fails = async () => Promise.reject(new Error('Connection terminated'));

	beforeEach(fakeTimers);
	afterEach(() => void jest.useRealTimers());

	/** @param {ProcessedRow} row @param {'check' | 'remove'} name @param {any} instead */
	function once(row, name, instead) {
		const original = row[name].bind(row);
		row[name] = async (/** @type {any[]} */ ...call) => {
			row[name] = /** @type {any} */ (original);
			return await instead(() => /** @type {any} */ (original)(...call));
		};
	}

	/**
	 * What has become of promises when so much time has passed.
	 *
	 * @param {number} ms
	 * @param {Promise<unknown>[]} promises
	 */
	async function after(ms, ...promises) {
		/** @type {unknown[]} */
		const outcomes = promises.map(() => 'waits');
		for (const [index, promise] of promises.entries()) {
			promise.then(
				(value) => (outcomes[index] = value),
				(/** @type {Error} */ { message }) => (outcomes[index] = message),
			);
		}
		await settle();
		await jest.advanceTimersByTimeAsync(ms);
		await settle();
		return outcomes;
	}

	const SENTENCE = "n8n's database did not answer within 30 seconds";

	/** @param {ProcessedRow} row @param {'check' | 'remove'} name @param {number} times */
	function failing(row, name, times) {
		const original = row[name].bind(row);
		let calls = 0;
		row[name] = async (/** @type {any[]} */ ...call) =>
			calls++ < times ? await fails() : await /** @type {any} */ (original)(...call);
	}

	test('that fails is made again at once, because two first calls can collide', async () => {
		const { row, execution, isNew } = trigger();
		failing(row, 'check', 1);
		expect(await after(0, execution().record(['a']))).toEqual([new Set(['a'])]);
		expect(await isNew('a')).toBe(false);
	});

	test.each(/** @type {const} */ (['check', 'remove']))(
		'that fails while the database is away for ten seconds is made again until it is back (%s)',
		async (name) => {
			const { row, execution, isNew } = trigger();
			await isNew('seen');
			const away = row[name];
			row[name] = fails;
			const first = execution().record(['seen', 'a']);
			const next = isNew('b');
			expect(await after(10_000, first, next)).toEqual(['waits', 'waits']);
			row[name] = /** @type {any} */ (away);
			expect(await after(2_000, first, next)).toEqual([new Set(['a']), true]);
			expect(await isNew('a')).toBe(false);
			expect(await isNew('b')).toBe(false);
		},
	);

	test('that fails after it was carried out, as where the connection is lost, leaves the event to its execution', async () => {
		const { row, execution, isNew } = trigger();
		once(row, 'check', async (/** @type {() => Promise<unknown>} */ call) => {
			await call();
			return await fails();
		});
		expect(await after(0, execution().record(['a']))).toEqual([new Set(['a'])]);
		expect(await isNew('a')).toBe(false);
	});

	test('that fails for 30 seconds fails its execution, says why, and leaves the event new', async () => {
		const { row, execution, isNew } = trigger();
		failing(row, 'check', Infinity);
		const check = jest.spyOn(row, 'check');
		const stuck = execution();
		const failed = stuck.record(['a']).catch((error) => error);
		await jest.advanceTimersByTimeAsync(30_000);
		expect(await failed).toMatchObject({
			name: 'NodeOperationError',
			message: SENTENCE,
			description: expect.stringMatching(
				/retry this execution\. Its last error: Connection terminated$/,
			),
		});
		expect(stuck.warnings).toEqual([
			expect.stringMatching(new RegExp(`^${SENTENCE}: an execution failed`)),
		]);
		expect(check.mock.calls.length).toBeGreaterThan(10);
		expect(check.mock.calls.length).toBeLessThan(30);
		const calls = check.mock.calls.length;
		await jest.advanceTimersByTimeAsync(60_000);
		expect(check.mock.calls).toHaveLength(calls);
		check.mockRestore();
		row.check = ProcessedRow.prototype.check;
		expect(await isNew('a')).toBe(true);
	});

	test('that never returns fails its execution after 30 seconds, with a line in the log, and the next has its turn', async () => {
		const { row, execution, isNew } = trigger();
		once(row, 'check', never);
		const stuck = execution();
		const first = stuck.record(['a']);
		const next = isNew('b');
		expect(await after(29_000, first, next)).toEqual(['waits', 'waits']);
		expect(await after(2_000, first, next)).toEqual([SENTENCE, true]);
		expect(stuck.warnings).toEqual([
			expect.stringMatching(new RegExp(`^${SENTENCE}: an execution failed`)),
		]);
	});

	test('that never returns says that the execution can be retried, and leaves the event new', async () => {
		const { row, execution, isNew } = trigger();
		once(row, 'check', never);
		const failed = execution()
			.record(['a'])
			.catch((error) => error);
		await jest.advanceTimersByTimeAsync(30_000);
		expect(await failed).toMatchObject({
			name: 'NodeOperationError',
			description: expect.stringMatching(/retry this execution\.$/),
		});
		expect(await isNew('a')).toBe(true);
	});

	test.each([
		['never returns', never],
		['fails', fails],
	])('that %s makes those that wait behind it wait less than as long each', async (_, instead) => {
		const { row, isNew } = trigger();
		row.check = /** @type {any} */ (instead);
		const waiting = [isNew('a'), isNew('b'), isNew('c')];
		expect(await after(41_000, ...waiting)).toEqual([
			SENTENCE,
			SENTENCE.replace('30', '5'),
			SENTENCE.replace('30', '5'),
		]);
	});

	test('that comes late leaves nothing behind that would drop the repeat', async () => {
		const { row, execution, isNew } = trigger();
		/** @type {() => void} */
		let release = () => {};
		once(
			row,
			'check',
			(/** @type {() => Promise<unknown>} */ call) =>
				new Promise((resolve) => (release = () => resolve(call()))),
		);
		expect(await after(31_000, execution().record(['a']))).toEqual([SENTENCE]);
		release();
		await settle();
		expect(row.entries).toEqual(['a', 'a@1']);
		expect(await isNew('a')).toBe(true);
		expect(await isNew('a')).toBe(false);
	});

	test('that comes late does not make an event that another has run by then new again', async () => {
		const { row, execution, isNew } = trigger();
		/** @type {() => void} */
		let release = () => {};
		once(
			row,
			'check',
			(/** @type {() => Promise<unknown>} */ call) =>
				new Promise((resolve) => (release = () => resolve(call()))),
		);
		expect(await after(31_000, execution().record(['a']))).toEqual([SENTENCE]);
		expect(await isNew('a')).toBe(true);
		release();
		await settle();
		expect(await isNew('a')).toBe(false);
	});

	test.each([
		['never returns', never],
		['fails', fails],
	])('that %s does not keep a record: it is taken back with the next call', async (_, instead) => {
		const { row, execution, isNew } = trigger();
		const failed = execution();
		await failed.record(['a']);
		const { remove } = row;
		row.remove = /** @type {any} */ (instead);
		expect(await after(31_000, failed.takeBack(['a']))).toEqual([undefined]);
		row.remove = remove;
		expect(failed.warnings.at(-1)).toMatch(
			/^What n8n's database holds of an event that failed is removed with the next one: /,
		);
		expect(row.entries).toContain('a');
		expect(await isNew('a')).toBe(true);
		expect(await isNew('a')).toBe(false);
	});

	test('that fails to remove leaves new what was recorded along with a repeat', async () => {
		const { row, execution, isNew } = trigger();
		await isNew('seen');
		const { remove } = row;
		row.remove = fails;
		expect(await after(31_000, execution().record(['seen', 'a']))).toEqual([SENTENCE]);
		row.remove = remove;
		expect(await isNew('a')).toBe(true);
		expect(await isNew('seen')).toBe(false);
	});
});
