import { scoreProfile } from '../../answers';
import { getMany } from '../read';

/** GET /score-profiles: those enabled for the account (documented, api/score-profiles). */
export const getAll = getMany({
	object: 'score profile',
	objects: 'score profiles',
	path: 'score-profiles',
	schema: scoreProfile,
});
