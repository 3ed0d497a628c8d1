import { processedKeys } from '#dist/nodes/shared/events/deduplicate.js';
import { stoppedClock } from '../../clock.mjs';
import { executeContext, ProcessedRow } from '../../executeContext.mjs';

let nodes = 0;

/**
 * One trigger with its record in n8n's database.
 *
 * @param {{ limit?: number, windowMs?: number }} [settings]
 */
function trigger({ limit = 1000, windowMs = Infinity } = {}) {
	const row = new ProcessedRow();
	const nodeId = `node ${++nodes}`;
	let executions = 0;
	return {
		row,
		/** The keys as one execution sees them. @param {string} [id] */
		execution(id = String(++executions)) {
			return processedKeys(executeContext({ row, nodeId, id }).context, {
				eventsToRemember: limit,
				windowMs,
			});
		},
		/**
		 * Runs one execution and says whether the event is new.
		 *
		 * @param {string} key
		 * @param {string} [id]
		 */
		async isNew(key, id) {
			return (await this.execution(id).record([key])).has(key);
		},
	};
}

const numbered = (/** @type {number} */ count) =>
	Array.from({ length: count }, (_, index) => `event ${index}`);

test('an event is new once', async () => {
	const jofi = trigger();
	expect(await jofi.isNew('a')).toBe(true);
	expect(await jofi.isNew('a')).toBe(false);
	expect(await jofi.isNew('b')).toBe(true);
});

test('overlapping calls let each event through once and lose none', async () => {
	const jofi = trigger();
	const keys = numbered(30);
	const first = await Promise.all([...keys, ...keys].map(async (key) => await jofi.isNew(key)));
	expect(first.filter(Boolean)).toHaveLength(30);
	for (const key of keys) expect(await jofi.isNew(key)).toBe(false);
});

test('the record that the test plays loses entries when calls overlap, as that of n8n does', async () => {
	const row = new ProcessedRow();
	const options = { mode: 'entries', maxEntries: 1000 };
	await Promise.all(numbered(30).map(async (key) => await row.check([key], 'node', options)));
	expect(row.entries).toHaveLength(1);
});

test('triggers do not wait for each other', async () => {
	const [one, other] = [trigger(), trigger()];
	/** @type {() => void} */
	let release = () => {};
	const blocked = new Promise((resolve) => (release = () => resolve(undefined)));
	const check = one.row.check.bind(one.row);
	one.row.check = async (...call) => {
		await blocked;
		return await check(...call);
	};
	const waiting = one.isNew('a');
	expect(await other.isNew('a')).toBe(true);
	release();
	expect(await waiting).toBe(true);
});

test('what another process overwrote is back with the next call', async () => {
	const jofi = trigger();
	await jofi.isNew('before');
	const overwritten = [...(jofi.row.entries ?? [])];
	for (const key of numbered(20)) await jofi.isNew(key);
	jofi.row.entries = overwritten;
	await jofi.isNew('next');
	for (const key of numbered(20)) expect(await jofi.isNew(key)).toBe(false);
});

test('what this process has recorded is a duplicate, though another process overwrote it', async () => {
	const jofi = trigger();
	await jofi.isNew('before');
	const overwritten = [...(jofi.row.entries ?? [])];
	await jofi.isNew('a');
	jofi.row.entries = overwritten;
	expect(await jofi.isNew('a')).toBe(false);
	expect(await jofi.isNew('b')).toBe(true);
});

describe('an execution that is run again', () => {
	test('sees its own event as new, even when another process overwrote the record in between', async () => {
		const jofi = trigger();
		await jofi.isNew('before');
		const overwritten = [...(jofi.row.entries ?? [])];
		await jofi.isNew('a', 'execution 7');
		jofi.row.entries = overwritten;
		await jofi.isNew('b', 'execution 8');
		expect(await jofi.isNew('a', 'execution 7')).toBe(true);
	});

	test('by another worker meets its own event as new', async () => {
		const jofi = trigger();
		expect(await jofi.isNew('a', 'execution 7')).toBe(true);
		expect(await jofi.isNew('a', 'execution 7')).toBe(true);
		expect(await jofi.isNew('a', 'execution 8')).toBe(false);
		expect(await jofi.isNew('a', 'execution 7')).toBe(true);
	});

	test('meets a duplicate as a duplicate again', async () => {
		const jofi = trigger();
		await jofi.isNew('a', 'execution 7');
		expect(await jofi.isNew('a', 'execution 8')).toBe(false);
		expect(await jofi.isNew('a', 'execution 8')).toBe(false);
	});
});

