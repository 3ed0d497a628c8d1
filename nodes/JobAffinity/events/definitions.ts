import type { IDataObject } from 'n8n-workflow';
import isPlainObject from 'lodash/isPlainObject';

import type { Subject } from '../../shared/events/contract';
import { nameOf } from '../../shared/events/title';
import type { EventDefinition } from '../../shared/events/types';
import { applicationIdOf, changeIdOf } from '../api/stepChanges';
import { blocksOf } from './blocks';
import { APPLICATION_RECEIVED, END_STEP_REACHED } from './derived';
import { detailFields } from './details';
import { application, change, ended, newStep, received } from './samples';
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

const whoIn = ({ person, application: about }: Subject): string =>
	nameOf(person, about?.id ? `Application ${about.id}` : 'An application');

const jobIn = ({ application: about }: Subject): string => (about?.job ? ` for ${about.job}` : '');

const hasName = ({ person }: Subject): boolean => nameOf(person, '') !== '';

/** What a delivery of a step change holds; the events that are read from it have the same. */
const stepDelivery: Pick<EventDefinition, 'schema' | 'sample' | 'blocks'> = {
	schema: delivery,
	sample: { event: STEP_CHANGED, application: { _self: '/restapi/v1/application/410' } },
	blocks: blocksOf,
};

/**
 * Polling puts the change into the payload; a delivery has none, so the webhook trigger fetches it.
 */
const keyOf: EventDefinition['key'] = (payload, extra) =>
	keyOfChange(applicationIdOf(payload), changeIn(payload, extra));

/**
 * The one event that the guide on webhooks names, although it says that others exist; and what is
 * read from it.
 */
export const events: readonly EventDefinition[] = [
	{
		type: STEP_CHANGED,
		label: 'Step Changed',
		description: 'An application moved to another step of the recruitment process',
		...stepDelivery,
		sampleExtra: detailFields(application, change, newStep),
		key: keyOf,
		title: (subject) =>
			`${whoIn(subject)} moved to ${subject.application?.stage ?? 'another step'}${jobIn(subject)}`,
	},
	{
		type: APPLICATION_RECEIVED,
		label: 'Application Received',
		description:
			"Derived from Step Changed: an application's first change, to a step with the status START",
		derivedFrom: STEP_CHANGED,
		...stepDelivery,
		sampleExtra: detailFields(received.application, received.change),
		/** An application is received once, whatever its changes are. */
		key: (payload) => applicationIdOf(payload) ?? undefined,
		title: (subject) =>
			`${whoIn(subject)} ${hasName(subject) ? 'applied' : 'was received'}${jobIn(subject)}`,
	},
	{
		type: END_STEP_REACHED,
		label: 'Reached an End Step',
		description:
			'Derived from Step Changed: an application moved to a step with the status END, hired or not, or to one of End Steps in the options',
		derivedFrom: STEP_CHANGED,
		...stepDelivery,
		sampleExtra: detailFields(ended.application, ended.change, application.step as IDataObject),
		key: keyOf,
		title: (subject) => {
			const { stage } = subject.application ?? {};
			return `${whoIn(subject)} reached ${stage ? `the end step ${stage}` : 'an end step'}${jobIn(subject)}`;
		},
	},
];
