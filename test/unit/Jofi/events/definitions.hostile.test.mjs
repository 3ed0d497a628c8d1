import fc from 'fast-check';

import { jofi } from '#dist/nodes/Jofi/provider.js';
import { schemaDeviations } from '#dist/nodes/shared/events/identify.js';
import { identified, itemOf } from '../../events.mjs';
import { payloadsLike } from '../../replaced.mjs';

/** @typedef {import('n8n-workflow').IDataObject} Payload */

describe.each([...jofi.events])('$type with other values anywhere', (definition) => {
	const { sample, type } = definition;
	const payloads = payloadsLike(sample, 'type');

	test('is recognised under a short key that stays the same', () => {
		fc.assert(
			fc.property(payloads, (payload) => {
				const result = identified(jofi, payload);
				expect(result.eventKey.length).toBeLessThanOrEqual(200);
				expect(result.eventKey).not.toMatch(/undefined|\[object/);
				expect(identified(jofi, structuredClone(payload))).toHaveProperty(
					'eventKey',
					result.eventKey,
				);
				for (const difference of schemaDeviations(jofi, result))
					expect(difference).toMatch(/^[\w.]+: .+/);
			}),
			{ numRuns: 500 },
		);
	});

	test('becomes an item with a person of texts or nulls', () => {
		fc.assert(
			fc.property(payloads, (payload) => {
				const item = itemOf(jofi, { eventKey: 'key', provider: 'jofi', event: type, payload });
				const person = /** @type {Payload} */ (item.person);
				for (const value of Object.values(person))
					expect(value === null || typeof value === 'string').toBe(true);
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
					const found = filter.texts({ event: type, payload }, []);
					if (found !== undefined) for (const value of found) expect(typeof value).toBe('string');
				}
			}),
			{ numRuns: 500 },
		);
	});
});
