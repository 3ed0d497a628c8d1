import { randomBytes } from 'node:crypto';

/** @typedef {import('./catalogue.mjs').Step} Step */
/** @typedef {{ name: string, mime_type: string, content: Buffer }} Cv */
/** @typedef {ReturnType<typeof newJob>} Job */
/** @typedef {ReturnType<typeof newCandidate>} Candidate */
/** @typedef {ReturnType<typeof newApplication>} Application */
/**
 * @typedef {{ id: number, candidateId: number, organisationId: number, text: string, userId: number, at: number }} Note
 */

/**
 * A step that an application reached. A change keeps the step as it was then.
 *
 * @typedef {object} StepChange
 * @property {number} change_id
 * @property {number} applicationId
 * @property {Step} step
 * @property {number} userId
 * @property {number} at milliseconds since the epoch
 * @property {'apply' | 'person' | 'api'} via what brought it about
 */

/**
 * A call to a webhook.
 *
 * @typedef {object} WebhookTask
 * @property {number} id not shown
 * @property {string} event
 * @property {number} at milliseconds since the epoch
 * @property {number} response_status
 * @property {string} response_body
 * @property {number} applicationId
 */

/**
 * Documented fields (job-get). References are ids, and the creation date is milliseconds since the
 * epoch.
 *
 * @param {number} id
 * @param {object} fields
 */
export const newJob = (id, fields) => ({
	id,
	title: `Job ${id}`,
	status: 'PUBLISHED',
	reference: `REF-${id}`,
	client: 'Acme',
	location: {
		...{ address: '4 quai Test', postalcode: '59000', town: 'Lille', country: 'FR' },
		...{ longitude: 3.06, latitude: 50.63 },
	},
	description: '<p>A made-up job.</p>',
	employer_description: '<p>A made-up employer.</p>',
	position_description: '<p>What to do.</p>',
	profile_description: '<p>Who can do it.</p>',
	at: 0,
	ownerId: 9,
	contract_type: { name: 'Fixed term', abbreviation: 'CDD' },
	term: { count: 90, unit: 'DAY' },
	organisationId: 55,
	attributes: /** @type {{ name: string, api_name: string, value: string }[]} */ ([]),
	// Its shape is unknown.
	questionnaire: {},
	processId: 12,
	/** Of the apply URL, which stands in the feed of jobs (documented, apply). */
	applyToken: randomBytes(8).toString('hex'),
	...fields,
});

/**
 * Documented fields (cand-get). Whether what is not known is null or empty is unknown; here it is
 * empty.
 *
 * @param {number} id
 * @param {object} fields
 */
export const newCandidate = (id, fields) => ({
	id,
	title: 'MS',
	first_name: 'Avery',
	last_name: `Stone ${id}`,
	email: `${id}@example.org`,
	email_secondary: '',
	birthdate: '',
	home_phone: '',
	mobile_phone: '',
	office_phone: '',
	location: { address: '', postalcode: '75001', town: 'Paris', country: 'FR' },
	position: '',
	position_company: '',
	experience_start: '',
	linkedin: '',
	instagram: '',
	/** Names. */
	pools: /** @type {string[]} */ ([]),
	hasAvatar: false,
	...fields,
});

/**
 * Values of route and source are unknown.
 *
 * @param {{ id: number, candidateId: number, jobId: number, at: number, step: Step, cv: Cv | null, route: string }} fields
 */
export const newApplication = ({ step, ...fields }) => ({
	...fields,
	source: { id: 3, name: 'Career site', posting_service: { id: 1, name: 'Web' } },
	/** The current step, and when it was reached. */
	step: { ...step, at: fields.at },
});

/** @returns {Cv} */
export const sampleCv = () => ({
	name: 'cv.pdf',
	mime_type: 'application/pdf',
	content: Buffer.from('%PDF-1.4 made up\n'),
});
