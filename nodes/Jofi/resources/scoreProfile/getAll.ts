import { scoreProfile } from '../../api/responseSchemas';
import { getMany } from '../read';

/** GET /score-profiles: those enabled for the account (documented, api/score-profiles). */
export const getAll = getMany({
	object: 'score profile',
	objects: 'score profiles',
	path: 'score-profiles',
	schema: scoreProfile,
});
