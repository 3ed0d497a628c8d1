import { locator } from '../api/listSearch';
import { readOperations } from './readOperations';
import { records } from './records';

/**
 * Get, Get Many and Get Count of the resources that differ only in paths and records.
 */
export const reads = {
	/** The real catalog, with a test key too (documented, api/api-keys). */
	assessment: readOperations({
		object: 'assessment',
		path: 'assessments',
		getAll: records.assessment,
	}),
	/**
	 * The newest 50 (documented, api/career-navigation-profiles). The ID is text; JOFI responds to an
	 * unknown one with 404 and `null` (documented, api/errors-and-status-codes).
	 */
	careerNavigationProfile: readOperations({
		object: 'career navigation profile',
		path: 'career-navigation-profiles',
		getAll: records.careerNavigationProfile,
		get: {
			record: records.careerNavigationProfile,
			locator: locator('careerNavigationProfile', { required: true }),
		},
	}),
	/**
	 * The account's own, and those of the system that are enabled for it (documented,
	 * api/email-templates).
	 */
	emailTemplate: readOperations({
		object: 'email template',
		path: 'email-templates',
		getAll: records.emailTemplate,
	}),
	/**
	 * Get is documented (api/getting-started). Of the list, only the route is (api/api-keys), not its
	 * items or their number.
	 */
	invitation: readOperations({
		object: 'invitation',
		path: 'invitations',
		getAll: records.invitation,
		get: { record: records.invitation, locator: locator('invitation', { required: true }) },
	}),
	/** Those that are enabled for the account (documented, api/score-profiles). */
	scoreProfile: readOperations({
		object: 'score profile',
		path: 'score-profiles',
		getAll: records.scoreProfile,
	}),
	/** Documented (api/teams). */
	team: readOperations({ object: 'team', path: 'teams', getAll: records.team }),
	/**
	 * The newest, 30 according to an older edition of the documentation (docs/test-takers). Only Get
	 * has the assigned assessments (documented, api/events).
	 */
	testTaker: readOperations({
		object: 'test taker',
		path: 'test-takers',
		getAll: records.testTakerItem,
		get: { record: records.testTaker, locator: locator('testTaker', { required: true }) },
	}),
	/** The route is documented (api/api-keys), the items are not. */
	user: readOperations({ object: 'user', path: 'users', getAll: records.user }),
};
