import { json } from '../shared/answers.mjs';
import { createRouter } from '../shared/router.mjs';
import { badRequest, noProfile } from './answers.mjs';
import { create, update } from './invitations.mjs';
import { listOf } from './lists.mjs';
import { invitationAs } from './objects.mjs';
import { overviewOf } from './overview.mjs';
import { jobFitReportOf, scorecardOf } from './scorecard.mjs';

/** @typedef {import('./records.mjs').Kinds} Kinds */
/** @typedef {import('../shared/answers.mjs').Answer} Answer */

/**
 * @typedef {object} Call
 * @property {import('./account.mjs').Account} account
 * @property {import('./server.mjs').Settings} settings
 * @property {{ live?: string, enabled: boolean }} webhooks
 * @property {boolean} validates whether ids, queries and bodies count
 * @property {(resource: object) => object} show adds what every successful answer carries
 * @property {string} id of the path
 * @property {URLSearchParams} query
 * @property {string} body
 */

/** @typedef {(call: Call) => Answer} Handler */

/** @param {import('./lists.mjs').ListName} name @returns {Handler} */
const list = (name) => (call) => json(200, call.show(listOf(name, call.account, call.settings)));

/**
 * A record by its id. Where nothing is validated, any id finds the newest record. An id of another
 * account is as unknown as one that does not exist (documented, api/errors-and-status-codes); that
 * one which is no number is too, is inferred.
 *
 * @template {keyof Kinds} Kind
 * @param {Kind} kind
 * @param {Answer} absent
 * @param {(call: Call, record: Kinds[Kind]) => Answer} found
 * @returns {Handler}
 */
const one = (kind, absent, found) => (call) => {
	const record = call.validates
		? call.account.find(kind, call.id)
		: call.account.records(kind).at(-1);
	return record ? found(call, record) : absent;
};

/** @param {Call} call @param {object} record */
const shown = (call, record) => json(200, call.show(record));

/** @param {Call} call @param {Kinds['invitation']} record */
const invitation = (call, record) =>
	shown(call, invitationAs(record, call.settings.invitationObject));

const noInvitation = badRequest('Invitation not found');
const noTestTaker = badRequest('Test taker not found');

/**
 * `sp` is required, and is the short name of a profile of the account (documented, api/scorecards).
 * That case counts is inferred.
 *
 * @param {Call} call
 * @param {Kinds['testTaker']} testTaker
 */
function scorecard({ account, validates, query, show }, testTaker) {
	const sp = query.get('sp');
	const profile = account.scoreProfiles.find(({ short_name }) => !validates || short_name === sp);
	if (profile) return json(200, show(scorecardOf(testTaker, profile)));
	return badRequest(sp ? 'Score profile not found' : 'Query parameter sp is required');
}

/**
 * Every route that is documented (api/api-keys); there is no other.
 *
 * @type {import('../shared/router.mjs').Routes<Handler>}
 */
const ROUTES = {
	'/accounts': { GET: (call) => json(200, call.show(overviewOf(call.account, call.webhooks))) },
	'/users': { GET: list('users') },
	'/teams': { GET: list('teams') },
	'/assessments': { GET: list('assessments') },
	'/email-templates': { GET: list('emailTemplates') },
	'/score-profiles': { GET: list('scoreProfiles') },
	'/invitations': { GET: list('invitations'), POST: create },
	'/invitations/:id': {
		GET: one('invitation', noInvitation, invitation),
		PUT: one('invitation', noInvitation, update),
	},
	'/test-takers': { GET: list('testTakers') },
	'/test-takers/:id': { GET: one('testTaker', noTestTaker, shown) },
	'/test-takers/:id/scorecard': { GET: one('testTaker', noTestTaker, scorecard) },
	'/test-takers/:id/job-fit-report': {
		GET: one('testTaker', noTestTaker, (call, record) => shown(call, jobFitReportOf(record))),
	},
	'/career-navigation-profiles': { GET: list('careerNavigationProfiles') },
	'/career-navigation-profiles/:id': { GET: one('careerNavigationProfile', noProfile, shown) },
};

export const routeOf = createRouter(ROUTES);
