import fc from 'fast-check';

import { built } from '../../built.mjs';

/** @type {typeof import('../../../../nodes/shared/events/identify.js')} */
const { schemaDeviations, identify } = built('./shared/events/identify.js');
/** @type {typeof import('../../../../nodes/Jofi/provider.js')} */
const { jofi } = built('./Jofi/provider.js');

/** @typedef {import('n8n-workflow').IDataObject} Payload */

/** @param {Payload} payload @param {string} [bytes] */
function recognised(payload, bytes = JSON.stringify(payload)) {
	const result = identify(jofi, payload, Buffer.from(bytes));
	if ('sentence' in result) throw new Error(result.sentence);
	return result;
}

const created = jofi.events.find(({ type }) => type === 'test_taker.created');
if (!created) throw new Error('JOFI has no test_taker.created');

/** The sample of test_taker.created with other fields in its object. @param {Payload} fields */
const sampleWith = (fields) => {
	const { object } = /** @type {{ object: Payload }} */ (created.sample.data);
	return { ...created.sample, data: { object: { ...object, ...fields } } };
};

test('a known event is recognised by its type', () => {
	const { type, definition, eventKey, payload } = recognised(created.sample);
	expect(type).toBe('test_taker.created');
	expect(definition).toBe(created);
	expect(eventKey).toBe('jofi:test_taker.created:12345');
	expect(payload).toBe(created.sample);
});

test('an unknown type is an event without a definition', () => {
	const { type, definition, eventKey } = recognised({ type: 'team.renamed', id: 'evt_1' });
	expect(type).toBe('team.renamed');
	expect(definition).toBeUndefined();
	expect(eventKey).toBe('jofi:team.renamed:evt_1');
});

test.each([{}, { type: '' }, { type: null }, { type: {} }, { type: [] }, { type: true }, { event: 'test_taker.created' }])(
	'%j is no event',
	(payload) => {
		expect(identify(jofi, payload, Buffer.from('{}'))).toEqual({
			status: 400,
			sentence: 'The body is not an event of JOFI.',
		});
	},
);

test.each(['constructor', '__proto__', 'toString'])('a type named %s is only an unknown type', (type) => {
	expect(recognised({ type, id: 'evt_1' }).definition).toBeUndefined();
});

describe('the key', () => {
	test("is the provider's id of the event when the object does not tell", () => {
		expect(recognised(sampleWith({ id: null })).eventKey).toBe('jofi:test_taker.created:evt_1a2b3c4d5e6f');
	});

	test('is a digest of the bytes when nothing tells', () => {
		const payload = { type: 'team.renamed' };
		const { eventKey } = recognised(payload, 'first');
		expect(eventKey).toMatch(/^jofi:team\.renamed:sha256-[0-9a-f]{32}$/);
		expect(recognised(payload, 'first').eventKey).toBe(eventKey);
		expect(recognised(payload, 'other').eventKey).not.toBe(eventKey);
	});

	test('is the same for another delivery of the event', () => {
		const again = { ...sampleWith({ first_name: 'Lynn' }), id: 'evt_other', created_at: '2026-03-01T00:00:00Z' };
		expect(recognised(again).eventKey).toBe(recognised(created.sample).eventKey);
	});

	test('stays short and distinct whatever the sender writes', () => {
		const long = fc.string({ minLength: 150, maxLength: 400 });
		fc.assert(
			fc.property(long, long, (type, id) => {
				const { eventKey } = recognised({ type, id });
				expect(eventKey.length).toBeLessThanOrEqual(200);
				expect(recognised({ type, id }).eventKey).toBe(eventKey);
				expect(recognised({ type, id: `${id}x` }).eventKey).not.toBe(eventKey);
			}),
		);
	});
});

describe('what differs from the documentation', () => {
	/** @param {Payload} payload */
	const differences = (payload) => schemaDeviations(recognised(payload));

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
		const payload = sampleWith({ email: 5_551_234, assigned_assessments: [{ id: 'confidential', assessment: null }] });
		const told = differences(payload);
		expect(told).toHaveLength(3);
		expect(told[0]).toMatch(/^data\.object\.email: Expected string/);
		expect(told[1]).toMatch(/^data\.object\.assigned_assessments\.0\.id: Expected number/);
		expect(told[2]).toMatch(/^data\.object\.assigned_assessments\.0\.assessment: Expected object/);
		expect(told.join()).not.toMatch(/5551234|confidential/);
	});

	test('is cut off at ten', () => {
		const assigned_assessments = Array.from({ length: 500 }, () => null);
		expect(differences(sampleWith({ assigned_assessments }))).toHaveLength(10);
	});
});
