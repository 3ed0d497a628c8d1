import { resources } from '#dist/nodes/Regpack/resources/index.js';
import { byId } from './node.mjs';

/**
 * @typedef {object} Example
 * @property {Record<string, unknown>} parameters
 * @property {[endpoint: string, body: object][]} sends all that is requested, to the letter
 * @property {object} [gives] what is in the item that comes out
 */

/**
 * Each operation with all of its usual parameters.
 *
 * @type {Record<string, (ids: import('./node.mjs').Ids) => Example>}
 */
export const EXAMPLES = {
	'form:reply': () => ({
		parameters: { reply: 'stop', message: 'Please give a phone number', focusOn: 'guardian_phone' },
		sends: [],
		gives: {
			formReply: {
				msg: 'Please give a phone number',
				focus_on: 'guardian_phone',
				msg_type: 'error',
			},
		},
	}),
	'event:getSample': () => ({
		parameters: { event: 'form_preprocess_*' },
		sends: [],
		gives: {
			event: 'form_preprocess_*',
			source: 'sample',
			person: { id: '200001' },
			registration: { form: '12345' },
		},
	}),
	'user:get': ({ project, parent }) => ({
		parameters: { user: byId(parent) },
		sends: [
			[
				'POST /users/',
				{ action: 'get_info', group_id: project, clogin_id: parent, doc: { _allfields: true } },
			],
		],
		gives: {
			cloginId: String(parent),
			groupId: String(project),
			isChild: false,
			displayName: 'Ada Sample',
			fields: { first_name: 'Ada' },
		},
	}),
	'user:find': ({ project, parent }) => ({
		parameters: { email: ' Avery.1@example.org', fieldNames: ['guardian_phone'] },
		sends: [
			[
				'POST /users/',
				{
					...{ action: 'get_user_list', group_id: project },
					doc: {
						...{ with_excluded: true, first_name: true, last_name: true, main_email: true },
						guardian_phone: true,
					},
				},
			],
		],
		gives: {
			found: true,
			cloginId: String(parent),
			fields: { main_email: 'avery.1@example.org', guardian_phone: '' },
		},
	}),
	'user:getAll': ({ project, parent }) => ({
		parameters: {},
		sends: [['POST /users/', { action: 'get_user_list', group_id: project, doc: {} }]],
		gives: { cloginId: String(parent), displayName: 'Ada Sample', fields: {} },
	}),
	'user:getCount': ({ project }) => ({
		parameters: {},
		sends: [['POST /users/', { action: 'get_user_list', group_id: project, doc: {} }]],
		gives: { count: 3, isAtLeast: false, reason: null },
	}),
	'user:create': ({ project }) => ({
		parameters: {
			...{
				firstName: 'Dan',
				lastName: ' Dee ',
				email: 'dan@example.org',
				sendEmails: true,
				runTriggers: false,
			},
			additionalFields: {
				...{
					organizationName: 'Dee',
					username: '={{ "dan.dee" + ($itemIndex || "") + "@example.org" }}',
					password: '={{ "a sec" + "ret " }}',
					personId: '',
				},
				additionalFieldsJson: '{ "shirt_size": ["Medium"] }',
			},
		},
		sends: [
			[
				'POST /users/',
				{
					...{
						action: 'create',
						group_id: project,
						clogin_id: false,
						submit_forms: false,
						disable_email_sending: false,
					},
					doc: {
						...{
							first_name: 'Dan',
							last_name: 'Dee',
							main_email: 'dan@example.org',
							org_name: 'Dee',
						},
						...{ username: 'dan.dee@example.org', password: 'a secret ', shirt_size: ['Medium'] },
					},
				},
			],
		],
		gives: { meta_info: { u_name: 'Dan Dee' } },
	}),
	'user:createChild': ({ project, parent }) => ({
		parameters: {
			...{ parent: byId(parent), firstName: 'Eve', lastName: 'Sample' },
			additionalFields: {
				organizationName: 'Sample',
				email: 'eve@example.org',
				applicationDate: '2026-03-05',
			},
		},
		sends: [
			[
				'POST /users/',
				{
					...{ action: 'create_child', group_id: project, clogin_id: false, connected_to: parent },
					...{ submit_forms: true, disable_email_sending: true },
					doc: {
						...{
							first_name: 'Eve',
							last_name: 'Sample',
							main_email: 'eve@example.org',
							org_name: 'Sample',
						},
						_application_date: '2026-03-05',
					},
				},
			],
		],
		gives: { user_info: { connected_to: String(parent) }, meta_info: { u_name: 'Eve Sample' } },
	}),
	'user:update': ({ project, parent }) => ({
		parameters: {
			user: byId(parent),
			values: {
				field: [
					{ name: 'guardian_phone', kind: 'text', value: '5550100' },
					{ name: 'shirt_size', kind: 'choices', answers: ['Small'] },
				],
			},
			additionalFieldsJson: '{ "f_111111_1222222": 7 }',
		},
		sends: [
			[
				'POST /users/',
				{
					...{
						action: 'update',
						group_id: project,
						clogin_id: parent,
						submit_forms: true,
						disable_email_sending: true,
					},
					doc: { guardian_phone: '5550100', shirt_size: ['Small'], f_111111_1222222: 7 },
				},
			],
			[
				'POST /users/',
				{
					...{ action: 'get_info', group_id: project, clogin_id: parent },
					doc: { guardian_phone: true, shirt_size: true, f_111111_1222222: true },
				},
			],
		],
		gives: {
			success: true,
			verified: { guardian_phone: 'as sent', shirt_size: 'as sent', f_111111_1222222: 'as sent' },
		},
	}),
	'user:addProduct': ({ project, parent, recurring }) => ({
		parameters: {
			...{ user: byId(parent), productId: recurring, quantity: 2 },
			additionalFields: {
				...{ remark: 'Gift', recurringStartDate: '05.03.2026', dateStructure: 'dd.mm.yyyy' },
				additionalFieldsJson: '{ "made_up": true }',
			},
		},
		sends: [
			[
				'POST /users/',
				{
					...{ action: 'add_product', group_id: project, clogin_id: parent },
					product_list: {
						...{
							q: 2,
							p_id: recurring,
							product_remark: 'Gift',
							recurring_start_date: '05.03.2026',
						},
						...{ date_structure: 'dd.mm.yyyy', made_up: true },
					},
				},
			],
		],
		gives: { meta_info: { total_order: '19.98' } },
	}),
	'user:logEmail': ({ project, child }) => ({
		parameters: {
			...{
				user: byId(child),
				from: 'a@example.org',
				to: 'b@example.org, c@example.org',
				subject: 'Note',
				body: '<p>Text</p>\n',
			},
			additionalFields: { cc: 'd@example.org', bcc: 'e@example.org', adminId: '12345' },
		},
		sends: [
			[
				'POST /users/',
				{
					...{ action: 'add_email', group_id: project, clogin_id: child },
					doc: {
						email_list: {
							...{
								from: 'a@example.org',
								to: 'b@example.org, c@example.org',
								subject: 'Note',
								body: '<p>Text</p>\n',
							},
							...{ cc: 'd@example.org', bcc: 'e@example.org', admin_id: 12345 },
						},
					},
				},
			],
		],
	}),
	'user:setStatus': ({ project, child, status }) => ({
		parameters: { user: byId(child), statusId: String(status) },
		sends: [
			[
				'POST /users/',
				{ action: 'set_status', group_id: project, clogin_id: child, status_id: status, doc: {} },
			],
		],
		gives: {
			msg_type: 'success',
			users: [child],
			effected_users: 1,
			meta_info: { status_id: String(status), status_name: 'Accepted' },
		},
	}),
	'user:createLoginToken': ({ project, parent }) => ({
		parameters: { user: byId(parent) },
		sends: [['POST /users/', { action: 'login', group_id: project, clogin_id: parent, doc: {} }]],
		gives: {
			user_token: expect.stringMatching(/^[0-9a-f-]{36}$/),
			system_action: ['user_registered'],
		},
	}),
	'status:create': ({ project }) => ({
		parameters: { name: 'On Hold', color: '#800000', isExcluding: true },
		sends: [
			[
				'POST /statuses/',
				{
					action: 'create',
					group_id: project,
					doc: { status_name: 'On Hold', color: '#800000', is_excluded: 1 },
				},
			],
		],
		gives: { msg_type: 'info', status_id: expect.any(Number) },
	}),
	'product:create': ({ project, category }) => ({
		parameters: {
			...{ name: 'Week 2', type: 1, price: 120.499, categoryId: category },
			additionalFields: {
				...{
					soldTo: 2,
					availableFrom: '2026-03-01',
					availableUntil: '2026-06-30',
					shortRemarks: 'Sunny',
					location: 'Lake',
				},
				...{ internalId: 'W2', misc1: 'a', misc2: 'b', onlyOne: true, lockOncePaid: true },
				...{
					activityStartDate: '2026-07-06',
					activityEndDate: '2026-07-10',
					additionalFieldsJson: '{ "made_up": 1 }',
				},
			},
		},
		sends: [
			[
				'POST /products/',
				{
					...{ action: 'create', group_id: project },
					doc: {
						...{
							base_product_type: 1,
							product_name: 'Week 2',
							product_price: 120.5,
							cat_id: String(category),
							product_type: 2,
						},
						...{
							product_start_date: '2026-03-01',
							product_end_date: '2026-06-30',
							product_short_remarks: 'Sunny',
							location: 'Lake',
						},
						...{
							internalid: 'W2',
							misc1: 'a',
							misc2: 'b',
							only_one: true,
							lock_once_funds_allocated: true,
						},
						...{
							product_activity_start_date: '2026-07-06',
							product_activity_end_date: '2026-07-10',
							made_up: 1,
						},
					},
				},
			],
		],
	}),
	'category:create': ({ project }) => ({
		parameters: {
			name: 'Meals',
			additionalFields: {
				...{
					topRemark: 'Above',
					bottomRemark: '',
					quota: 30,
					isInterchangeable: true,
					isMandatory: false,
				},
				additionalFieldsJson: { made_up: 1 },
			},
		},
		sends: [
			[
				'POST /products/',
				{
					...{ action: 'create_category', group_id: project },
					doc: {
						...{
							category_name: 'Meals',
							category_top_remark: 'Above',
							category_bottom_remark: '',
							category_quota_ordered: 30,
						},
						...{ interchange_category: true, mandatory_category: false, made_up: 1 },
					},
				},
			],
		],
	}),
	'category:update': ({ project, category }) => ({
		parameters: {
			categoryId: String(category),
			name: 'Costs',
			additionalFields: { topRemark: '' },
		},
		sends: [
			[
				'POST /products/',
				{
					action: 'edit_category',
					group_id: project,
					doc: { category_id: category, category_name: 'Costs', category_top_remark: '' },
				},
			],
		],
	}),
};

/** What the package has, without what is the same at every provider and is tested there. */
export const OPERATIONS = resources
	.filter(({ value }) => value !== 'webhook')
	.flatMap(({ value: resource, operations }) =>
		operations.map((operation) => ({ name: `${resource}:${operation.value}`, operation })),
	)
	// It runs once for all items, and has tests of its own.
	.filter(({ name }) => name !== 'event:getManySince');

/** Operations that name a user, and how they do. @type {Record<string, string>} */
export const OF_A_USER = {
	'user:get': 'user',
	'user:createChild': 'parent',
	'user:update': 'user',
	'user:addProduct': 'user',
	'user:logEmail': 'user',
	'user:setStatus': 'user',
	'user:createLoginToken': 'user',
};

/** Those that ask Regpack. */
export const ASKING = OPERATIONS.filter(({ operation }) => !operation.offline).map(
	({ name }) => name,
);
export const OFFLINE = OPERATIONS.filter(({ operation }) => operation.offline).map(
	({ name }) => name,
);
