import type { IDataObject } from 'n8n-workflow';

import type { FilterDefinition, Recognised } from './types';
import { asText, textsIn } from '../values/text';

/** Value of Trigger On that stands for every event, known or not. */
export const ANY_EVENT = '*';

const normal = (value: unknown): string => (asText(value) ?? '').trim().toLowerCase();

/** What the user wrote into a filter, without the entries left empty. */
const chosenBy = (filter: FilterDefinition, settings: IDataObject): string[] => textsIn(settings[filter.name]).map(normal);

/** Whether the user wants this event: its type is chosen, and every filter that applies lets it pass. */
export function isWanted(
	{ type, payload, definition, extra }: Pick<Recognised, 'type' | 'payload'> & Partial<Recognised>,
	events: readonly string[],
	filters: readonly FilterDefinition[],
	settings: IDataObject,
): boolean {
	if (definition?.onlyByName) return events.includes(type);
	if (!events.includes(ANY_EVENT) && !events.includes(type)) return false;
	return filters.every((filter) => {
		const chosen = chosenBy(filter, settings);
		const values = chosen.length === 0 ? undefined : filter.values(payload, type, chosen, extra);
		return values === undefined || values.some((value) => chosen.includes(normal(value)));
	});
}
