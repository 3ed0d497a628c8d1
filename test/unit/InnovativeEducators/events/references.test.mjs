import {
	innovativeEducators as provider,
	innovativeEducatorsWebhooks as source,
} from '#dist/nodes/InnovativeEducators/provider.js';
import { itemSchema } from '#dist/nodes/shared/events/contract.js';
import { deliveryOf, eventOf, itemOf } from '../../events.mjs';

const completion = provider.events[0].sample;

/**
 * The event of a delivery to a trigger with these names for references.
 *
 * @param {unknown} values
 * @param {object} [payload]
 */
function named(values, payload = completion) {
	const settings = { referenceNames: { values } };
	const [event] = source.decode(deliveryOf(JSON.stringify(payload)), (name, fallback) =>
		name === 'settings' ? settings : fallback,
	);
	return { event, item: itemOf(provider, event) };
}

const STUDENT = { ref: 'ref1', name: 'Student ID' };

test('without names, references is empty', () => {
	expect(itemOf(provider, eventOf(source, completion)).references).toEqual({});
	for (const values of [undefined, null, [], {}, 'x', [null, 1, []]])
		expect(named(values).item.references).toEqual({});
});

test('an item has the values under their names, and everything else as before', () => {
	const { item, event } = named([STUDENT, { ref: 'ref3', name: 'Term' }]);
	const plain = eventOf(source, completion);
	const { references, ...rest } = item;
	expect(references).toEqual({ 'Student ID': '000123456', Term: null });
	const { references: none, ...before } = itemOf(provider, plain);
	expect(rest).toEqual(before);
	expect(event.eventKey).toBe(plain.eventKey);
	expect(item.payload).toEqual(completion);
	expect(itemSchema(provider.blocks).safeParse(item).error?.issues).toBeUndefined();
});

test('every event has the same names, whatever it is', () => {
	for (const payload of [
		{ ...completion, event: 'courseEnrollment' },
		{ event: 'courseEnrollment' },
		{ hello: 'test' },
		{ ...completion, userDetail: 'none' },
	]) {
		const { item } = named([STUDENT], payload);
		expect(Object.keys(item.references)).toEqual(['Student ID']);
		expect(itemSchema(provider.blocks).safeParse(item).error?.issues).toBeUndefined();
	}
});

test('an event without an ID has the same key with and without names', () => {
	const { id, ...bare } = completion;
	expect(named([STUDENT], bare).event.eventKey).toBe(eventOf(source, bare).eventKey);
});

test('one reference may have two names, and of two equal names the first counts', () => {
	expect(
		named([
			STUDENT,
			{ ref: 'ref2', name: ' Student ID ' },
			{ ref: 'ref2', name: 'Program' },
			{ ref: 'ref2', name: 'Major' },
		]).item.references,
	).toEqual({ 'Student ID': '000123456', Program: 'Nursing', Major: 'Nursing' });
});

test('a schema refuses references that are no texts', () => {
	const { item } = named([STUDENT]);
	const broken = { ...item, references: { 'Student ID': 7 } };
	expect(itemSchema(provider.blocks).safeParse(broken).success).toBe(false);
});
