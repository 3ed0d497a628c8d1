import { regpack } from '#dist/nodes/Regpack/provider.js';
import { split as parts } from '#dist/nodes/Regpack/events/split.js';
import { identifyAll } from '#dist/nodes/shared/events/identify.js';
import { itemOf } from '../../events.mjs';

/** @typedef {import('n8n-workflow').IDataObject} Payload */

const ada = { clogin_id: '200001', group_id: '100000001' };
const bea = { clogin_id: '200002', group_id: '100000001' };
const progress = (/** @type {string} */ name) => ({
	u_name: name,
	status_id: '70001',
	status_name: 'Waitlisted',
	total_paid: '20.00',
});

/** @param {object} payload */
const split = (payload) => [...parts('status_update', /** @type {Payload} */ (payload))];

/** The items of all parts. @param {object} payload */
function itemsOf(payload) {
	const events = identifyAll(
		regpack,
		[{ type: 'status_update', payload: /** @type {Payload} */ (payload) }],
		Buffer.from('{}'),
	);
	return Array.from(events, (event) => itemOf(regpack, event));
}

test.each([
	['one user', { user_info: ada, meta_info: progress('Ada') }],
	['an empty list', { user_info: [], meta_info: progress('Ada') }],
	['no user_info', { meta_info: progress('Ada') }],
	['a text', { user_info: '200001' }],
	['one user with an empty part', { user_info: { ...ada, 7: {} }, meta_info: progress('Ada') }],
	['an empty object', { user_info: {}, meta_info: progress('Ada') }],
	['one with fields that are objects', { user_info: { clogin_id: {}, group_id: {} } }],
	['one with numbers for keys, and texts', { user_info: { 200001: 'Ada', 200002: 'Bea' } }],
])('%s is one payload, as it came', (_, payload) => {
	const given = split(payload);
	expect(given).toHaveLength(1);
	expect(given[0].payload).toBe(payload);
	expect(given[0].extra).toBeUndefined();
});

test('a list of users is a payload for each, with all else', () => {
	const payload = {
		user_info: [ada, bea],
		meta_info: progress('Ada'),
		status: { id: 1 },
		tag_info: ['x'],
	};
	const before = structuredClone(payload);
	expect(split(payload).map((part) => part.payload)).toEqual([
		{ ...payload, user_info: ada },
		{ ...payload, user_info: bea },
	]);
	expect(payload).toEqual(before);
});

test('a list of one user is all about this one', () => {
	expect(split({ user_info: [ada], meta_info: progress('Ada') })).toMatchObject([
		{ payload: { user_info: ada, meta_info: progress('Ada') } },
	]);
	expect(itemsOf({ user_info: [ada], meta_info: progress('Ada') })).toMatchObject([
		{ person: { id: '200001', name: 'Ada' }, registration: { paid: 20 } },
	]);
});

test('lists of the same length belong together in their order', () => {
	const payload = { user_info: [ada, bea], meta_info: [progress('Ada'), progress('Bea')] };
	expect(split(payload).map((part) => part.payload.meta_info)).toEqual(payload.meta_info);
	expect(itemsOf(payload)).toMatchObject([
		{ person: { id: '200001', name: 'Ada' }, registration: { paid: 20 } },
		{ person: { id: '200002', name: 'Bea' }, registration: { paid: 20 } },
	]);
});

test('of a single meta_info only the status is believed of all', () => {
	const items = itemsOf({ user_info: [ada, bea], meta_info: progress('Ada') });
	for (const item of items) {
		expect(item).toMatchObject({
			person: { name: null },
			registration: { statusId: '70001', status: 'Waitlisted', paid: null },
		});
		expect(item.payload.meta_info).toEqual(progress('Ada'));
	}
	expect(items.map(({ person }) => person.id)).toEqual(['200001', '200002']);
});

test.each([
	['missing', undefined],
	['null', null],
	['a text', 'Waitlisted'],
	['a list of another length', [progress('Ada')]],
])('a meta_info that is %s belongs to no user, and stays in the payload', (_, meta_info) => {
	const items = itemsOf({ user_info: [ada, bea], meta_info });
	expect(items).toMatchObject([
		{ person: { id: '200001' }, registration: { statusId: null } },
		{ person: { id: '200002' }, registration: { statusId: null } },
	]);
	for (const { payload } of items) expect(payload.meta_info).toEqual(meta_info);
});

