import fc from 'fast-check';

import { MAX_FIELDS, objectOfFields } from '#dist/nodes/shared/webhook/parseForm.js';
import { MAX_DEPTH } from '#dist/nodes/shared/values/json.js';
import { processorMs } from '../../clock.mjs';

/** @param {number} count @param {(index: number) => string} nameOf @returns {[string, string][]} */
const fields = (count, nameOf) => Array.from({ length: count }, (_, index) => [nameOf(index), 'x']);

/** Milliseconds that a hostile form may take on a busy machine; half a second is usual. */
const SOON = 5000;

/** @param {[string, string][]} given */
function builtSoon(given) {
	const start = processorMs();
	const object = objectOfFields(given);
	expect(processorMs() - start).toBeLessThan(SOON);
	return object;
}

describe('what is too much is given up soon', () => {
	test.each([
		['empty brackets', '[]'],
		['brackets', '[b]'],
		['brackets that open', '['],
		['brackets that close', ']'],
	])('100,000 %s in a name', (_, brackets) => {
		const name = `a${brackets.repeat(100_000)}`;
		expect(builtSoon([[name, 'x']])).toEqual(brackets.length > 1 ? undefined : { [name]: 'x' });
	});

	test('as many brackets as may be, in 50,000 names', () => {
		expect(builtSoon(fields(50_000, () => `a${'[]'.repeat(MAX_DEPTH - 1)}`))).toBeUndefined();
		expect(
			builtSoon(fields(50_000, (index) => `a${index}${'[b]'.repeat(MAX_DEPTH - 1)}`)),
		).toBeUndefined();
	});

	test('more objects than there may be fields', () => {
		expect(builtSoon(fields(MAX_FIELDS, (index) => `a[${index}][b]`))).toBeUndefined();
	});
});

describe('large input is read quickly', () => {
	test('100,000 elements of a list', () => {
		expect(builtSoon(fields(100_000, () => 'a[]'))?.a).toHaveLength(100_000);
		expect(builtSoon(fields(100_000, (index) => `a[${index}]`))?.a).toHaveLength(100_000);
		expect(builtSoon(fields(100_000, (index) => `a[${99_999 - index}]`))?.a).toHaveLength(100_000);
	});

	test('100,000 names', () => {
		expect(Object.keys(builtSoon(fields(100_000, (index) => `a${index}`)) ?? {})).toHaveLength(
			100_000,
		);
	});

	test('as many levels as may be, and no more', () => {
		const nested = (/** @type {number} */ levels) =>
			objectOfFields([[`a${'[b]'.repeat(levels - 1)}`, 'x']]);
		expect(JSON.stringify(nested(MAX_DEPTH))).toBe(
			`{"a":${'{"b":'.repeat(MAX_DEPTH - 1)}"x"${'}'.repeat(MAX_DEPTH)}`,
		);
		expect(nested(MAX_DEPTH + 1)).toBeUndefined();
	});
});

test.each([
	'4294967294',
	'4294967295',
	'4294967296',
	'9007199254740993',
	'9'.repeat(400),
	'-1',
	'1e9',
	'0x10',
])('the number %s is a name and makes no long list', (index) => {
	expect(objectOfFields([[`a[${index}]`, 'x']])).toEqual({ a: { [index]: 'x' } });
	expect(
		objectOfFields([
			[`a[${index}]`, 'x'],
			['a[]', 'y'],
		])?.a,
	).not.toBeInstanceOf(Array);
});

describe.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'length'])(
	'a field named %s',
	(name) => {
		test.each([
			[[[name, 'x']], `{"${name}":"x"}`],
			[[[`${name}[polluted]`, 'x']], `{"${name}":{"polluted":"x"}}`],
			[[[`a[${name}]`, 'x']], `{"a":{"${name}":"x"}}`],
			[[[`a[${name}][polluted]`, 'x']], `{"a":{"${name}":{"polluted":"x"}}}`],
			[
				[[`a[${name}][prototype][polluted]`, 'x']],
				`{"a":{"${name}":{"prototype":{"polluted":"x"}}}}`,
			],
			[[['a', `{"${name}":{"polluted":"x"}}`]], `{"a":{"${name}":{"polluted":"x"}}}`],
		])('is the data that it is in JSON: %j', (given, json) => {
			const object = objectOfFields(/** @type {[string, string][]} */ (given));
			expect(JSON.stringify(object)).toBe(json);
			for (const value of [{}, [], () => {}]) expect(value).not.toHaveProperty('polluted');
		});
	},
);

test('any fields make an object, or none', () => {
	const names = fc.oneof(
		fc.string({ unit: 'binary' }),
		fc
			.array(
				fc.constantFrom(
					'a',
					'[',
					']',
					'[]',
					'][',
					'0',
					'1',
					'__proto__',
					'[constructor]',
					'4294967295',
				),
				{ maxLength: 12 },
			)
			.map((parts) => parts.join('')),
	);
	fc.assert(
		fc.property(
			fc.array(fc.tuple(names, fc.oneof(fc.string({ unit: 'binary' }), fc.json()))),
			(given) => {
				const object = objectOfFields(given);
				expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
				expect(() => JSON.stringify(object)).not.toThrow();
				expect(Object.keys(Object.prototype)).toEqual([]);
			},
		),
		{ numRuns: 2000 },
	);
});
