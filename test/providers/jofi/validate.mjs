/** @typedef {import('./objects.mjs').InvitationRequest} InvitationRequest */
/** @typedef {{ field: string, sentence: string }} Failure */

/** @param {string} type @returns {(value: unknown) => string | undefined} */
const isA = (type) => (value) => (typeof value === type ? undefined : `must be a ${type}`);

/** @param {unknown} value */
function nonEmpty(value) {
	if (typeof value !== 'string') return 'must be a string';
	return value.trim() === '' ? 'is not allowed to be empty' : undefined;
}

/** @param {unknown} value */
const email = (value) =>
	nonEmpty(value) ??
	(/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(String(value)) ? undefined : 'must be a valid email');

/** @param {unknown} value */
const assessments = (value) =>
	Array.isArray(value) && value.every((each) => typeof each?.test_id === 'number')
		? undefined
		: 'must be an array of objects with the number test_id';

/**
 * The documented fields (api/invitations) and the name that messages call them: an internal one for
 * `email` (documented, api/errors-and-status-codes). Unknown: further fields, which are ignored,
 * and null, which counts as a wrong type.
 *
 * @type {Record<keyof InvitationRequest, { name?: string, check: (value: unknown) => string | undefined }>}
 */
const FIELDS = {
	first_name: { check: nonEmpty },
	last_name: { check: nonEmpty },
	email: { name: 'sent_to_email', check: email },
	created_by_user_email: { check: email },
	person_id: { check: isA('string') },
	custom_id: { check: isA('string') },
	phone: { check: isA('string') },
	team_id: { check: isA('number') },
	assessments_to_assign: { check: assessments },
	email_template_id: { check: isA('number') },
	send_via_email: { check: isA('boolean') },
	send_via_sms: { check: isA('boolean') },
};

/**
 * @param {Record<string, unknown>} body
 * @param {string[]} required
 * @returns {Failure[]} all fields that are missing or of a wrong type
 */
export function schemaFailures(body, required) {
	return Object.entries(FIELDS).flatMap(([key, { name: field = key, check }]) => {
		if (body[key] === undefined)
			return required.includes(key) ? [{ field, sentence: `"${field}" is required` }] : [];
		const wrong = check(body[key]);
		return wrong ? [{ field, sentence: `"${field}" ${wrong}` }] : [];
	});
}

/**
 * Documented (api/invitations): the inviter is of the account. Inferred: what a request names
 * exists, there is something to fall back to where it names nothing, and an SMS needs a phone.
 *
 * @param {InvitationRequest} request
 * @param {import('./account.mjs').Account} account
 * @returns {string | undefined} the first rule that the request breaks, as a sentence
 */
export function brokenRule(request, { users, teams, assessments: catalogue, emailTemplates }) {
	const user = users.find((each) => each.email === request.created_by_user_email);
	if (!user) return 'User not found for created_by_user_email';
	const teamId = request.team_id ?? user.default_team_id;
	if (teamId === null) return 'A team is required: the user has no default team';
	if (!teams.some(({ id }) => id === teamId)) return 'Team not found';
	const assigned =
		request.assessments_to_assign?.map(({ test_id }) => test_id) ?? user.default_assessment_ids;
	if (assigned.length === 0)
		return 'At least one assessment is required: the user has no default assessments';
	if (!assigned.every((testId) => catalogue.some(({ id }) => id === testId)))
		return 'Assessment not found';
	const templateId = request.email_template_id ?? user.default_email_template_id;
	if (templateId === null)
		return 'An email template is required: the user has no default invitation template';
	if (!emailTemplates.some(({ id, type }) => id === templateId && type === 'invitation'))
		return 'Email template not found';
	if ((request.send_via_sms ?? user.send_via_sms) && !request.phone)
		return 'A phone is required to send via SMS';
	return undefined;
}
