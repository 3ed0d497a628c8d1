import { user } from '../../api/responseSchemas';
import { getMany } from '../read';

/** GET /users: the route is documented (api/api-keys), its items are not. */
export const getAll = getMany({ object: 'user', objects: 'users', path: 'users', schema: user });
