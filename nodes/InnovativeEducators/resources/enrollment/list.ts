import { listOperations } from '../../../shared/actions/list';
import { eventFilters, readEvents, timeFields } from '../readEvents';
import { COUNT_PAGES } from '../readOperations';
import { records } from '../records';

/**
 * `GET /events/courseEnrollment` (the route is documented, rest/events). That its events look like
 * completions is inferred, so they are not made into events of the trigger.
 */
export const list = listOperations({
	objects: 'enrollments',
	description: 'Retrieve a list of many enrollments, as Thought Industries records them',
	fields: timeFields,
	filters: eventFilters,
	record: records.enrollment,
	countPages: COUNT_PAGES,
	read: async (context, index, limits) =>
		await readEvents(context, index, limits, 'courseEnrollment'),
});
