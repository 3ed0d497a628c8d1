import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';
import { z, type ZodRawShape } from 'zod';

import type { ProviderInfo } from '../events/types';
import { sampleItems } from '../events/samples';
import type { Operation } from './operation';

const text = z.string().nullable();

/** What differs from provider to provider. */
interface SampleOptions {
	provider: ProviderInfo;
	/** Type of the default event. */
	first: string;
	description: string;
	fields?: INodeProperties[];
	/** Fields of this provider's items, besides those of every provider's. */
	own: ZodRawShape;
	/** Adds to an item what the trigger would add. */
	complete?(context: IExecuteFunctions, index: number, item: IDataObject): IDataObject;
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
	own,
	complete,
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
		schema: z
			.object({
				eventKey: z.string(),
				provider: z.string(),
				event: z.string(),
				occurredAt: text,
				person: z.object({
					email: text,
					firstName: text,
					lastName: text,
					id: text,
					externalId: text,
				}),
				...own,
				isSample: z.boolean(),
			})
			.passthrough(),
		async run(context, index) {
			const type = context.getNodeParameter('event', index) as string;
			const items = sampleItems(provider, type);
			if (items.length > 0) return items.map((item) => complete?.(context, index, item) ?? item);
			throw new NodeOperationError(context.getNode(), `There is no ${label} event "${type}"`, {
				itemIndex: index,
				description: `Use one of: ${events.map((each) => each.type).join(', ')}.`,
			});
		},
	};
}
