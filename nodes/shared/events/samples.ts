import type { IDataObject } from 'n8n-workflow';

import { definitionOf, identifyAll } from './identify';
import { toItem } from './item';
import type { ProviderInfo } from './types';

/**
 * The sample of an event as items, marked so that nobody takes them for real; none for an unknown
 * type.
 */
export function sampleItems(provider: ProviderInfo, type: string): IDataObject[] {
	const definition = definitionOf(provider, type);
	if (!definition) return [];
	const payload = structuredClone(definition.sample);
	const events = [
		...identifyAll(provider, [{ type, payload }], Buffer.from(JSON.stringify(payload))),
	];
	return events.map((event) => ({ ...toItem(provider, event), isSample: true }));
}
