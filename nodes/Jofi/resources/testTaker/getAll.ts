import { testTakerItem } from '../../answers';
import { getMany } from '../read';

/** GET /test-takers: the newest, 30 by an older edition of the documentation (docs/test-takers). */
export const getAll = getMany({
	object: 'test taker',
	objects: 'test takers',
	path: 'test-takers',
	schema: testTakerItem,
	keep: [
		'mode',
		'id',
		'first_name',
		'last_name',
		'email',
		'person_id',
		'custom_id',
		'team',
		'career_navigation_profile_id',
		'scorecard_url',
	],
});
