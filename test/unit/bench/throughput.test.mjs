import { optionsOf } from '../../bench/throughput/options.mjs';
import { latencyOf, memoryAim, ratiosOf } from '../../bench/throughput/summary.mjs';

/**
 * A case's figures, of deliveries a second and of milliseconds, a value for each round.
 *
 * @param {number[]} perSecond
 * @param {number[]} single
 */
const figures = (perSecond, single = []) => ({
	saturated: perSecond.map((each) => ({ perSecond: each, executed: each, cpuMs: 1 })),
	single: single.map((each) => [each]),
	fifth: [],
	large: [],
	largeSingle: [],
});

describe('the options of npm run bench', () => {
	test('measure all engines, all sides and queue mode', () => {
		const { engines, sides, queue, plan } = optionsOf([]);
		expect(engines).toEqual(['default', 'lazy', 'cache', 'legacy', 'quickjs']);
		expect(sides).toEqual(['A', 'M', 'B', 'C', 'D']);
		expect([queue, plan.rounds, plan.deliveries]).toEqual([true, 5, 10_000]);
	});

	test('measure two engines in a quick run, and queue mode only when asked to', () => {
		const { engines, queue, plan } = optionsOf(['--quick']);
		expect([engines, queue, plan.rounds]).toEqual([['default', 'lazy'], false, 3]);
		expect(optionsOf(['--quick', '--queue']).queue).toBe(true);
		expect(optionsOf(['--no-queue']).queue).toBe(false);
	});

	test('choose engines and sides', () => {
		const { engines, sides } = optionsOf(['--engines', 'legacy,lazy', '--sides', 'B,A']);
		expect([engines, sides]).toEqual([
			['lazy', 'legacy'],
			['A', 'B'],
		]);
	});

	test('refuse what does not exist', () => {
		expect(() => optionsOf(['--engines', 'fast'])).toThrow('There is no engine "fast"');
		expect(() => optionsOf(['--sides', 'A,Z'])).toThrow('There is no side "Z"');
	});
});

describe('a ratio', () => {
	const run = {
		name: 'lazy',
		figures: {
			A: figures([10, 100, 20], [40, 10, 20]),
			B: figures([20, 100, 30], [10, 10, 8]),
			M: figures([10, 10, 10], [10, 10, 10]),
		},
	};

	test("is the median of the rounds' own ratios", () => {
		const ratio = ratiosOf(run).find(({ name }) => name === 'B/A');
		expect(ratio).toEqual({
			run: 'lazy',
			name: 'B/A',
			median: 1.5,
			low: 1,
			high: 2,
			aim: { atLeast: 1 },
			kept: true,
		});
	});

	test('of latencies is to be small', () => {
		const ratio = ratiosOf(run).find(({ name }) => name === 'p50 B/A');
		expect([ratio?.median, ratio?.aim, ratio?.kept]).toEqual([0.4, { atMost: 0.5 }, true]);
		const other = { ...run, figures: { ...run.figures, B: figures([1, 1, 1], [30, 9, 20]) } };
		expect(ratiosOf(other).find(({ name }) => name === 'p50 B/A')?.kept).toBe(false);
	});

	test('exists only of sides that ran, and has a target only where there is one', () => {
		const ratios = ratiosOf({ ...run, name: 'cache' });
		expect(ratios.map(({ name }) => name)).toEqual(['B/M', 'B/A', 'p50 B/M', 'p50 B/A']);
		expect(ratios.filter(({ aim }) => aim)).toEqual([]);
	});
});

test('percentiles are of all rounds together, the spread is of the rounds', () => {
	const rounds = [Array.from({ length: 50 }, (_, at) => at + 1), [51, 52, 100]];
	expect(latencyOf(rounds)).toEqual({
		p50: { median: 27, low: 25.5, high: 52 },
		p95: 51,
		p99: 100,
		count: 53,
	});
	expect(latencyOf([])).toBeUndefined();
});

test('refused deliveries have a limit of memory, accepted ones have none', () => {
	const memory = { deliveries: 1, before: 0, loaded: 0, paused: 0, collected: 0, isolates: 0 };
	expect(memoryAim({ ...memory, name: 'refused', growth: 20 })?.kept).toBe(true);
	expect(memoryAim({ ...memory, name: 'refused', growth: 20.1 })?.kept).toBe(false);
	expect(memoryAim({ ...memory, name: 'B', growth: 500 })).toBeUndefined();
});
