import { optionsOf } from '../../faults/options.mjs';
import { between, oneOf, randomOf } from '../../faults/random.mjs';

/** How the runs that kill n8n are chosen. */

test('without options there are 50 kills over 1,000 events of every mode, behind a readiness check', () => {
	const { modes, ...rest } = optionsOf([]);
	expect(modes.map(({ name }) => name)).toEqual([
		'immediately',
		'last-node',
		'polling',
		'retry',
		'retry-polling',
	]);
	expect(rest).toEqual({
		setups: ['sqlite', 'queue'],
		kills: 50,
		events: 1_000,
		seed: '1',
		behindReadiness: true,
	});
});

test('options choose', () => {
	const args = ['--mode', 'retry,last-node', '--setup', 'queue', '--kills', '7', '--short'];
	const { modes, ...rest } = optionsOf([...args, '--seed', 'x', '--no-behind-readiness']);
	expect(modes.map(({ name }) => name)).toEqual(['last-node', 'retry']);
	expect(rest).toMatchObject({ setups: ['queue'], kills: 7, seed: 'x', behindReadiness: false });
});

test.each([
	[['--mode', 'sometimes'], /There is no mode "sometimes", only immediately, /],
	[['--setup', 'mysql'], /There is no setup "mysql", only sqlite, queue/],
	[['--kills', 'many'], /--kills takes a number, not "many"/],
])('%j is refused in plain words', (args, message) => {
	expect(() => optionsOf(args)).toThrow(message);
});

test('a seed gives the same numbers again, and another seed others', () => {
	const numbers = (/** @type {string} */ seed) => {
		const random = randomOf(seed, 'kills');
		return Array.from({ length: 50 }, () => between(random, 10, 20));
	};
	expect(numbers('1')).toEqual(numbers('1'));
	expect(numbers('1')).not.toEqual(numbers('2'));
	expect(new Set(numbers('1')).size).toBe(50);
	expect(Math.min(...numbers('1'))).toBeGreaterThanOrEqual(10);
	expect(Math.max(...numbers('1'))).toBeLessThan(20);
	expect(oneOf(randomOf('1'), ['only'])).toBe('only');
});
