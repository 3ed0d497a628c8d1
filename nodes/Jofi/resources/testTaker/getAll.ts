import { testTakerItem } from '../../api/responseSchemas';
import { getMany } from '../read';
import { leaveOut } from './get';

/** GET /test-takers: the newest, 30 by an older edition of the documentation (docs/test-takers). */
export const getAll = getMany({
	object: 'test taker',
	objects: 'test takers',
	path: 'test-takers',
	schema: testTakerItem,
	leaveOut,
});
