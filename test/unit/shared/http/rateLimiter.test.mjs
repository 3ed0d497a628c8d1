import { RateLimiter } from '#dist/nodes/shared/http/rateLimiter.js';

const MINUTE = 60_000;

/** JobAffinity's rate limit on a clock whose time passes only during sleep. */
function startLimiter() {
	let now = Date.parse('2026-01-05T09:00:00Z');
	/** @type {(() => void)[]} */
	const duringSleep = [];
	const clock = {
		now: () => now,
		async sleep(/** @type {number} */ ms) {
			const callback = duringSleep.shift();
			// Called half-way through.
			if (callback) {
				now += Math.floor(ms / 2);
				callback();
				now += Math.ceil(ms / 2);
			} else now += ms;
		},
	};
	const start = now;
	const limiter = new RateLimiter(45, 61_000, clock);
	/** @type {{ name: number, at: number }[]} */
	const started = [];
	return {
		limiter,
		clock,
		started,
		duringSleep,
		/** @param {number} ms */
		pass: (ms) => void (now += ms),
		elapsed: () => now - start,
		/** @param {number} name @returns {Promise<number>} the time it waited */
		async request(name) {
			const waitMs = await limiter.acquire();
			started.push({ name, at: now - start });
			return waitMs;
		},
	};
}

/** @param {number} count */
const numbers = (count) => Array.from({ length: count }, (_, number) => number);

/** The most that start within any minute. @param {{ at: number }[]} started */
const mostInAMinute = (started) =>
	Math.max(
		...started.map(
			({ at: from }) => started.filter(({ at }) => at >= from && at < from + MINUTE).length,
		),
	);

describe.each([
	[
		'sent at once',
		async (/** @type {ReturnType<typeof startLimiter>} */ { request }) =>
			void (await Promise.all(numbers(202).map(request))),
	],
	[
		'sent one after the other',
		async (/** @type {ReturnType<typeof startLimiter>} */ { request }) => {
			for (const number of numbers(202)) await request(number);
		},
	],
])('202 requests %s', (_, sendAll) => {
	it('take at most a twentieth longer than the shortest possible, four full minutes', async () => {
		const run = startLimiter();
		await sendAll(run);
		expect(run.started).toHaveLength(202);
		expect(run.elapsed()).toBeGreaterThanOrEqual(4 * MINUTE);
		expect(run.elapsed()).toBeLessThanOrEqual(4 * MINUTE * 1.05);
	});

	it('are never more than 45 in any 60 seconds', async () => {
		const run = startLimiter();
		await sendAll(run);
		expect(mostInAMinute(run.started)).toBe(45);
	});

	it('start in the order in which they are sent', async () => {
		const run = startLimiter();
		await sendAll(run);
		expect(run.started.map(({ name }) => name)).toEqual(numbers(202));
	});
});

test('requests at uneven intervals are never more than 45 in any 60 seconds', async () => {
	const run = startLimiter();
	for (const number of numbers(500)) {
		run.pass((number * 7919) % 2600);
		await run.request(number);
	}
	expect(mostInAMinute(run.started)).toBeLessThanOrEqual(45);
});

test('a few requests never wait, and learn so', async () => {
	const run = startLimiter();
	expect(await Promise.all(numbers(45).map(run.request))).toEqual(numbers(45).map(() => 0));
	expect(run.elapsed()).toBe(0);
});

test('a request learns how long it waited', async () => {
	const run = startLimiter();
	await Promise.all(numbers(45).map(run.request));
	run.pass(1000);
	expect(await run.request(45)).toBe(60_000);
});

test('no request starts while a 429 pauses all', async () => {
	const run = startLimiter();
	await run.request(0);
	run.limiter.pause(20_000);
	expect(await Promise.all([1, 2, 3].map(run.request))).toEqual([20_000, 20_000, 20_000]);
	expect(run.started.map(({ at }) => at)).toEqual([0, 20_000, 20_000, 20_000]);
});

test('a shorter pause does not end a longer one', async () => {
	const run = startLimiter();
	run.limiter.pause(60_000);
	run.limiter.pause(1000);
	expect(await run.request(0)).toBe(60_000);
});

test('a pause also applies to requests that are waiting already', async () => {
	const run = startLimiter();
	await Promise.all(numbers(45).map(run.request));
	run.duringSleep.push(() => run.limiter.pause(100_000));
	await Promise.all([45, 46].map(run.request));
	expect(run.started.slice(45)).toEqual([
		{ name: 45, at: 130_500 },
		{ name: 46, at: 130_500 },
	]);
});

test.each([86_400_000, 30 * 86_400_000, Infinity, Number.MAX_VALUE])(
	'a pause is never longer than five minutes: %d ms',
	async (ms) => {
		const run = startLimiter();
		run.limiter.pause(ms);
		expect(await run.request(0)).toBe(300_000);
		expect(await run.request(1)).toBe(0);
	},
);

test.each([NaN, -1, 0, -Infinity])(
	'a pause of %d ms is none, and does not end another',
	async (ms) => {
		const run = startLimiter();
		run.limiter.pause(ms);
		expect(await run.request(0)).toBe(0);
		run.limiter.pause(1000);
		run.limiter.pause(ms);
		expect(await run.request(1)).toBe(1000);
	},
);

test('failing fast reports how long, and ends after ten minutes so that requests are tried again', () => {
	const run = startLimiter();
	expect(run.limiter.failFastMs()).toBe(0);
	expect(run.limiter.failFast(86_400_000)).toBe(true);
	expect(run.limiter.failFast(86_400_000)).toBe(false);
	run.pass(599_000);
	expect(run.limiter.failFastMs()).toBe(86_400_000 - 599_000);
	run.pass(1000);
	expect(run.limiter.failFastMs()).toBe(0);
	expect(run.limiter.failFast(NaN)).toBe(true);
	expect(run.limiter.failFastMs()).toBe(0);
});

test('no request waits for times that are ahead because the clock was set back', async () => {
	const run = startLimiter();
	await Promise.all(numbers(45).map(run.request));
	run.limiter.pause(1000);
	run.pass(-40 * 86_400_000);
	expect(await run.request(45)).toBe(0);
});
