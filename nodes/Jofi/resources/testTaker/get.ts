import { testTakerAnswer } from '../../answers';
import { locator } from '../../locators';
import { getOne } from '../read';

/** GET /test-takers/:testTakerId: with the assigned assessments (documented, api/events). */
export const get = getOne({
	object: 'test taker',
	objects: 'test takers',
	path: 'test-takers',
	schema: testTakerAnswer,
	field: locator('testTaker', { required: true }),
	keep: [
		'mode',
		'id',
		'first_name',
		'last_name',
		'email',
		'person_id',
		'custom_id',
		'team',
		'assigned_assessments',
		'scorecard_url',
	],
});
