import { assessment } from '../../api/responseSchemas';
import { getMany } from '../read';

/** GET /assessments: the real catalogue, with a test key too (documented, api/api-keys). */
export const getAll = getMany({
	object: 'assessment',
	objects: 'assessments',
	path: 'assessments',
	schema: assessment,
});