test('users that are not objects are split too, without a person', () => {
	expect(
		itemsOf({ user_info: ['200001', null, 7, [ada]], meta_info: {} }).map(({ person, payload }) => [
			person.id,
			payload.user_info,
		]),
	).toEqual([
		[null, '200001'],
		[null, null],
		[null, 7],
		[null, [ada]],
	]);
});

test('each has its own key, unless the content is the same', () => {
	const keys = itemsOf({ user_info: [ada, bea, ada] }).map(({ eventKey }) => eventKey);
	expect(new Set(keys).size).toBe(2);
	expect(keys[0]).toBe(keys[2]);
});

describe('an object of users keyed by ID', () => {
	const user_info = { 200001: ada, 200002: bea };

	test('is a payload for each, with all else', () => {
		const payload = { user_info, meta_info: progress('Ada'), status: { id: 1 } };
		const before = structuredClone(payload);
		expect(split(payload).map((part) => part.payload)).toEqual([
			{ ...payload, user_info: ada },
			{ ...payload, user_info: bea },
		]);
		expect(payload).toEqual(before);
		expect(itemsOf(payload)).toMatchObject([
			{
				person: { id: '200001', name: null },
				registration: { status: 'Waitlisted' },
			},
			{
				person: { id: '200002', name: null },
				registration: { status: 'Waitlisted' },
			},
		]);
	});

	test('of one user is all about this one', () => {
		expect(itemsOf({ user_info: { 200001: ada }, meta_info: progress('Ada') })).toMatchObject([
			{ person: { id: '200001', name: 'Ada' } },
		]);
	});

	test('belongs to a meta_info with the same keys, and so does a list of users', () => {
		const meta_info = { 200002: progress('Bea'), 200001: progress('Ada') };
		for (const users of [user_info, [ada, bea]]) {
			expect(itemsOf({ user_info: users, meta_info })).toMatchObject([
				{ person: { id: '200001', name: 'Ada' } },
				{ person: { id: '200002', name: 'Bea' } },
			]);
		}
		expect(itemsOf({ user_info: [bea, ada], meta_info })).toMatchObject([
			{ person: { name: 'Bea' } },
			{ person: { name: 'Ada' } },
		]);
	});

	test.each([
		['a list, as an object has no order', [progress('Ada'), progress('Bea')]],
		['keyed, with somebody missing', { 200001: progress('Ada') }],
		[
			'keyed, with somebody else',
			{ 200001: progress('Ada'), 200002: progress('Bea'), 200003: progress('Cy') },
		],
	])('is not distinguished by a meta_info that is %s', (_, meta_info) => {
		const items = itemsOf({ user_info, meta_info });
		expect(items).toMatchObject([
			{ person: { id: '200001', name: null } },
			{ person: { id: '200002', name: null } },
		]);
		for (const { payload } of items) expect(payload.meta_info).toEqual(meta_info);
	});

	test('names those who have no ID of their own, unless the keys may be mere positions', () => {
		const { clogin_id, ...nameless } = ada;
		expect(
			itemsOf({ user_info: { 200001: nameless, 200002: { ...nameless, clogin_id: null } } }),
		).toMatchObject([{ person: { id: '200001' } }, { person: { id: '200002' } }]);
		expect(itemsOf({ user_info: { 0: nameless, 2: nameless } })).toMatchObject([
			{ person: { id: null } },
			{ person: { id: null } },
		]);
		expect(itemsOf({ user_info: { 0: ada, 2: bea } })).toMatchObject([
			{ person: { id: '200001' } },
			{ person: { id: '200002' } },
		]);
	});

	test('has the keys of the same users in a list', () => {
		const keys = (/** @type {object} */ users) =>
			itemsOf({ user_info: users, meta_info: progress('Ada') }).map(({ eventKey }) => eventKey);
		expect(keys(user_info)).toEqual(keys([ada, bea]));
	});
});
