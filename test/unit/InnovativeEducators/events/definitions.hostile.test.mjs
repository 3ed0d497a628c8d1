import fc from 'fast-check';

import {
	innovativeEducators,
	innovativeEducatorsWebhooks,
} from '#dist/nodes/InnovativeEducators/provider.js';
import { typeOf } from '#dist/nodes/InnovativeEducators/events/definitions.js';
import { completion } from '#dist/nodes/InnovativeEducators/events/samples.js';
import { schemaDeviations } from '#dist/nodes/shared/events/identify.js';
import { eventOf, itemOf } from '../../events.mjs';
import { payloadsLike } from '../../replaced.mjs';

const payloads = payloadsLike(completion, 'event');

test('a completion with any values has a short key that stays the same', () => {
	fc.assert(
		fc.property(payloads, (payload) => {
			const result = eventOf(innovativeEducatorsWebhooks, payload);
			expect(result.event).toBe('courseCompletion');
			expect(result.eventKey.length).toBeLessThanOrEqual(200);
			expect(result.eventKey).not.toMatch(/undefined|\[object/);
			expect(eventOf(innovativeEducatorsWebhooks, structuredClone(payload))).toHaveProperty(
				'eventKey',
				result.eventKey,
			);
			for (const difference of schemaDeviations(innovativeEducators, result))
				expect(difference).toMatch(/^[\w.]+: .+/);
		}),
		{ numRuns: 500 },
	);
});

test('the item of any completion has only texts and nulls', () => {
	fc.assert(
		fc.property(payloads, (payload) => {
			const item = itemOf(innovativeEducators, {
				eventKey: 'key',
				provider: 'innovative-educators',
				event: 'courseCompletion',
				payload,
			});
			for (const block of [item.person, item.course, item.refs])
				for (const value of Object.values(block))
					expect(value === null || typeof value === 'string').toBe(true);
			expect(item.payload).toBe(payload);
		}),
		{ numRuns: 500 },
	);
});

test('every filter accepts any completion', () => {
	fc.assert(
		fc.property(payloads, (payload) => {
			for (const filter of innovativeEducators.filters) {
				for (const value of filter.texts({ event: 'courseCompletion', payload }, []) ?? [])
					expect(typeof value).toBe('string');
			}
		}),
		{ numRuns: 500 },
	);
});

test('any object is a completion, another event or a test notification', () => {
	fc.assert(
		fc.property(
			fc.dictionary(fc.constantFrom('event', 'id', 'type', '__proto__'), fc.jsonValue()),
			(payload) => {
				const type = typeOf(/** @type {any} */ (payload));
				const { event } = payload;
				const isName =
					typeof event === 'number' || (typeof event === 'string' && event.trim() !== '');
				expect(type).toBe(isName ? String(event).trim() : 'test_notification');
			},
		),
	);
});
