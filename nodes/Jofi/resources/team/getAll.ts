import { team } from '../../api/responseSchemas';
import { getMany } from '../read';

/** GET /teams (documented, api/teams). */
export const getAll = getMany({ object: 'team', objects: 'teams', path: 'teams', schema: team });
