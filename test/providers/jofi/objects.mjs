import { randomUUID } from 'node:crypto';
import pick from 'lodash/pick.js';

/** @typedef {import('./catalogue.mjs').Catalogue} Catalogue */
/** @typedef {ReturnType<typeof detailsOf>} Details */
/** @typedef {ReturnType<typeof newInvitation>} Invitation */
/** @typedef {ReturnType<typeof newTestTaker>} TestTaker */
/** @typedef {ReturnType<typeof newProfile>} CareerNavigationProfile */

/**
 * @typedef {object} InvitationRequest the body of POST /invitations (documented, api/invitations)
 * @property {string} first_name
 * @property {string} last_name
 * @property {string} email
 * @property {string} created_by_user_email
 * @property {string | null} [person_id]
 * @property {string | null} [custom_id]
 * @property {string | null} [phone]
 * @property {number} [team_id]
 * @property {{ test_id: number }[]} [assessments_to_assign]
 * @property {number} [email_template_id]
 * @property {boolean} [send_via_email]
 * @property {boolean} [send_via_sms]
 */

const WEB = 'https://www.jofiscore.com';
const unsetText = /** @type {string | null} */ (null);
const unsetNumber = /** @type {number | null} */ (null);

/**
 * What a request chooses. What it leaves out comes from the inviter's settings (documented,
 * api/invitations). That an invitation shows it, and under these names, is inferred; first_name,
 * last_name, email and person_id are documented.
 *
 * @param {InvitationRequest} request
 * @param {Pick<Catalogue, 'users' | 'teams'>} catalogue holds all that the request names
 */
export function detailsOf(request, { users, teams }) {
	const user = users.find(({ email }) => email === request.created_by_user_email);
	const team = teams.find(({ id }) => id === (request.team_id ?? user?.default_team_id));
	if (!user || !team)
		throw new Error(`No inviter ${request.created_by_user_email}, or no team of theirs`);
	return {
		first_name: request.first_name,
		last_name: request.last_name,
		email: request.email,
		person_id: request.person_id ?? null,
		custom_id: request.custom_id ?? null,
		phone: request.phone ?? null,
		team: { ...team },
		assessments_to_assign:
			request.assessments_to_assign ?? user.default_assessment_ids.map((id) => ({ test_id: id })),
		email_template_id: request.email_template_id ?? user.default_email_template_id,
		// Cannot be chosen on create (documented, api/invitations).
		congrats_email_template_id: user.default_congrats_email_template_id,
		send_via_email: request.send_via_email ?? user.send_via_email,
		send_via_sms: request.send_via_sms ?? user.send_via_sms,
		invited_by_user: {
			id: user.id,
			email: user.email,
			last_name: user.last_name,
			first_name: user.first_name,
		},
	};
}

/**
 * Documented keys (api/integration-flow): those of `details` that it names, object, id,
 * assessment_url, accepted_at, test_taker_id and career_navigation_profile_id. Inferred: account
 * and created_at.
 *
 * @param {number} id
 * @param {Details} details
 * @param {Pick<Catalogue, 'id' | 'display_name'>} account
 * @param {string} createdAt
 */
export const newInvitation = (id, details, { id: accountId, display_name }, createdAt) => ({
	object: 'invitation',
	id,
	...details,
	account: { id: accountId, display_name },
	assessment_url: `${WEB}/welcome/${randomUUID()}`,
	created_at: createdAt,
	accepted_at: unsetText,
	test_taker_id: unsetNumber,
	career_navigation_profile_id: unsetText,
});

/** The keys of an invitation that are documented, by an abridged example (api/integration-flow). */
const DOCUMENTED = [
	...['object', 'id', 'first_name', 'last_name', 'email', 'person_id'],
	...['assessment_url', 'accepted_at', 'test_taker_id', 'career_navigation_profile_id'],
];

/** @typedef {'full' | 'documented'} InvitationObject */

/**
 * Unknown: whether an invitation shows more than the documented keys.
 *
 * @param {Invitation} invitation
 * @param {InvitationObject} shape
 */
export const invitationAs = (invitation, shape) =>
	shape === 'full' ? invitation : pick(invitation, DOCUMENTED);

/**
 * Every key of the documented example (api/events). Assignments have ids of their own.
 *
 * @param {number} id
 * @param {Invitation} invitation
 * @param {{ id: number, assessment: Catalogue['assessments'][number] }[]} assignments
 * @param {string} createdAt
 */
export const newTestTaker = (id, invitation, assignments, createdAt) => ({
	object: 'test_taker',
	id,
	first_name: invitation.first_name,
	last_name: invitation.last_name,
	email: invitation.email,
	invitation_created_at: invitation.created_at,
	assigned_assessments: assignments.map((assignment) => ({
		...assignment,
		created_at: createdAt,
		started_at: unsetText,
		completed_at: unsetText,
		progress_saved_at: unsetText,
		is_used_for_scoring: true,
	})),
	invited_by_user: invitation.invited_by_user,
	team: invitation.team,
	account: invitation.account,
	assessment_url: invitation.assessment_url,
	career_navigation_url: unsetText,
	job_fit_summary_url: unsetText,
	scorecard_url: `${WEB}/team/${invitation.team.id}/test-takers/${id}/scorecard`,
	career_options_spotlight_url: unsetText,
	invitation_id: invitation.id,
	custom_id: invitation.custom_id,
	person_id: invitation.person_id,
	career_navigation_profile_id: unsetText,
});

/**
 * The web pages of a career navigation profile (documented patterns,
 * api/career-navigation-profiles).
 *
 * @param {string} id
 */
export const profileUrls = (id) => ({
	career_navigation_url: `https://www.careernavigation.org?c=${id}`,
	job_fit_summary_url: `${WEB}/test-takers/${id}/job-fit?r=jfs&zones=1_5`,
	career_options_spotlight_url: `${WEB}/test-takers/${id}/job-fit?r=cor&zones=1_5`,
});

/**
 * The documented keys of the list item (api/career-navigation-profiles). What else the object has
 * is unknown.
 *
 * @param {string} id
 * @param {TestTaker} testTaker
 */
export function newProfile(id, testTaker) {
	const { assigned_assessments, invited_by_user, career_navigation_profile_id, ...shared } =
		testTaker;
	return {
		...shared,
		object: 'career_navigation_profile',
		id,
		test_taker_id: testTaker.id,
		...profileUrls(id),
	};
}
