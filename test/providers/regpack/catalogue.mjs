/**
 * A field is addressed by its mapped name or its id (documented, update). The form of the id is
 * documented by example.
 *
 * @typedef {object} Field
 * @property {string} id
 * @property {string} [name] once it is mapped
 * @property {string[]} [choices] of a multiple-choice field; texts may hold HTML (inferred from
 * update)
 * @property {boolean} [required] for the form to be complete
 */

/**
 * @typedef {object} Form
 * @property {number} id integers stand in for the ids of forms, whose format is unknown
 * @property {string} name
 * @property {'user' | 'child'} level whose it is; in a family system `user` is the parent
 * @property {boolean} mandatory
 * @property {boolean} given whether everyone of the level has it from the start
 * @property {Field[]} fields
 */

/**
 * @typedef {object} Project
 * @property {number} id
 * @property {string} name
 * @property {'individual' | 'family'} system
 * @property {boolean} apiAdmin
 * @property {boolean} emailUsernames switched off in the login widget (documented, fields and
 * create)
 * @property {Form[]} forms
 */

/**
 * @typedef {{ id: number, groupId: number, name: string, color: string, isExcluded: boolean }} Status
 */
/**
 * @typedef {{ id: number, groupId: number, name: string, doc: Record<string, unknown> }} Category
 */

/**
 * @typedef {object} Product
 * @property {number} id
 * @property {number} groupId
 * @property {number} type of the seven base types (documented, products create)
 * @property {string} name
 * @property {number} cents
 * @property {boolean} onlyOne can only be ordered once
 * @property {Record<string, unknown>} doc as it was created
 */

/**
 * Mapped from the start, and in all projects (documented, fields); whether forms hold them is up to
 * the forms.
 */
export const SPECIAL_FIELDS = ['first_name', 'last_name', 'org_name', 'main_email'];

/** @returns {Field[]} */
const names = () => [
	{ id: 'f_100001_1000001', name: 'first_name', required: true },
	{ id: 'f_100001_1000002', name: 'last_name', required: true },
	{ id: 'f_100001_1000003', name: 'main_email' },
];

/** @param {number} first id @returns {Form[]} */
const userForms = (first) => [
	{
		...{ id: first, name: 'Application', level: 'user', mandatory: true, given: true },
		fields: [
			...names(),
			{ id: 'f_100001_1000004', name: 'shirt_size', choices: ['Small', 'Medium', 'Large'] },
			{ id: 'f_100001_1000005', name: 'guardian_phone', required: true },
			{ id: 'f_100001_1000006', name: 'membership_level' },
			{ id: 'f_111111_1222222' },
		],
	},
	{
		...{ id: first + 1, name: 'Survey', level: 'user', mandatory: false, given: true },
		fields: [
			{
				id: 'f_100002_1000011',
				name: 'heard_from',
				choices: ['<b>A friend</b>', 'The web'],
				required: true,
			},
			{ id: 'f_100002_1000012', name: 'comment' },
		],
	},
	{
		...{ id: first + 2, name: 'Interview', level: 'user', mandatory: false, given: false },
		fields: [{ id: 'f_100003_1000021', name: 'interview_notes', required: true }],
	},
];

/** @param {number} id @returns {Form} */
const childForm = (id) => ({
	...{ id, name: 'Health', level: 'child', mandatory: true, given: true },
	fields: [...names().slice(0, 2), { id: 'f_100004_1000031', name: 'allergies', required: true }],
});

export const INDIVIDUAL = 100000001;
export const FAMILY = 100000002;

/**
 * What an organization sets up at Regpack, with made-up values: a project of each structure
 * (documented, family-systems).
 *
 * @param {boolean} apiAdmin
 */
export const catalogueOf = (apiAdmin) => ({
	/** @type {Project[]} */
	projects: [
		{
			id: INDIVIDUAL,
			name: 'Summer Academy',
			system: 'individual',
			apiAdmin,
			emailUsernames: true,
			forms: userForms(12345),
		},
		{
			id: FAMILY,
			name: 'Family Camp',
			system: 'family',
			apiAdmin,
			emailUsernames: true,
			forms: [...userForms(22345), childForm(22348)],
		},
	],
	/** @type {Status[]} */
	statuses: [INDIVIDUAL, FAMILY].flatMap((groupId, index) => [
		{ id: 70001 + 10 * index, groupId, name: 'Accepted', color: '#008000', isExcluded: false },
		{ id: 70002 + 10 * index, groupId, name: 'Waitlisted', color: '#336699', isExcluded: false },
		{ id: 70003 + 10 * index, groupId, name: 'Withdrawn', color: '#800000', isExcluded: true },
	]),
	/** @type {Category[]} */
	categories: [INDIVIDUAL, FAMILY].map((groupId, index) => ({
		id: 801 + index,
		groupId,
		name: 'Fees',
		doc: {},
	})),
	/** @type {Product[]} */
	products: [INDIVIDUAL, FAMILY].flatMap((groupId, index) => [
		{
			id: 501 + 10 * index,
			groupId,
			type: 1,
			name: 'Week 1',
			cents: 12000,
			onlyOne: true,
			doc: {},
		},
		{
			id: 502 + 10 * index,
			groupId,
			type: 7,
			name: 'T-shirt',
			cents: 1550,
			onlyOne: false,
			doc: {},
		},
		{
			id: 503 + 10 * index,
			groupId,
			type: 6,
			name: 'Membership',
			cents: 999,
			onlyOne: false,
			doc: {},
		},
	]),
	/** Ids of the organization's admins. */
	admins: [12345, 12346],
});
