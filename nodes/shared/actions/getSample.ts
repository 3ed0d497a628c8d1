import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import type { ZodTypeAny } from 'zod';

import { itemSchema } from '../events/contract';
import { receivedNow } from '../events/item';
import { sampleItems } from '../events/samples';
import type { Event, ProviderInfo } from '../events/types';
import type { Operation } from './operation';

/** What differs from provider to provider. */
interface SampleOptions {
	provider: ProviderInfo;
	/** Type of the default event. */
	first: string;
	description: string;
	fields?: INodeProperties[];
	/** The payload of the events, for the editor's preview. */
	payload: ZodTypeAny;
	/** Whether to output only what a delivery has, without what a trigger adds to it. */
	isDelivery?(context: IExecuteFunctions, index: number): boolean;
	/** Adds what a trigger fetches by choice; `undefined` without that choice. */
	addDetails?(context: IExecuteFunctions, index: number): ((event: Event) => Event) | undefined;
}

/**
 * Get Sample: a made-up event as the trigger outputs it, for building a workflow before the first
 * delivery.
 */
export function getSampleOf({
	provider,
	first,
	description,
	fields = [],
	payload,
	isDelivery,
	addDetails,
}: SampleOptions): Operation {
	const { events, label } = provider;
	return {
		value: 'getSample',
		name: 'Get Sample',
		action: 'Get sample of event',
		description,
		offline: true,
		fields: [
			{
				displayName: 'Event',
				name: 'event',
				type: 'options',
				default: first,
				description: 'Which event to get',
				options: events
					.map(({ label: name, type, description: about }) => ({
						name,
						value: type,
						description: about,
					}))
					.sort((a, b) => a.name.localeCompare(b.name)),
			},
			...fields,
		],
		schema: itemSchema(provider.blocks, payload),
		async run(context, index) {
			const type = context.getNodeParameter('event', index) as string;
			const reception = receivedNow(context, 'sample');
			const items = sampleItems(
				provider,
				type,
				reception,
				isDelivery?.(context, index),
				addDetails?.(context, index),
			);
			if (items.length > 0) return items;
			throw new NodeOperationError(context.getNode(), `There is no ${label} event "${type}"`, {
				itemIndex: index,
				description: `Use one of: ${events.map((each) => each.type).join(', ')}.`,
			});
		},
	};
}
