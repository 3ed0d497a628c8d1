import type { IDataObject } from 'n8n-workflow';

import type { Provider } from './define';
import { shape } from './process';
import { recognise } from './recognise';

/** The sample of an event as an item, marked so that nobody takes it for real; `undefined` for an unknown type. */
export function sampleItem(provider: Provider, type: string): IDataObject | undefined {
	const definition = provider.events.find((event) => event.type === type);
	if (!definition) return undefined;
	const payload = structuredClone(definition.sample);
	const event = recognise(provider, payload, Buffer.alloc(0));
	if ('sentence' in event) return undefined;
	return { ...shape(provider, { ...event, event: event.type }), isSample: true };
}
