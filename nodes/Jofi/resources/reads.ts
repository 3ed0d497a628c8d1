import { locator } from '../api/listSearch';
import {
	assessment,
	careerNavigationProfileResponse,
	emailTemplate,
	invitationResponse,
	scoreProfile,
	team,
	testTakerItem,
	testTakerResponse,
	user,
} from '../api/responseSchemas';
import { readOperations } from './readOperations';

/**
 * Get and Get Many of the resources that differ only in paths, shapes and what Simplify leaves out.
 */
export const reads = {
	/** The real catalog, with a test key too (documented, api/api-keys). */
	assessment: readOperations({ object: 'assessment', path: 'assessments', getAll: assessment }),
	/**
	 * The newest 50 (documented, api/career-navigation-profiles). The ID is text; JOFI responds to an
	 * unknown one with 404 and `null` (documented, api/errors-and-status-codes).
	 */
	careerNavigationProfile: readOperations({
		object: 'career navigation profile',
		path: 'career-navigation-profiles',
		getAll: careerNavigationProfileResponse,
		get: {
			schema: careerNavigationProfileResponse,
			locator: locator('careerNavigationProfile', { required: true }),
		},
		leaveOut: ['object', 'account', 'assessment_url'],
	}),
	/**
	 * The account's own, and those of the system that are enabled for it (documented,
	 * api/email-templates).
	 */
	emailTemplate: readOperations({
		object: 'email template',
		path: 'email-templates',
		getAll: emailTemplate,
	}),
	/**
	 * Get is documented (api/getting-started). Of the list, only the route is (api/api-keys), not its
	 * items or their number.
	 */
	invitation: readOperations({
		object: 'invitation',
		path: 'invitations',
		getAll: invitationResponse,
		get: { schema: invitationResponse, locator: locator('invitation', { required: true }) },
	}),
	/** Those that are enabled for the account (documented, api/score-profiles). */
	scoreProfile: readOperations({
		object: 'score profile',
		path: 'score-profiles',
		getAll: scoreProfile,
	}),
	/** Documented (api/teams). */
	team: readOperations({ object: 'team', path: 'teams', getAll: team }),
	/**
	 * The newest, 30 according to an older edition of the documentation (docs/test-takers). Only Get
	 * has the assigned assessments (documented, api/events).
	 */
	testTaker: readOperations({
		object: 'test taker',
		path: 'test-takers',
		getAll: testTakerItem,
		get: { schema: testTakerResponse, locator: locator('testTaker', { required: true }) },
		leaveOut: [
			...['object', 'account'],
			// The career navigation profile has these, too.
			...['career_navigation_url', 'job_fit_summary_url', 'career_options_spotlight_url'],
		],
	}),
	/** The route is documented (api/api-keys), the items are not. */
	user: readOperations({ object: 'user', path: 'users', getAll: user }),
};
