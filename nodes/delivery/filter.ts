import type { IDataObject } from 'n8n-workflow';

import type { FilterDefinition, Recognised } from './define';
import { asText } from './text';

/** Value of Trigger On that stands for every event, known or not. */
export const ANY_EVENT = '*';

const normal = (value: unknown): string => (asText(value) ?? '').trim().toLowerCase();

/** What the user wrote into a filter, without the entries left empty. */
function chosenBy(filter: FilterDefinition, settings: IDataObject): string[] {
	const value = settings[filter.name];
	const values = Array.isArray(value) ? value : value === undefined ? [] : [value];
	return values.map(normal).filter((each) => each !== '');
}

/** Whether the user wants this event: its type is chosen, and every filter that applies lets it pass. */
export function isWanted(
	{ type, payload, definition }: Pick<Recognised, 'type' | 'payload'> & Partial<Recognised>,
	events: readonly string[],
	filters: readonly FilterDefinition[],
	settings: IDataObject,
): boolean {
	if (definition?.onlyByName) return events.includes(type);
	if (!events.includes(ANY_EVENT) && !events.includes(type)) return false;
	return filters.every((filter) => {
		const chosen = chosenBy(filter, settings);
		const values = chosen.length === 0 ? undefined : filter.values(payload, type, chosen);
		return values === undefined || values.some((value) => chosen.includes(normal(value)));
	});
}
