import type { IDataObject } from 'n8n-workflow';
import isPlainObject from 'lodash/isPlainObject';

import type { Subject } from '../../shared/events/contract';
import { nameOf } from '../../shared/events/title';
import type { EventDefinition } from '../../shared/events/types';
import { applicationIdOf, changeIdOf } from '../api/stepChanges';
import { blocksOf } from './blocks';
import { detailFields } from './details';
import { application, change, newStep } from './samples';
import { delivery } from './schemas';

/** The one event whose meaning is documented; others have their application alone. */
export const STEP_CHANGED = 'ProcessStepChange';

/** The key of a step change; `undefined` when it lacks an ID. */
export function keyOfChange(applicationId: string | null, change: object): string | undefined {
	const changeId = changeIdOf({ ...change });
	return applicationId !== null && changeId !== null ? `${applicationId}:${changeId}` : undefined;
}

/** The change in the payload of a polled event, or in what a trigger adds to a delivery. */
const changeIn = (payload: IDataObject, extra?: IDataObject): object =>
	([payload.change, extra?.change].find((each) => isPlainObject(each)) as object | undefined) ?? {};

function titleOf({ person, application: about }: Subject): string {
	const who = nameOf(person, about?.id ? `Application ${about.id}` : 'An application');
	const job = about?.job ? ` for ${about.job}` : '';
	return `${who} moved to ${about?.stage ?? 'another step'}${job}`;
}

/** The one event that the guide on webhooks names; it says that others exist. */
export const events: readonly EventDefinition[] = [
	{
		type: STEP_CHANGED,
		label: 'Step Changed',
		description: 'An application moved to another step of the recruitment process',
		schema: delivery,
		sample: { event: STEP_CHANGED, application: { _self: '/restapi/v1/application/410' } },
		sampleExtra: detailFields(application, change, newStep),
		/**
		 * Polling puts the change into the payload; a delivery has none, so the webhook trigger fetches
		 * it.
		 */
		key: (payload, extra) => keyOfChange(applicationIdOf(payload), changeIn(payload, extra)),
		title: titleOf,
		blocks: blocksOf,
	},
];
