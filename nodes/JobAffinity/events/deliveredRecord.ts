import type { IDataObject } from 'n8n-workflow';
import isPlainObject from 'lodash/isPlainObject';

import { asText } from '../../shared/values/text';
import { idInLink } from '../api/ids';
import { applicationIdOf, changeIdOf } from '../api/stepChanges';

export const objectAt = (source: IDataObject, name: string): IDataObject | undefined =>
	isPlainObject(source[name]) ? (source[name] as IDataObject) : undefined;

/** A candidate or a job, with the ID from its link if it has no other. */
export function withId(record: IDataObject | undefined): IDataObject | undefined {
	const id = idInLink(record?._self);
	return record && asText(record.id) === null && id !== null
		? { ...record, id: Number(id) }
		: record;
}

/**
 * The change in a delivery. That it has one is not documented, so every shape of the API is
 * accepted: a change, its fields beside the event, or a step with a date and a user beside it.
 */
function changeIn(payload: IDataObject): IDataObject | undefined {
	const change = objectAt(payload, 'change');
	if (change) return change;
	const step = objectAt(payload, 'step');
	const { change_id, id, name, status, date, user } = payload;
	if (step)
		return {
			change_id,
			id: step.id,
			name: step.name,
			status: step.status,
			date: date ?? step.date,
			user,
		};
	return change_id === undefined ? undefined : { change_id, id, name, status, date, user };
}

/** A delivery's application and change; only the link is documented. */
export interface DeliveredRecord {
	application: IDataObject;
	change?: IDataObject;
	/** The change's ID, if it is there. */
	changeId: number | null;
}

/** Reads a delivery by itself, in the shapes of both generations of the reference. */
export function deliveredRecord(payload: IDataObject): DeliveredRecord {
	const application = objectAt(payload, 'application') ?? {};
	const change = changeIn(payload);
	const recordOf = (name: string) => withId(objectAt(application, name) ?? objectAt(payload, name));
	const [candidate, job] = [recordOf('candidate'), recordOf('job')];
	return {
		application: {
			...application,
			id: applicationIdOf(payload),
			...(candidate && { candidate }),
			...(job && { job }),
		},
		change,
		changeId: change ? changeIdOf(change) : null,
	};
}
