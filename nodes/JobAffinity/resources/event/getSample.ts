import { z } from 'zod';

import { getSampleOf } from '../../../shared/actions/getSample';
import { detailFields } from '../../events/details';
import { keyOfChange, STEP_CHANGED } from '../../events/definitions';
import { jobaffinity } from '../../provider';
import { application, change } from '../../events/samples';

const text = z.string().nullish();

/** What a trigger adds to the sample after fetching its application. */
const details = {
	...detailFields(application, change),
	eventKey: `${jobaffinity.name}:${STEP_CHANGED}:${keyOfChange(String(application.id), change)}`,
};

export const getSample = getSampleOf({
	provider: jobaffinity,
	first: STEP_CHANGED,
	description: 'Get a made-up event as the trigger outputs it; no login is needed',
	fields: [
		{
			displayName: 'With Details',
			name: 'withDetails',
			type: 'boolean',
			default: true,
			description:
				'Whether to include application, candidate, job and step, as if the trigger had fetched them. A delivery itself contains only a link to the application.',
		},
	],
	own: {
		applicationLink: z.string().nullable(),
		applicationId: z.number().nullish(),
		step: z.object({ id: z.number().nullish(), name: text, status: text, date: text }).nullish(),
		job: z.object({ id: z.number(), title: z.string() }).passthrough().nullish(),
		candidate: z.object({ id: z.number(), email: z.string() }).passthrough().nullish(),
		changedBy: z.object({ email: z.string() }).passthrough().nullish(),
		cvUrl: text,
		details: text,
		payload: z
			.object({ event: z.string(), application: z.object({ _self: z.string() }).passthrough() })
			.passthrough(),
	},
	complete: (context, index, item) =>
		item.event === STEP_CHANGED && context.getNodeParameter('withDetails', index, true)
			? { ...item, ...details }
			: item,
});
