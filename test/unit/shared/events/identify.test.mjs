import fc from 'fast-check';

import { definitionOf, schemaDeviations } from '#dist/nodes/shared/events/identify.js';
import { jofi, jofiWebhooks } from '#dist/nodes/Jofi/provider.js';
import { deliveryOf, identified, outcomeOf } from '../../events.mjs';

/** @typedef {import('n8n-workflow').IDataObject} Payload */

/** @param {Payload} payload @param {string} [bytes] */
const eventOf = (payload, bytes) => identified(jofi, payload, bytes);

const created = jofi.events.find(({ type }) => type === 'test_taker.created');
if (!created) throw new Error('JOFI has no test_taker.created');

/** The sample of test_taker.created with other fields in its object. @param {Payload} fields */
const sampleWith = (fields) => {
	const { object } = /** @type {{ object: Payload }} */ (created.sample.data);
	return { ...created.sample, data: { object: { ...object, ...fields } } };
};

test('a known event is recognized by its type', () => {
	const { event, eventKey, payload } = eventOf(created.sample);
	expect(event).toBe('test_taker.created');
	expect(definitionOf(jofi, event)).toBe(created);
	expect(eventKey).toBe('jofi:test_taker.created:12345');
	expect(payload).toBe(created.sample);
});

test('an unknown type is an event without a definition', () => {
	const { event, eventKey } = eventOf({ type: 'team.renamed', id: 'evt_1' });
	expect(event).toBe('team.renamed');
	expect(definitionOf(jofi, event)).toBeUndefined();
	expect(eventKey).toBe('jofi:team.renamed:evt_1');
});

test.each([
	{},
	{ type: '' },
	{ type: null },
	{ type: {} },
	{ type: [] },
	{ type: true },
	{ event: 'test_taker.created' },
])('%j is no event', async (payload) => {
	expect(
		await outcomeOf(() => jofiWebhooks.decode(deliveryOf(JSON.stringify(payload)), () => '')),
	).toEqual({
		status: 400,
		sentence: 'The body is not an event of JOFI.',
	});
});

test.each(['constructor', '__proto__', 'toString'])(
	'a type named %s is only an unknown type',
	(type) => {
		expect(definitionOf(jofi, eventOf({ type, id: 'evt_1' }).event)).toBeUndefined();
	},
);

describe('the key', () => {
	test("is the provider's event id when the object has no key", () => {
		expect(eventOf(sampleWith({ id: null })).eventKey).toBe(
			'jofi:test_taker.created:evt_1a2b3c4d5e6f',
		);
	});

	test('is a digest of the bytes when there is neither', () => {
		const payload = { type: 'team.renamed' };
		const { eventKey } = eventOf(payload, 'first');
		expect(eventKey).toMatch(/^jofi:team\.renamed:sha256-[0-9a-f]{32}$/);
		expect(eventOf(payload, 'first').eventKey).toBe(eventKey);
		expect(eventOf(payload, 'other').eventKey).not.toBe(eventKey);
	});

	test('is the same for another delivery of the event', () => {
		const again = {
			...sampleWith({ first_name: 'Lynn' }),
			id: 'evt_other',
			created_at: '2026-03-01T00:00:00Z',
		};
		expect(eventOf(again).eventKey).toBe(eventOf(created.sample).eventKey);
	});

	test('stays short and distinct whatever the sender writes', () => {
		const long = fc.string({ minLength: 150, maxLength: 400 });
		fc.assert(
			fc.property(long, long, (type, id) => {
				const { eventKey } = eventOf({ type, id });
				expect(eventKey.length).toBeLessThanOrEqual(200);
				expect(eventOf({ type, id }).eventKey).toBe(eventKey);
				expect(eventOf({ type, id: `${id}x` }).eventKey).not.toBe(eventKey);
			}),
		);
	});
});

describe('what differs from the documentation', () => {
	/** @param {Payload} payload */
	const differences = (payload) => schemaDeviations(jofi, eventOf(payload));

	test('is nothing in a sample', () => {
		expect(differences(created.sample)).toEqual([]);
	});

	test('is nothing when the provider adds fields', () => {
		expect(differences({ ...sampleWith({ score: 1 }), added: true })).toEqual([]);
	});

	test('is nothing in an event that is not known', () => {
		expect(differences({ type: 'team.renamed', data: 7 })).toEqual([]);
	});

	test('names the path and what was expected, and no value', () => {
		const payload = sampleWith({
			email: 5_551_234,
			assigned_assessments: [{ id: 'confidential', assessment: null }],
		});
		const deviations = differences(payload);
		expect(deviations).toHaveLength(3);
		expect(deviations[0]).toMatch(/^data\.object\.email: Expected string/);
		expect(deviations[1]).toMatch(/^data\.object\.assigned_assessments\.0\.id: Expected number/);
		expect(deviations[2]).toMatch(
			/^data\.object\.assigned_assessments\.0\.assessment: Expected object/,
		);
		expect(deviations.join()).not.toMatch(/5551234|confidential/);
	});

	test('is cut off at ten', () => {
		const assigned_assessments = Array.from({ length: 500 }, () => null);
		expect(differences(sampleWith({ assigned_assessments }))).toHaveLength(10);
	});
});
