import { amountIn, countIn } from '#dist/nodes/Regpack/events/numbers.js';
import { processorMs } from '../../clock.mjs';

test.each([
	['120.00', 120],
	['0.00', 0],
	['-20.50', -20.5],
	[' 7 ', 7],
	[7, 7],
	[0.5, 0.5],
	[1.234, 1.234],
	['0012', 12],
	['1,234.00', 1234],
	['-1,234.56', -1234.56],
	['1.234,00', 1234],
	['1.234,5', 1234.5],
	['12,345,678', 12345678],
	['12.345.678', 12345678],
	['12,345,678.90', 12345678.9],
	['1 234,00', 1234],
	['1\u00a0234.00', 1234],
	['1\u202f234,5', 1234.5],
	["1'234'567.00", 1234567],
	['1 234', 1234],
	['120,00', 120],
	['1234,5', 1234.5],
	['1234.567', 1234.567],
	['0.123', 0.123],
	['1,23.00', null],
	['1,234,56', null],
	['1,234.567.890', null],
	['1,234 567', null],
	['1234,567.00', null],
	[',234', null],
	['$5', null],
	['$1,234.00', null],
	['1e3', null],
	['0x10', null],
	['.5', null],
	['5.', null],
	['', null],
	['NaN', null],
	['9'.repeat(400), null],
	[NaN, null],
	[Infinity, null],
	[true, null],
	[null, null],
	[undefined, null],
	[['5'], null],
	[{}, null],
])('%j as an amount and as a count is %j', (value, expected) => {
	expect(amountIn(value)).toBe(expected);
	expect(countIn(value)).toBe(expected);
});

test.each([
	['1,234', 1234],
	['1.234', 1234],
	['-12,345', -12345],
	['999.999', 999999],
])('%j is %j things, and no amount, as that may be another', (value, count) => {
	expect(countIn(value)).toBe(count);
	expect(amountIn(value)).toBeNull();
});

test('a long text is not a number, and is rejected quickly', () => {
	const begun = processorMs();
	for (const text of [
		'1,234'.padEnd(1_000_000, ',234'),
		'1'.repeat(1_000_000),
		`1${' '.repeat(1_000_000)}2`,
	])
		expect(amountIn(text)).toBeNull();
	expect(processorMs() - begun).toBeLessThan(250);
});
