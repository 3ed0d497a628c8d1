/** @typedef {{ id: number, name: string }} Named */
/** @typedef {{ id: number, first_name: string, last_name: string, email: string }} User */

/**
 * START, CURRENT and END are documented (step-list). Whether a refusal is END, too, is unknown;
 * here it is.
 *
 * @typedef {Named & { status: 'START' | 'CURRENT' | 'END' }} Step
 */

/** @typedef {Named & { organisationIds: number[], steps: Step[] }} Process */

/**
 * What a JobAffinity administrator sets up, with made-up values. Ids of different kinds never meet.
 */
export const catalogueOf = () => ({
	/** @type {Named[]} */
	organisations: [
		{ id: 55, name: 'Nord' },
		{ id: 56, name: 'Sud' },
	],
	/** @type {Named[]} */
	pools: [
		{ id: 801, name: 'Logistics' },
		{ id: 802, name: 'Management' },
		{ id: 803, name: 'Alumni' },
	],
	/** @type {User[]} */
	users: [
		{ id: 9, first_name: 'Ana', last_name: 'Ruiz', email: 'ana.ruiz@example.org' },
		{ id: 10, first_name: 'Milo', last_name: 'Faure', email: 'milo.faure@example.org' },
	],
	/** @type {Process[]} */
	processes: [
		{
			...{ id: 12, name: 'Standard', organisationIds: [55, 56] },
			steps: [
				{ id: 20, name: 'New', status: 'START' },
				{ id: 21, name: 'Interview', status: 'CURRENT' },
				{ id: 22, name: 'Offer', status: 'CURRENT' },
				{ id: 25, name: 'Hired', status: 'END' },
				{ id: 26, name: 'Rejected', status: 'END' },
			],
		},
		{
			...{ id: 13, name: 'Short', organisationIds: [56] },
			steps: [
				{ id: 30, name: 'Received', status: 'START' },
				{ id: 31, name: 'Trial day', status: 'CURRENT' },
				{ id: 35, name: 'Closed', status: 'END' },
			],
		},
	],
});

/** What there is from the start; `addJob` fills in the rest. */
export const JOBS = [
	{
		...{
			title: 'Warehouse Lead',
			reference: 'WL-26-03',
			client: 'Nord Entrepot',
			processId: 12,
			organisationId: 55,
		},
		attributes: [{ name: 'Sector', api_name: 'sector', value: 'Logistics' }],
	},
	{ title: 'Buyer', reference: 'BU-26-01', client: 'Acme', processId: 12, organisationId: 55 },
	{
		title: 'Night Porter',
		reference: 'NP-26-07',
		client: 'Hotel Test',
		processId: 13,
		organisationId: 56,
		status: 'CLOSED',
	},
];

/** What there is from the start; `addCandidate` fills in the rest. */
export const CANDIDATES = [
	{
		...{
			title: 'MS',
			first_name: 'Lea',
			last_name: 'Noir',
			email: 'lea.noir@example.org',
			birthdate: '1990-05-01',
		},
		...{
			email_secondary: 'lea.work@example.com',
			mobile_phone: '+33600000000',
			position: 'Buyer',
			position_company: 'Acme',
		},
		...{ experience_start: '2012-09-01', pools: ['Logistics', 'Management'], hasAvatar: true },
	},
	{
		title: 'MR',
		first_name: 'Omar',
		last_name: 'Blanc',
		email: 'omar.blanc@example.org',
		pools: ['Logistics'],
	},
	{ title: 'MS', first_name: 'Ines', last_name: 'Brun', email: 'ines.brun@example.org' },
];
