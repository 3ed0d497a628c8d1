import fc from 'fast-check';

import { built } from '../built.mjs';

/** @type {typeof import('../../../nodes/Jofi/provider.js')} */
const { jofi } = built('./Jofi/provider.js');
/** @type {typeof import('../../../nodes/delivery/recognise.js')} */
const { deviations, recognise } = built('./delivery/recognise.js');
/** @type {typeof import('../../../nodes/delivery/process.js')} */
const { shape } = built('./delivery/process.js');

/** @typedef {import('n8n-workflow').IDataObject} Payload */
/** @typedef {(string | number)[]} Path */

/** Every place inside a value. @param {unknown} value @param {Path} [at] @returns {Path[]} */
function pathsOf(value, at = []) {
	if (typeof value !== 'object' || value === null) return [];
	const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
	return keys.flatMap((key) => {
		const path = [...at, key];
		return [path, ...pathsOf(/** @type {Record<string, unknown>} */ (value)[key], path)];
	});
}

/** Replaces what is at a path, unless an earlier replacement removed it. @param {any} target @param {Path} path @param {unknown} value */
function replace(target, path, value) {
	let parent = target;
	for (const key of path.slice(0, -1)) {
		if (typeof parent !== 'object' || parent === null || !Object.hasOwn(parent, key)) return;
		parent = parent[key];
	}
	if (typeof parent === 'object' && parent !== null) parent[path[path.length - 1]] = value;
}

/** JSON that a careless reader trips over, among any other JSON. */
const values = fc.oneof(
	fc.jsonValue(),
	fc.constantFrom(
		null,
		'',
		'0',
		0,
		-1,
		1e300,
		true,
		[],
		{},
		[null],
		[[]],
		{ toString: null },
		{ toString: 1, valueOf: 1 },
		{ length: 5 },
		{ toJSON: 'x' },
		'x'.repeat(1000),
		'2026-02-03T13:05:12Z',
		'+275760-09-13T00:00:00.001Z',
		'-000001-01-01T00:00:00Z',
		'\u0000',
		'\ud800',
	),
);

describe.each([...jofi.events])('$type with other values anywhere', (definition) => {
	const { sample, type } = definition;
	const paths = pathsOf(sample).filter(([first]) => first !== 'type');
	const payloads = fc
		.array(fc.tuple(fc.constantFrom(...paths), values), { minLength: 1, maxLength: 4 })
		.map((replacements) => {
			const payload = structuredClone(sample);
			for (const [path, value] of replacements) replace(payload, path, structuredClone(value));
			return payload;
		});

	test('is recognised under a short key that stays the same', () => {
		fc.assert(
			fc.property(payloads, (payload) => {
				const body = Buffer.from(JSON.stringify(payload));
				const result = recognise(jofi, payload, body);
				if ('sentence' in result) throw new Error(result.sentence);
				expect(result.eventKey.length).toBeLessThanOrEqual(200);
				expect(result.eventKey).not.toMatch(/undefined|\[object/);
				expect(recognise(jofi, structuredClone(payload), body)).toHaveProperty('eventKey', result.eventKey);
				for (const difference of deviations(result)) expect(difference).toMatch(/^[\w.]+: .+/);
			}),
			{ numRuns: 500 },
		);
	});

	test('becomes an item with a person of texts or nulls', () => {
		fc.assert(
			fc.property(payloads, (payload) => {
				const item = shape(jofi, { eventKey: 'key', event: type, payload });
				const person = /** @type {Payload} */ (item.person);
				expect(Object.keys(person)).toEqual(['email', 'firstName', 'lastName', 'id', 'externalId']);
				for (const value of Object.values(person)) expect(value === null || typeof value === 'string').toBe(true);
				expect(item.payload).toBe(payload);
				expect(JSON.stringify(item)).toContain('"eventKey":"key"');
			}),
			{ numRuns: 500 },
		);
	});

	test('is judged by every filter', () => {
		fc.assert(
			fc.property(payloads, (payload) => {
				for (const filter of jofi.filters) {
					const found = filter.values(payload, type);
					if (found !== undefined) for (const value of found) expect(typeof value).toBe('string');
				}
			}),
			{ numRuns: 500 },
		);
	});
});
