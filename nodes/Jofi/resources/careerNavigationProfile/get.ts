import { careerNavigationProfileAnswer } from '../../api/responseSchemas';
import { locator } from '../../api/listSearch';
import { getOne } from '../read';

export const leaveOut = ['object', 'account', 'assessment_url'];

/**
 * GET /career-navigation-profiles/:careerNavigationProfileId: the ID is text; an unknown one is answered
 * 404 with `null` (documented, api/errors-and-status-codes).
 */
export const get = getOne({
	object: 'career navigation profile',
	objects: 'career navigation profiles',
	path: 'career-navigation-profiles',
	schema: careerNavigationProfileAnswer,
	field: locator('careerNavigationProfile', { required: true }),
	leaveOut,
});
