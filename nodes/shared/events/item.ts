import type { IDataObject } from 'n8n-workflow';

import { blanksOf, type Blocks, type Person, type Source, type Subject } from './contract';
import { definitionOf } from './identify';
import { occurredOn } from './occurredOn';
import { fullName, toLine } from './title';
import type { Event, ProviderInfo } from './types';

/** How an event came in, and how its times are printed. */
export interface Reception {
	source: Source;
	/** When n8n got it, as ISO text. */
	receivedAt: string;
	/** The workflow's. */
	timezone: string;
}

/** A reception of now. */
export const receivedNow = (context: { getTimezone(): string }, source: Source): Reception => ({
	source,
	receivedAt: new Date().toISOString(),
	timezone: context.getTimezone(),
});

/** What is known, in the shape of all of the provider's items. */
function shapeBlocks({ blocks }: ProviderInfo, blocksKnown: Blocks) {
	const known = blocksKnown as Record<string, IDataObject | undefined>;
	const shaped: Record<string, IDataObject> = {};
	for (const [name, blank] of Object.entries(blanksOf(blocks)))
		shaped[name] = { ...blank, ...known[name] };
	const { person } = shaped;
	person.name ??= fullName(person.firstName as string | null, person.lastName as string | null);
	return shaped;
}

/** The ways in of which an event was certainly not missed. */
const BY_WEBHOOK: readonly Source[] = ['webhook', 'testEvent'];

/** An event as the next nodes get it. It keeps the contract, whatever the provider sent. */
export function toItem(
	provider: ProviderInfo,
	{ eventKey, event, payload, extra, missedByWebhook }: Event,
	{ source, receivedAt, timezone }: Reception,
): IDataObject {
	const definition = definitionOf(provider, event) ?? provider.unrecognized;
	const known = definition.blocks(payload, extra);
	const shaped = shapeBlocks(provider, known);
	const subject: Subject = {
		...(shaped as unknown as Blocks),
		person: shaped.person as Person,
		label: provider.label,
		event,
		details: known.details,
	};
	const occurredAt = provider.occurredAt(payload, extra);
	const encoding = extra?.encoding ?? null;
	return {
		title: toLine(definition.title(subject)),
		...shaped,
		occurredOn: occurredOn(occurredAt, timezone),
		occurredAt,
		receivedAt,
		source,
		missedByWebhook: missedByWebhook ?? (BY_WEBHOOK.includes(source) ? false : null),
		provider: provider.name,
		event,
		eventKey,
		deliveryId: provider.deliveryId(payload),
		details: encoding === null ? (known.details ?? null) : { ...known.details, encoding },
		payload,
	};
}
