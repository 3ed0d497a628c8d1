import { withListInfo } from '../../../shared/actions/listInfo';
import type { Operation } from '../../../shared/actions/operation';
import { itemSchema } from '../../../shared/events/contract';
import { receivedNow, toItem } from '../../../shared/events/item';
import { asText } from '../../../shared/values/text';
import { COMPLETED, typeOf } from '../../events/definitions';
import { anyPayload } from '../../events/schemas';
import { innovativeEducators } from '../../provider';
import { eventFields, readEvents } from '../readEvents';
import { eventOf, selectEvents, selectionFields } from '../selectEvents';

/**
 * `GET /events/courseCompletion` (documented, rest/events/course-completion): the same objects as in
 * deliveries (documented for the platform), and so the same event keys. That Innovative Educators'
 * deliveries have them as well is inferred: they have the same ten keys.
 */
export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many completions',
	description:
		"Retrieve a list of many completions as the trigger's events, with the same event keys",
	fields: [...eventFields, ...selectionFields],
	schema: withListInfo(itemSchema(innovativeEducators.blocks, anyPayload).passthrough()),
	async run(context, index, hint) {
		const reception = receivedNow(context, 'api');
		const records = await readEvents(context, index, hint, COMPLETED);
		// All events of this list are completions, also if they do not say so.
		const events = records.map((record) =>
			eventOf(asText(record.event) === null ? COMPLETED : typeOf(record), record),
		);
		const selected = await selectEvents(context, index, events);
		return [...selected.values()].map((event) => toItem(innovativeEducators, event, reception));
	},
};
