import { json } from '../shared/answers.mjs';
import { badRequest } from './answers.mjs';
import { detailsOf } from './objects.mjs';
import { brokenRule, schemaFailures } from './validate.mjs';

/** @typedef {import('../shared/answers.mjs').Answer} Answer */
/** @typedef {import('./objects.mjs').Invitation} Invitation */
/** @typedef {import('./objects.mjs').InvitationRequest} InvitationRequest */
/** @typedef {import('./routes.mjs').Call} Call */

const notAnObject = badRequest('The body is not a JSON object');
const PERSON = ['first_name', 'last_name', 'email'];

/**
 * @param {string} text
 * @returns {Record<string, unknown> | undefined} undefined when it is no JSON object
 */
function parsed(text) {
	try {
		const value = JSON.parse(text);
		return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

/**
 * Some schema failures are an array (documented, api/errors-and-status-codes). That all are, and
 * what its elements look like, is unknown.
 *
 * @param {import('./validate.mjs').Failure[]} failures
 * @param {'strings' | 'objects'} elements
 */
const schemaRefusal = (failures, elements) =>
	badRequest(
		elements === 'strings'
			? failures.map(({ sentence }) => sentence)
			: failures.map(({ field, sentence }) => ({ message: sentence, path: [field] })),
	);

/**
 * @param {Call} call
 * @param {string[]} required
 * @param {(body: any) => InvitationRequest} completed what the body stands for, once its types are
 * right
 * @returns {{ request: InvitationRequest } | { refusal: Answer }}
 */
function read({ body, account, settings }, required, completed) {
	const fields = parsed(body);
	if (!fields) return { refusal: notAnObject };
	const failures = schemaFailures(fields, required);
	if (failures.length > 0) return { refusal: schemaRefusal(failures, settings.errorArrays) };
	const request = completed(fields);
	const broken = brokenRule(request, account);
	return broken === undefined ? { request } : { refusal: badRequest(broken) };
}

/**
 * POST /invitations: 201 and the whole invitation (documented, api/invitations).
 *
 * @param {Call} call
 */
export function create(call) {
	if (!call.validates)
		return parsed(call.body) ? json(201, call.show(call.account.invite())) : notAnObject;
	const result = read(call, [...PERSON, 'created_by_user_email'], (body) => body);
	return 'refusal' in result
		? result.refusal
		: json(201, call.show(call.account.invite(result.request)));
}

/**
 * What a request for this invitation would be.
 *
 * @param {Invitation} invitation
 * @returns {InvitationRequest}
 */
function requestOf({ team, invited_by_user, email_template_id, ...invitation }) {
	return {
		...invitation,
		created_by_user_email: invited_by_user.email,
		team_id: team.id,
		email_template_id: email_template_id ?? undefined,
	};
}

/**
 * PUT /invitations/:invitationId: 200 (documented, api/errors-and-status-codes). Unknown: which
 * fields it takes, here those of create; whether it replaces the invitation, an option; whether an
 * accepted one may be changed, here it may; whether it sends again, here it does not. No event is
 * documented for it.
 *
 * @param {Call} call
 * @param {Invitation} invitation
 */
export function update(call, invitation) {
	const { account, settings } = call;
	if (!call.validates) return parsed(call.body) ? json(200, call.show(invitation)) : notAnObject;
	const inviter = { created_by_user_email: invitation.invited_by_user.email };
	const result = settings.putReplaces
		? read(call, PERSON, (body) => ({ ...inviter, ...body }))
		: read(call, [], (body) => ({ ...requestOf(invitation), ...body }));
	if ('refusal' in result) return result.refusal;
	Object.assign(invitation, detailsOf(result.request, account));
	return json(200, call.show(invitation));
}
