import { NodeOperationError } from 'n8n-workflow';
import { z } from 'zod';

import type { Operation } from '../../../api/define';
import { sampleItem } from '../../../delivery/sample';
import { events } from '../../events';
import { jofi } from '../../provider';

const text = z.string().nullable();

/** A sample event as the JOFI Trigger puts it out, so that a flow can be built before the first delivery. */
export const getSample: Operation = {
	value: 'getSample',
	name: 'Get Sample',
	action: 'Get sample of event',
	description: 'Get a made-up event, shaped as the JOFI Trigger does it; no API key is needed',
	offline: true,
	fields: [
		{
			displayName: 'Event',
			name: 'event',
			type: 'options',
			default: 'test_taker.assessment_completed',
			description: 'Which event to get',
			options: events
				.map(({ label, type, description }) => ({ name: label, value: type, description }))
				.sort((a, b) => a.name.localeCompare(b.name)),
		},
	],
	// What all events have; each has fields of its own besides.
	schema: z
		.object({
			eventKey: z.string(),
			provider: z.string(),
			event: z.string(),
			occurredAt: text,
			person: z.object({ email: text, firstName: text, lastName: text, id: text, externalId: text }),
			eventId: text,
			apiVersion: text,
			webhookUrl: text,
			webhookVerificationMethod: text,
			isSample: z.boolean(),
			payload: z.object({ id: text, type: z.string(), created_at: text }).passthrough(),
		})
		.passthrough(),
	async run(context, index) {
		const wanted = context.getNodeParameter('event', index) as string;
		const sample = sampleItem(jofi, wanted);
		if (sample) return sample;
		throw new NodeOperationError(context.getNode(), `There is no JOFI event "${wanted}"`, {
			itemIndex: index,
			description: `Use one of: ${events.map(({ type }) => type).join(', ')}.`,
		});
	},
};
