import fc from 'fast-check';

import { regpack } from '#dist/nodes/Regpack/provider.js';
import { polledRegpack } from '#dist/nodes/Regpack/polling/definitions.js';
import { extraOfDetails, personIn, withSampleDetails } from '#dist/nodes/Regpack/events/details.js';
import { records } from '#dist/nodes/Regpack/events/samples.js';
import { itemSchema } from '#dist/nodes/shared/events/contract.js';
import { sampleItems } from '#dist/nodes/shared/events/samples.js';
import { itemOf, RECEPTION } from '../../events.mjs';
import { payloadsLike } from '../../replaced.mjs';

/** @typedef {import('n8n-workflow').IDataObject} Payload */

/** An event with a fetched record. @param {Payload} payload @param {any} user */
const withRecord = (payload, user, fields = {}) => ({
	eventKey: 'key',
	provider: 'regpack',
	event: 'payment_event',
	payload,
	extra: extraOfDetails(
		{ status: 'fetched', error: null, emailOf: 'user', user, parent: null },
		personIn(user, fields),
	),
});

const ADA = {
	user_info: { clogin_id: '200001', group_id: '100000001', connected_to: '200001' },
	meta_info: {
		u_name: 'Ada Sample',
		status_id: '70001',
		status_name: 'Accepted',
		completed_forms: '1',
		total_forms: '2',
		total_order: '120.00',
		total_paid: '20.00',
		total_balance: '100.00',
	},
	doc: { main_email: 'ada@example.org', mobile: '555 0100' },
};

test('the record fills what the event lacks', () => {
	const item = itemOf(
		regpack,
		withRecord({ user_info: { clogin_id: '200001' } }, ADA, { phone: 'mobile' }),
	);
	expect(item).toMatchObject({
		title: 'A payment of Ada Sample changed',
		person: { name: 'Ada Sample', email: 'ada@example.org', phone: '555 0100', id: '200001' },
		registration: {
			project: '100000001',
			status: 'Accepted',
			statusId: '70001',
			isChild: false,
			formsCompleted: 1,
			formsTotal: 2,
			order: 120,
			paid: 20,
			balance: 100,
		},
		details: { user: ADA, emailOf: 'user' },
	});
	expect(item.details.user).toBe(ADA);
});

test('what the event says wins, and is not mixed with what the record says later', () => {
	const meta_info = { u_name: 'Ada Then', status_id: '0', status_name: null, total_paid: '5.00' };
	const { person, registration } = itemOf(
		regpack,
		withRecord({ user_info: { clogin_id: '200001' }, meta_info }, ADA),
	);
	expect(person.name).toBe('Ada Then');
	expect(registration).toMatchObject({ status: null, statusId: '0', formsTotal: 2 });
	// Of what was ordered, paid and owed, one without the others would not add up.
	expect(registration).toMatchObject({ order: null, paid: 5, balance: null });
});

test.each([
	['beside the two parts', { ...ADA, doc: undefined, main_email: 'x@example.org' }],
	['in doc', { ...ADA, doc: { main_email: 'x@example.org' } }],
	[
		'in doc of the metadata',
		{ ...ADA, doc: undefined, meta_info: { doc: { main_email: 'x@example.org' } } },
	],
])('a value of get_info is read %s', (_, record) => {
	expect(personIn(record, {}).email).toBe('x@example.org');
});

test('a field that is named like a property of all objects is none', () => {
	expect(personIn(ADA, { phone: 'constructor', externalId: '__proto__' })).toMatchObject({
		phone: null,
		externalId: null,
	});
});

test.each(regpack.events.map(({ type }) => type))(
	'a sample of %s with user details has an address for each person',
	(type) => {
		const items = sampleItems(regpack, type, RECEPTION, false, withSampleDetails);
		expect(items.length).toBeGreaterThan(0);
		for (const item of items) {
			expect(item).toMatchObject({
				person: { email: expect.stringMatching(/@example\.com$/), name: expect.any(String) },
				details: { status: 'fetched', user: { user_info: { clogin_id: expect.any(String) } } },
			});
			expect(itemSchema(regpack.blocks).safeParse(item).error).toBeUndefined();
		}
	},
);

test.each([regpack, polledRegpack])('any record keeps the contract', (provider) => {
	fc.assert(
		fc.property(payloadsLike(ADA, ''), payloadsLike(records['200001'], ''), (payload, user) => {
			for (const { type } of provider.events) {
				const item = itemOf(provider, {
					...withRecord(payload, user, { phone: 'mobile' }),
					event: type,
				});
				expect(itemSchema(provider.blocks).safeParse(item).error).toBeUndefined();
			}
		}),
		{ numRuns: 100 },
	);
});
