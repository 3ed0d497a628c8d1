import { applicantOf, partsOf } from '#dist/nodes/Regpack/events/applicant.js';
import { samples } from '#dist/nodes/Regpack/events/samples.js';

const nothing = { total: null, completed: null };
const unknown = {
	cloginId: null,
	groupId: null,
	connectedTo: null,
	isChild: null,
	displayName: null,
	status: { id: null, name: null },
	forms: nothing,
	userForms: nothing,
	mandatoryForms: nothing,
	money: {
		order: null,
		orderAmount: null,
		paid: null,
		paidAmount: null,
		balance: null,
		balanceAmount: null,
	},
};

test('a record has the user, the status, the progress of the forms and the payments', () => {
	expect(applicantOf(samples.submitted)).toEqual({
		cloginId: '200001',
		groupId: '100000001',
		connectedTo: '200001',
		isChild: false,
		displayName: 'Ada Sample',
		status: { id: '0', name: null },
		forms: { total: 2, completed: 1 },
		userForms: { total: 2, completed: 1 },
		mandatoryForms: { total: 1, completed: 1 },
		money: {
			order: '120.00',
			orderAmount: 120,
			paid: '20.00',
			paidAmount: 20,
			balance: '100.00',
			balanceAmount: 100,
		},
	});
});

test.each([
	['nothing', undefined],
	['null', null],
	['a text', 'user_info'],
	['a list', [{ clogin_id: '200001' }]],
	['an empty object', {}],
	['parts that are texts', { user_info: 'Ada', meta_info: 'Ada' }],
	[
		'parts that are lists',
		{ user_info: [{ clogin_id: '200001' }], meta_info: [{ u_name: 'Ada' }] },
	],
	[
		'objects for texts',
		{
			user_info: { clogin_id: {}, group_id: [], connected_to: true },
			meta_info: { u_name: {}, total_order: {}, status_id: [] },
		},
	],
])('%s yields nothing', (_, record) => {
	expect(applicantOf(record)).toEqual(unknown);
});

test('a record of a list may contain both parts itself', () => {
	const { user_info, meta_info } = /** @type {any} */ (samples.submitted);
	const flat = { ...user_info, ...meta_info };
	expect(applicantOf(flat)).toEqual(applicantOf(samples.submitted));
	expect(partsOf(flat)).toEqual({ info: flat, meta: flat });
	expect(partsOf({ user_info, meta_info: null, u_name: 'Ada' })).toMatchObject({
		info: user_info,
		meta: { u_name: 'Ada' },
	});
});

test('numbers for IDs become texts, and leading zeros stay', () => {
	expect(
		applicantOf({ user_info: { clogin_id: 200001, group_id: '0100', connected_to: 200001 } }),
	).toMatchObject({
		cloginId: '200001',
		groupId: '0100',
		isChild: false,
	});
});

test.each([
	['its own', '200001', false],
	["another's", '200002', true],
	['none', '0', false],
	['nobody', null, null],
	['an empty text', '', null],
])('a user that is connected to %s is a child: %j → %s', (_, connected_to, isChild) => {
	expect(applicantOf({ user_info: { clogin_id: '200001', connected_to } }).isChild).toBe(isChild);
});

test('an amount stays as the text that it is, whether or not it can be read', () => {
	expect(
		applicantOf({
			meta_info: { total_paid: '1,234.00', total_order: '1.234,00', total_balance: '1,234' },
		}).money,
	).toEqual({
		...{
			paid: '1,234.00',
			paidAmount: 1234,
			order: '1.234,00',
			orderAmount: 1234,
			balance: '1,234',
			balanceAmount: null,
		},
	});
});

test('a number of forms may have a sign between the thousands', () => {
	expect(
		applicantOf({ meta_info: { total_forms: '1,234', completed_forms: '1.200' } }).forms,
	).toEqual({ total: 1234, completed: 1200 });
});
