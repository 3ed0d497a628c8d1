import { optionsOf } from '../../hostile/options.mjs';

/** How much the hostile run delivers. */

test('without options there are 100,000 deliveries, and memory is checked after 10,000 refusals', () => {
	expect(optionsOf([])).toMatchObject({
		deliveries: 100_000,
		requests: 5_000,
		flood: 10_000,
		checksMemory: true,
		slow: 40,
		seed: 1,
	});
});

test('a short run is smaller, and does not judge memory by few refusals', () => {
	expect(optionsOf(['--short', '--seed', '7'])).toMatchObject({
		deliveries: 5_000,
		requests: 300,
		flood: 500,
		checksMemory: false,
		seed: 7,
	});
});

test('a seed that is no number is refused in plain words', () => {
	expect(() => optionsOf(['--seed', 'x'])).toThrow(/--seed takes a number .* not "x"/);
});