describe('an event that is taken back', () => {
	test('is new again, and the others are not', async () => {
		const jofi = trigger();
		const failed = jofi.execution();
		await failed.record(['a']);
		await jofi.isNew('b');
		await failed.takeBack(['a']);
		expect(await jofi.isNew('a')).toBe(true);
		expect(await jofi.isNew('a')).toBe(false);
		expect(await jofi.isNew('b')).toBe(false);
	});

	test('is not recorded again by the next call', async () => {
		const jofi = trigger();
		const failed = jofi.execution();
		await failed.record(['a']);
		await failed.takeBack(['a']);
		await jofi.isNew('b');
		expect(jofi.row.entries?.some((entry) => entry.startsWith('a'))).toBe(false);
	});

	test('waits its turn', async () => {
		const jofi = trigger();
		const failed = jofi.execution();
		await failed.record(['a']);
		const keys = numbered(10);
		await Promise.all([failed.takeBack(['a']), ...keys.map(async (key) => await jofi.isNew(key))]);
		expect(await jofi.isNew('a')).toBe(true);
		for (const key of keys) expect(await jofi.isNew(key)).toBe(false);
	});
});

test.each([1, 2, 10, 60])(
	'with a limit of %i the latest events are known and older ones are forgotten',
	async (limit) => {
		const jofi = trigger({ limit });
		const keys = numbered(limit + 70);
		for (const key of keys) expect(await jofi.isNew(key)).toBe(true);
		// Each repeat is recorded as well, so every one is asked of the record as it was.
		const entries = [...(jofi.row.entries ?? [])];
		expect(entries.length).toBeLessThanOrEqual(limit * 2);
		expect(keys.slice(-limit).filter((key) => !entries.includes(key))).toEqual([]);
		expect(keys.slice(0, -limit).filter((key) => entries.includes(key))).toEqual([]);
	},
);

describe('with a window', () => {
	const windowMs = 600_000;
	const justBefore = windowMs - 1;
	/** @type {ReturnType<typeof stoppedClock>} */
	let clock;
	beforeEach(() => {
		clock = stoppedClock();
	});
	afterEach(() => clock.goOn());

	test.each([0, 1, justBefore])(
		'an event %i ms into a window is known for its length and never for twice of it',
		async (before) => {
			clock.pass(before);
			const regpack = trigger({ windowMs });
			expect(await regpack.isNew('a')).toBe(true);
			clock.pass(justBefore);
			expect(await regpack.isNew('a')).toBe(false);
			clock.pass(windowMs + 1);
			expect(await regpack.isNew('a')).toBe(true);
			expect(await regpack.isNew('a')).toBe(false);
		},
	);

	test('a repeat does not extend the time, and leaves nothing behind', async () => {
		const regpack = trigger({ windowMs });
		await regpack.isNew('a');
		const entries = [...(regpack.row.entries ?? [])];
		for (let repeat = 0; repeat < 3; repeat++) {
			clock.pass(windowMs / 2);
			expect(await regpack.isNew('a')).toBe(false);
			expect(regpack.row.entries).toEqual(entries);
		}
		clock.pass(windowMs / 2);
		expect(await regpack.isNew('a')).toBe(true);
	});

	test('an event that is taken back is new again, in the next window too', async () => {
		const regpack = trigger({ windowMs });
		clock.pass(justBefore);
		const failed = regpack.execution();
		await failed.record(['a']);
		clock.pass(1);
		await failed.takeBack(['a']);
		expect(regpack.row.entries).toEqual([]);
		expect(await regpack.isNew('a')).toBe(true);
	});

	test('a rerun execution sees its own event as new, in the next window too', async () => {
		const regpack = trigger({ windowMs });
		clock.pass(justBefore);
		expect(await regpack.isNew('a', 'execution 7')).toBe(true);
		clock.pass(1);
		expect(await regpack.isNew('a', 'execution 7')).toBe(true);
		expect(await regpack.isNew('a', 'execution 8')).toBe(false);
	});

	test('overlapping calls let each event through once', async () => {
		const regpack = trigger({ windowMs });
		const keys = numbered(30);
		const first = await Promise.all(
			[...keys, ...keys].map(async (key) => await regpack.isNew(key)),
		);
		expect(first.filter(Boolean)).toHaveLength(30);
	});

	test.each([1, 2, 10, 60])(
		'a limit of %i holds: the latest events are known, and the record stays short',
		async (limit) => {
			const regpack = trigger({ limit, windowMs });
			const keys = numbered(limit + 70);
			for (const key of keys) {
				expect(await regpack.isNew(key)).toBe(true);
				expect(regpack.row.entries?.length).toBeLessThanOrEqual(limit * 3);
			}
			expect(await regpack.isNew(keys[limit + 69])).toBe(false);
			expect(await regpack.isNew(keys[0])).toBe(true);
		},
	);
});

test('a call costs the same however many came before', async () => {
	const jofi = trigger();
	/** @type {number[]} */
	const sizes = [];
	const check = jofi.row.check.bind(jofi.row);
	jofi.row.check = async (ids, ...rest) => {
		sizes.push(ids.length);
		return await check(ids, ...rest);
	};
	for (const key of numbered(200)) await jofi.isNew(key);
	expect(Math.max(...sizes)).toBeLessThan(200);
});
