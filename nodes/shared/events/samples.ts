import type { IDataObject } from 'n8n-workflow';

import { definitionOf, identify, identifyAll } from './identify';
import { toItem, type Reception } from './item';
import type { Event, EventDefinition, ProviderInfo } from './types';

/** The sample of an event with what a trigger adds to it. */
const completed = (
	provider: ProviderInfo,
	{ type, sampleExtra }: EventDefinition,
	event: Event,
	body: Buffer,
): Event =>
	sampleExtra
		? identify(
				provider,
				{ type, payload: event.payload, extra: { ...event.extra, ...sampleExtra } },
				() => body,
			)
		: event;

/**
 * The sample of an event as items, whose source says that nobody should take them for real; none for
 * an unknown type.
 *
 * @param isDelivery whether it is only what a delivery has, without what a trigger adds to it
 * @param addDetails adds to each event what a trigger fetches by choice
 */
export function sampleItems(
	provider: ProviderInfo,
	type: string,
	reception: Omit<Reception, 'source'>,
	isDelivery = false,
	addDetails: (event: Event) => Event = (event) => event,
): IDataObject[] {
	const definition = definitionOf(provider, type);
	if (!definition) return [];
	const payload = structuredClone(definition.sample);
	const body = Buffer.from(JSON.stringify(payload));
	const events = [...identifyAll(provider, [{ type, payload }], body)];
	return events.map((event) =>
		toItem(
			provider,
			addDetails(isDelivery ? event : completed(provider, definition, event, body)),
			{
				...reception,
				source: 'sample',
			},
		),
	);
}
