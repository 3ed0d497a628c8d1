import get from 'lodash/get';

import type { FilterDefinition, Payload } from '../delivery/define';
import { asText } from '../delivery/text';

/**
 * What an event says at these places; `undefined` when it has none of them, as an event without details.
 * They are read of the item's fields, since a delivery itself names no step and no job.
 */
const saidAt = (payload: Payload, paths: readonly string[]): string[] | undefined => {
	const texts = paths.map((path) => asText(get(payload, path))).filter((text) => text !== null);
	return texts.length > 0 ? texts : undefined;
};

const filter = (name: string, label: string, what: string, placeholder: string, paths: readonly string[]): FilterDefinition => ({
	name,
	label,
	description: `${what}. Events without details pass as well.`,
	placeholder,
	values: (payload) => saidAt(payload, paths),
});

/** They apply to events whose details were fetched; the others pass. */
export const filters: readonly FilterDefinition[] = [
	filter('jobs', 'Jobs', 'ID or title of the job', 'e.g. 301', ['job.id', 'job.title']),
	filter('steps', 'Step Names', 'Name or ID of the step that was reached', 'e.g. Interview', ['step.id', 'step.name']),
	filter('stepStatuses', 'Step Statuses', 'START, CURRENT or END', 'e.g. END', ['step.status']),
];
