import { NodeOperationError, type IDataObject, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import { z, type ZodRawShape } from 'zod';

import type { ProviderInfo } from '../events/types';
import { sampleItems } from '../events/samples';
import type { Operation } from './operation';

const text = z.string().nullable();

/** In what one provider's sample events differ from another's. */
interface Sampling {
	provider: ProviderInfo;
	/** Type of the event that is offered first. */
	first: string;
	description: string;
	fields?: INodeProperties[];
	/** Fields that all items of this provider have, beside those that all providers' have. */
	own: ZodRawShape;
	/** Completes an item of an event type as the trigger would. */
	complete?(context: IExecuteFunctions, index: number, item: IDataObject): IDataObject;
}

/** Get Sample: a made-up event as the trigger puts it out, so that a flow can be built before the first delivery. */
export function getSampleOf({ provider, first, description, fields = [], own, complete }: Sampling): Operation {
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
					.map(({ label: name, type, description: about }) => ({ name, value: type, description: about }))
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
				person: z.object({ email: text, firstName: text, lastName: text, id: text, externalId: text }),
				...own,
				isSample: z.boolean(),
			})
			.passthrough(),
		async run(context, index) {
			const wanted = context.getNodeParameter('event', index) as string;
			const items = sampleItems(provider, wanted);
			if (items.length > 0) return items.map((item) => complete?.(context, index, item) ?? item);
			throw new NodeOperationError(context.getNode(), `There is no ${label} event "${wanted}"`, {
				itemIndex: index,
				description: `Use one of: ${events.map(({ type }) => type).join(', ')}.`,
			});
		},
	};
}
