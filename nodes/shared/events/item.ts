import type { IDataObject } from 'n8n-workflow';

import { definitionOf } from './identify';
import { nobody, type Event, type ProviderInfo } from './types';

/**
 * An event as the next nodes get it: the fields that all providers share, the event's own, the
 * payload.
 */
export function toItem(
	provider: ProviderInfo,
	{ eventKey, event, payload, extra }: Event,
): IDataObject {
	const definition = definitionOf(provider, event);
	return {
		eventKey,
		provider: provider.name,
		event,
		occurredAt: provider.occurredAt(payload),
		person: { ...(definition?.person(payload) ?? nobody) },
		...provider.commonFields(payload),
		...definition?.summary(payload),
		payload,
		...extra,
	};
}
