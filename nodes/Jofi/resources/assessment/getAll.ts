import { assessment } from '../../answers';
import { getMany } from '../read';

/** GET /assessments: the real catalogue, with a test key too (documented, api/api-keys). */
export const getAll = getMany({
	object: 'assessment',
	objects: 'assessments',
	path: 'assessments',
	schema: assessment,
});
