import { careerNavigationProfileAnswer } from '../../api/responseSchemas';
import { getMany } from '../read';
import { leaveOut } from './get';

/** GET /career-navigation-profiles: the newest 50 (documented, api/career-navigation-profiles). */
export const getAll = getMany({
	object: 'career navigation profile',
	objects: 'career navigation profiles',
	path: 'career-navigation-profiles',
	schema: careerNavigationProfileAnswer,
	leaveOut,
});
