import compact from 'lodash/compact';
import type { INodeProperties } from 'n8n-workflow';

import { definitionOf, digest } from './identify';
import type { Event, ProcessedKeys, ProviderInfo } from './types';

/** Option of a trigger whose events may repeat. */
export const recognizeRepeatsOption: INodeProperties = {
	displayName: 'Recognize Repeats',
	name: 'recognizeRepeats',
	type: 'boolean',
	default: false,
	description:
		'Whether to look up if the same person did the same before, as far as this workflow remembers. n8n then stores twice as much for each event.',
};

/** What an event is about, as a key of n8n's record; `undefined` if it does not say. */
function occasionKey(provider: ProviderInfo, { event, payload }: Event): string | undefined {
	const occasion = definitionOf(provider, event)?.occasion?.(payload);
	return occasion === undefined
		? undefined
		: `${provider.name}:occasion:${digest(JSON.stringify([event, occasion]))}`;
}

/**
 * Adds `isRepeat` to the events: whether another event about the same came before. An event that
 * does not say what it is about stays as it is.
 *
 * @param processed the workflow's record; without it only the events themselves are compared
 * @param earlier by occasion, the first event of this execution; it is added to
 * @returns the events, and the keys that were recorded for them
 */
export async function markRepeats(
	provider: ProviderInfo,
	events: readonly Event[],
	processed?: ProcessedKeys,
	earlier = new Map<string, string>(),
): Promise<{ events: Event[]; recorded: string[] }> {
	const keys = events.map((event) => occasionKey(provider, event));
	// What this execution has recorded itself is new to it, see `earlier`.
	const fresh = await processed?.record([...new Set(compact(keys))]);
	const marked = events.map((event, index) => {
		const key = keys[index];
		if (key === undefined) return event;
		const first = earlier.get(key) ?? event.eventKey;
		earlier.set(key, first);
		const isRepeat = first !== event.eventKey || (fresh !== undefined && !fresh.has(key));
		return { ...event, extra: { ...event.extra, isRepeat } };
	});
	return { events: marked, recorded: [...(fresh ?? [])] };
}
