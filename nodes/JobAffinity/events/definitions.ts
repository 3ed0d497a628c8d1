import isPlainObject from 'lodash/isPlainObject';

import { nobody, type EventDefinition } from '../../shared/events/types';
import { textAt } from '../../shared/values/text';
import { applicationIdOf, changeIdOf } from '../api/stepChanges';
import { delivery } from './schemas';

/** The one event whose meaning is documented; others have their application alone. */
export const STEP_CHANGED = 'ProcessStepChange';

/** The key of a step change; `undefined` when it lacks an ID. */
export function keyOfChange(applicationId: string | null, change: object): string | undefined {
	const changeId = changeIdOf({ ...change });
	return applicationId !== null && changeId !== null ? `${applicationId}:${changeId}` : undefined;
}

/** The one event that the guide on webhooks names; it says that others exist. */
export const events: readonly EventDefinition[] = [
	{
		type: STEP_CHANGED,
		label: 'Step Changed',
		description: 'An application moved to another step of the recruitment process',
		schema: delivery,
		sample: { event: STEP_CHANGED, application: { _self: '/restapi/v1/application/410' } },
		/**
		 * Polling puts the change into the payload; a delivery has none, so the webhook trigger fetches
		 * it.
		 */
		key: (payload) =>
			keyOfChange(
				applicationIdOf(payload),
				isPlainObject(payload.change) ? (payload.change as object) : {},
			),
		/** A delivery names nobody; who applied is known once the details are fetched. */
		person: () => nobody,
		summary: (payload) => ({ applicationLink: textAt(payload, 'application._self') }),
	},
];
