import isPlainObject from 'lodash/isPlainObject';
import { z } from 'zod';

import { nobody, type EventDefinition } from '../../shared/events/types';
import { textAt } from '../../shared/values/text';
import { applicationIdOf, changeIdOf } from '../api/stepChanges';

/** The event whose meaning is documented; others are told with their application alone. */
export const STEP_CHANGED = 'ProcessStepChange';

/** What tells a step change from every other; `undefined` when it lacks an ID. */
export function keyOfChange(applicationId: string | null, change: object): string | undefined {
	const changeId = changeIdOf({ ...change });
	return applicationId !== null && changeId !== null ? `${applicationId}:${changeId}` : undefined;
}

/**
 * A delivery is thin: the guide's sample handlers read the event's name and the application's link, and no
 * more is documented.
 */
const delivery = z
	.object({ event: z.string(), application: z.object({ _self: z.string() }).passthrough() })
	.passthrough();

/** The one event that the guide on webhooks names; it says that there are more. */
export const events: readonly EventDefinition[] = [
	{
		type: STEP_CHANGED,
		label: 'Step Changed',
		description: 'An application moved to another step of the recruitment process',
		schema: delivery,
		sample: { event: STEP_CHANGED, application: { _self: '/restapi/v1/application/410' } },
		/** Polling puts the change into the payload; a delivery has none, and the webhook trigger asks for it. */
		key: (payload) => keyOfChange(applicationIdOf(payload), isPlainObject(payload.change) ? (payload.change as object) : {}),
		/** A delivery names nobody; who applied is known when the details are fetched. */
		person: () => nobody,
		summary: (payload) => ({ applicationLink: textAt(payload, 'application._self') }),
	},
];
