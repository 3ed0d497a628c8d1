import type { INodePropertyOptions } from 'n8n-workflow';

import type { Event, FilterDefinition } from '../../shared/events/types';
import { textAt } from '../../shared/values/text';

const isId = (text: string): boolean => /^\d+$/.test(text);

/** The item's fields: what the API or the delivery says, and otherwise what the payload has. */
const fieldsOf = ({ payload, extra }: Pick<Event, 'payload' | 'extra'>) => ({
	...payload,
	...extra,
});

/**
 * The ID and the name at these places; `undefined` when the event has neither, because it has no
 * details. If it has only one of them, a filter by the other one does not apply.
 */
function textsAt(
	event: Pick<Event, 'payload' | 'extra'>,
	paths: { id: string; name: string },
	values: readonly string[],
): string[] | undefined {
	const fields = fieldsOf(event);
	const [id, name] = [textAt(fields, paths.id), textAt(fields, paths.name)];
	const isUnknown =
		(id === null && values.some(isId)) || (name === null && values.some((each) => !isId(each)));
	const texts = [id, name].filter((text) => text !== null);
	return isUnknown || texts.length === 0 ? undefined : texts;
}

const OTHERS_PASS = 'Events without this detail pass as well.';

/** Documented, as the values of the filter `step_status`; others may be added (versioning). */
const statuses: INodePropertyOptions[] = [
	{ name: 'Current', value: 'CURRENT' },
	{ name: 'End', value: 'END' },
	{ name: 'Start', value: 'START' },
];

/** Each applies to events that have its field; the others pass. */
export const filters: readonly FilterDefinition[] = [
	{
		name: 'jobs',
		label: 'Jobs',
		description: OTHERS_PASS,
		values: { from: 'list', takes: 'ID or title of the job', placeholder: 'e.g. 301' },
		texts: (event, values) => textsAt(event, { id: 'job.id', name: 'job.title' }, values),
	},
	{
		name: 'steps',
		label: 'Step Names',
		description: OTHERS_PASS,
		values: {
			from: 'list',
			takes: 'Name or ID of the step that was reached',
			placeholder: 'e.g. Interview',
			narrowedBy: 'jobs',
		},
		texts: (event, values) => textsAt(event, { id: 'step.id', name: 'step.name' }, values),
	},
	{
		name: 'stepStatuses',
		label: 'Step Statuses',
		description: `The status of the step that was reached. ${OTHERS_PASS}`,
		values: { from: 'options', options: statuses },
		texts: (event) => {
			const status = textAt(fieldsOf(event), 'step.status');
			return status === null ? undefined : [status];
		},
	},
];
