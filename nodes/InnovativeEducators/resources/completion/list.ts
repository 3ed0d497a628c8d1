import { limit, returnAll } from '../../../shared/actions/fields';
import { getCount, limitOf } from '../../../shared/actions/list';
import { withListInfo } from '../../../shared/actions/listInfo';
import type { Operation } from '../../../shared/actions/operation';
import { itemSchema } from '../../../shared/events/contract';
import { receivedNow, toItem } from '../../../shared/events/item';
import { asText } from '../../../shared/values/text';
import { COMPLETED, typeOf } from '../../events/definitions';
import { anyPayload } from '../../events/schemas';
import { innovativeEducators } from '../../provider';
import { eventFilters, readEvents, timeFields } from '../readEvents';
import { COUNT_PAGES } from '../readOperations';
import { eventOf, selectEvents, selectionFields } from '../selectEvents';

/**
 * `GET /events/courseCompletion` (documented, rest/events/course-completion): the same objects as in
 * deliveries (documented for the platform), and so the same event keys. That Innovative Educators'
 * deliveries have them as well is inferred: they have the same ten keys.
 */
const getMany: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many completions',
	description:
		"Retrieve a list of many completions as the trigger's events, with the same event keys",
	fields: [...timeFields, returnAll, limit, ...eventFilters, ...selectionFields],
	schema: withListInfo(itemSchema(innovativeEducators.blocks, anyPayload).passthrough()),
	async run(context, index, hint) {
		const reception = receivedNow(context, 'api');
		const limits = { records: limitOf(context, index), pages: Infinity };
		const { records, partial } = await readEvents(context, index, limits, COMPLETED);
		if (partial) hint.partial(partial);
		// All events of this list are completions, also if they do not say so.
		const events = records.map((record) =>
			eventOf(asText(record.event) === null ? COMPLETED : typeOf(record), record),
		);
		const selected = await selectEvents(context, index, events);
		return [...selected.values()].map((event) => toItem(innovativeEducators, event, reception));
	},
};

/** Get Many outputs the trigger's items; Get Count counts what it reads, known events included. */
export const list: readonly Operation[] = [
	getMany,
	getCount({
		objects: 'completions',
		fields: timeFields,
		filters: eventFilters,
		countPages: COUNT_PAGES,
		read: async (context, index, limits) => await readEvents(context, index, limits, COMPLETED),
	}),
];
