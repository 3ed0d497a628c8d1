import { built } from '../../built.mjs';

/** @type {typeof import('../../../../nodes/shared/http/rateLimiter.js')} */
const { RateLimiter } = built('./shared/http/rateLimiter.js');

const MINUTE = 60_000;

/** JobAffinity's pace on a clock whose time passes only when somebody sleeps. */
function paced() {
	let now = Date.parse('2026-01-05T09:00:00Z');
	/** @type {(() => void)[]} */
	const whileAsleep = [];
	const clock = {
		now: () => now,
		async sleep(/** @type {number} */ ms) {
			const hurried = whileAsleep.shift();
			// What happens while one sleeps happens half-way.
			if (hurried) {
				now += Math.floor(ms / 2);
				hurried();
				now += Math.ceil(ms / 2);
			} else now += ms;
		},
	};
	const start = now;
	const pace = new RateLimiter(45, 61_000, clock);
	/** @type {{ name: number, at: number }[]} */
	const begun = [];
	return {
		pace,
		clock,
		begun,
		whileAsleep,
		/** @param {number} ms */
		pass: (ms) => void (now += ms),
		elapsed: () => now - start,
		/** @param {number} name @returns {Promise<number>} how long it waited */
		async request(name) {
			const waited = await pace.acquire();
			begun.push({ name, at: now - start });
			return waited;
		},
	};
}

/** @param {number} count */
const numbers = (count) => Array.from({ length: count }, (_, number) => number);

/** The most that begin within any minute. @param {{ at: number }[]} begun */
const mostInAMinute = (begun) =>
	Math.max(...begun.map(({ at: from }) => begun.filter(({ at }) => at >= from && at < from + MINUTE).length));

describe.each([
	['asked for at once', async (/** @type {ReturnType<typeof paced>} */ { request }) => void (await Promise.all(numbers(202).map(request)))],
	[
		'asked for one after the other',
		async (/** @type {ReturnType<typeof paced>} */ { request }) => {
			for (const number of numbers(202)) await request(number);
		},
	],
])('202 requests %s', (_, ask) => {
	it('take at most a twentieth longer than the shortest possible, four full minutes', async () => {
		const run = paced();
		await ask(run);
		expect(run.begun).toHaveLength(202);
		expect(run.elapsed()).toBeGreaterThanOrEqual(4 * MINUTE);
		expect(run.elapsed()).toBeLessThanOrEqual(4 * MINUTE * 1.05);
	});

	it('are never more than 45 in any 60 seconds', async () => {
		const run = paced();
		await ask(run);
		expect(mostInAMinute(run.begun)).toBe(45);
	});

	it('begin in the order in which they ask', async () => {
		const run = paced();
		await ask(run);
		expect(run.begun.map(({ name }) => name)).toEqual(numbers(202));
	});
});

test('requests that come unevenly are never more than 45 in any 60 seconds', async () => {
	const run = paced();
	for (const number of numbers(500)) {
		run.pass((number * 7919) % 2600);
		await run.request(number);
	}
	expect(mostInAMinute(run.begun)).toBeLessThanOrEqual(45);
});

test('a few requests never wait, and are told so', async () => {
	const run = paced();
	expect(await Promise.all(numbers(45).map(run.request))).toEqual(numbers(45).map(() => 0));
	expect(run.elapsed()).toBe(0);
});

test('a request is told how long it waited', async () => {
	const run = paced();
	await Promise.all(numbers(45).map(run.request));
	run.pass(1000);
	expect(await run.request(45)).toBe(60_000);
});

test('nobody begins while a 429 holds all', async () => {
	const run = paced();
	await run.request(0);
	run.pace.pause(20_000);
	expect(await Promise.all([1, 2, 3].map(run.request))).toEqual([20_000, 20_000, 20_000]);
	expect(run.begun.map(({ at }) => at)).toEqual([0, 20_000, 20_000, 20_000]);
});

test('a shorter hold does not end a longer one', async () => {
	const run = paced();
	run.pace.pause(60_000);
	run.pace.pause(1000);
	expect(await run.request(0)).toBe(60_000);
});

test('a hold holds also who is waiting already', async () => {
	const run = paced();
	await Promise.all(numbers(45).map(run.request));
	run.whileAsleep.push(() => run.pace.pause(100_000));
	await Promise.all([45, 46].map(run.request));
	expect(run.begun.slice(45)).toEqual([
		{ name: 45, at: 130_500 },
		{ name: 46, at: 130_500 },
	]);
});

test.each([86_400_000, 30 * 86_400_000, Infinity, Number.MAX_VALUE])('nobody is held longer than five minutes, whatever is said: %d ms', async (ms) => {
	const run = paced();
	run.pace.pause(ms);
	expect(await run.request(0)).toBe(300_000);
	expect(await run.request(1)).toBe(0);
});

test.each([NaN, -1, 0, -Infinity])('a hold of %d ms is none, and does not end the next', async (ms) => {
	const run = paced();
	run.pace.pause(ms);
	expect(await run.request(0)).toBe(0);
	run.pace.pause(1000);
	run.pace.pause(ms);
	expect(await run.request(1)).toBe(1000);
});

test('a block says how long, and ends after ten minutes so that it is tried again', () => {
	const run = paced();
	expect(run.pace.failFastMs()).toBe(0);
	expect(run.pace.failFast(86_400_000)).toBe(true);
	expect(run.pace.failFast(86_400_000)).toBe(false);
	run.pass(599_000);
	expect(run.pace.failFastMs()).toBe(86_400_000 - 599_000);
	run.pass(1000);
	expect(run.pace.failFastMs()).toBe(0);
	expect(run.pace.failFast(NaN)).toBe(true);
	expect(run.pace.failFastMs()).toBe(0);
});

test('nobody waits for times that lie ahead because the clock was set back', async () => {
	const run = paced();
	await Promise.all(numbers(45).map(run.request));
	run.pace.pause(1000);
	run.pass(-40 * 86_400_000);
	expect(await run.request(45)).toBe(0);
});
