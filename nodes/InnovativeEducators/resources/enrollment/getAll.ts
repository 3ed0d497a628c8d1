import { withListInfo } from '../../../shared/actions/listInfo';
import type { Operation } from '../../../shared/actions/operation';
import { anyPayload } from '../../events/schemas';
import { eventFields, readEvents } from '../readEvents';

/**
 * `GET /events/courseEnrollment` (the route is documented, rest/events). That its events look like
 * completions is inferred, so they are output as they come.
 */
export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many enrollments',
	description: 'Retrieve a list of many enrollments, as Thought Industries records them',
	fields: [...eventFields],
	schema: withListInfo(anyPayload),
	run: async (context, index, hint) => await readEvents(context, index, hint, 'courseEnrollment'),
};
