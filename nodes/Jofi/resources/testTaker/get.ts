import { testTakerAnswer } from '../../api/responseSchemas';
import { locator } from '../../api/listSearch';
import { getOne } from '../read';

/** The last three are those of the career navigation profile, which has them too. */
export const leaveOut = [
	...['object', 'account'],
	...['career_navigation_url', 'job_fit_summary_url', 'career_options_spotlight_url'],
];

/** GET /test-takers/:testTakerId: with the assigned assessments (documented, api/events). */
export const get = getOne({
	object: 'test taker',
	objects: 'test takers',
	path: 'test-takers',
	schema: testTakerAnswer,
	field: locator('testTaker', { required: true }),
	leaveOut,
});
