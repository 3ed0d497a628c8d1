import { NodeOperationError } from 'n8n-workflow';
import { z } from 'zod';

import type { Operation } from '../../../api/define';
import { sampleItem } from '../../../delivery/sample';
import { detailed } from '../../details';
import { events, keyOfChange, STEP_CHANGED } from '../../events';
import { jobaffinity } from '../../provider';
import { application, change } from '../../samples';

const text = z.string().nullable();

/** The sample as a trigger puts it out after it has fetched what the delivery is about. */
const details = {
	...detailed(application, change),
	eventKey: `${jobaffinity.name}:${STEP_CHANGED}:${keyOfChange(String(application.id), change)}`,
};

/** A sample event as a JobAffinity trigger puts it out, so that a flow can be built before the first delivery. */
export const getSample: Operation = {
	value: 'getSample',
	name: 'Get Sample',
	action: 'Get sample of event',
	description: 'Get a made-up event, shaped as the trigger does it; no login is needed',
	offline: true,
	fields: [
		{
			displayName: 'Event',
			name: 'event',
			type: 'options',
			default: 'ProcessStepChange',
			description: 'Which event to get',
			options: events
				.map(({ label, type, description }) => ({ name: label, value: type, description }))
				.sort((a, b) => a.name.localeCompare(b.name)),
		},
		{
			displayName: 'With Details',
			name: 'withDetails',
			type: 'boolean',
			default: true,
			description:
				'Whether to get it with application, candidate, job and step, as after fetching them. A delivery itself has a link to the application alone.',
		},
	],
	schema: z
		.object({
			eventKey: z.string(),
			provider: z.string(),
			event: z.string(),
			occurredAt: text,
			person: z.object({ email: text, firstName: text, lastName: text, id: text, externalId: text }),
			applicationLink: text,
			applicationId: z.number().nullish(),
			step: z.object({ id: z.number().nullish(), name: text.optional(), status: text.optional(), date: text.optional() }).nullish(),
			job: z.object({ id: z.number(), title: z.string() }).passthrough().nullish(),
			candidate: z.object({ id: z.number(), email: z.string() }).passthrough().nullish(),
			changedBy: z.object({ email: z.string() }).passthrough().nullish(),
			cvUrl: text.optional(),
			details: z.string().nullish(),
			isSample: z.boolean(),
			payload: z.object({ event: z.string(), application: z.object({ _self: z.string() }).passthrough() }).passthrough(),
		})
		.passthrough(),
	async run(context, index) {
		const wanted = context.getNodeParameter('event', index) as string;
		const sample = sampleItem(jobaffinity, wanted);
		const withDetails = context.getNodeParameter('withDetails', index, true) && wanted === STEP_CHANGED;
		if (sample) return { ...sample, ...(withDetails && details) };
		throw new NodeOperationError(context.getNode(), `There is no JobAffinity event "${wanted}"`, {
			itemIndex: index,
			description: `Use one of: ${events.map(({ type }) => type).join(', ')}.`,
		});
	},
};
