import type { IDataObject } from 'n8n-workflow';

import type { Provider } from './types';
import { shape } from '../webhook/process';
import { identifyAll } from './identify';

/** The sample of an event as items, marked so that nobody takes them for real; none for an unknown type. */
export function sampleItems(provider: Provider, type: string): IDataObject[] {
	const definition = provider.events.find((event) => event.type === type);
	if (!definition) return [];
	const payload = structuredClone(definition.sample);
	const events = identifyAll(provider, payload, Buffer.from(JSON.stringify(payload)), { type });
	if ('sentence' in events) return [];
	return events.map(({ extra, ...event }) => ({ ...shape(provider, { ...event, event: type }), ...extra, isSample: true }));
}
