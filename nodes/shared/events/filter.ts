import type { IDataObject } from 'n8n-workflow';

import { definitionOf } from './identify';
import type { Event, FilterDefinition, ProviderInfo } from './types';
import { asText, textsIn } from '../values/text';

/** Value of Trigger On that stands for every event, recognized or not. */
export const ANY_EVENT = '*';

const normalized = (value: unknown): string => (asText(value) ?? '').trim().toLowerCase();

/** Whether the event passes every filter that the user has set. */
export const passesFilters = (
	event: Pick<Event, 'event' | 'payload' | 'extra'>,
	filters: readonly FilterDefinition[],
	values: IDataObject,
): boolean =>
	filters.every((filter) => {
		const entered = textsIn(values[filter.name]).map(normalized);
		const texts = entered.length === 0 ? undefined : filter.texts(event, entered);
		return texts === undefined || texts.some((text) => entered.includes(normalized(text)));
	});

/** Whether an event type is selected in Trigger On. */
export function isSelected(
	provider: Pick<ProviderInfo, 'events'>,
	type: string,
	selected: readonly string[],
): boolean {
	const { kind, derivedFrom } = definitionOf(provider, type) ?? {};
	const isOnlyByName = kind !== undefined || derivedFrom !== undefined;
	const isIncluded = !isOnlyByName && selected.includes(ANY_EVENT);
	return isIncluded || selected.includes(type);
}

/** Whether an event type is needed: it is selected in Trigger On, or one that is derived from it. */
export const isNeeded = (
	provider: Pick<ProviderInfo, 'events'>,
	type: string,
	selected: readonly string[],
): boolean =>
	isSelected(provider, type, selected) ||
	provider.events.some((each) => each.derivedFrom === type && selected.includes(each.type));
