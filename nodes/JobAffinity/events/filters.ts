import type { FilterDefinition, Payload } from '../../shared/events/types';
import { textAt } from '../../shared/values/text';

const isId = (text: string): boolean => /^\d+$/.test(text);

/**
 * What an item says at these places; `undefined` when it has none of them, as an event without details. Where it has
 * the ID and not the name, or the other way round, it says nothing of a filter that is by the other one.
 */
function saidAt(payload: Payload, paths: { id: string; name: string }, chosen: readonly string[] = []): string[] | undefined {
	const [id, name] = [textAt(payload, paths.id), textAt(payload, paths.name)];
	const isBlind = (id === null && chosen.some(isId)) || (name === null && chosen.some((each) => !isId(each)));
	const texts = [id, name].filter((text) => text !== null);
	return isBlind || texts.length === 0 ? undefined : texts;
}

const about = (what: string): string => `${what}. Events pass as well that do not say it, for want of details.`;

/** They are read of the item's fields: what the API or the delivery itself says. What neither says passes. */
export const filters: readonly FilterDefinition[] = [
	{
		name: 'jobs',
		label: 'Jobs',
		description: about('ID or title of the job'),
		placeholder: 'e.g. 301',
		values: (payload, _type, chosen) => saidAt(payload, { id: 'job.id', name: 'job.title' }, chosen),
	},
	{
		name: 'steps',
		label: 'Step Names',
		description: about('Name or ID of the step that was reached'),
		placeholder: 'e.g. Interview',
		values: (payload, _type, chosen) => saidAt(payload, { id: 'step.id', name: 'step.name' }, chosen),
	},
	{
		name: 'stepStatuses',
		label: 'Step Statuses',
		description: about('START, CURRENT or END'),
		placeholder: 'e.g. END',
		values: (payload) => {
			const status = textAt(payload, 'step.status');
			return status === null ? undefined : [status];
		},
	},
];
