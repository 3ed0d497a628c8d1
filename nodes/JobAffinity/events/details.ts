import { NodeApiError, NodeOperationError, type IDataObject, type JsonObject } from 'n8n-workflow';
import omit from 'lodash/omit';
import pick from 'lodash/pick';

import type { CallContext } from '../../shared/http/request';
import { asText, textAt } from '../../shared/values/text';
import { idInLink } from '../api/ids';
import { stepOf } from '../api/stepChanges';
import type { DeliveredRecord } from './deliveredRecord';
import { call } from '../api/transport';

/** An ID as a number, as in the API. */
const numberOf = (id: unknown): number | null => (asText(id) === null ? null : Number(id));

/**
 * Objects by their links, per execution or poll: several changes often belong to one application.
 */
const cache = new WeakMap<CallContext, Map<string, Promise<IDataObject>>>();

/** @throws NodeApiError, NodeOperationError, see `call` */
export async function fetchLinked(
	context: CallContext,
	link: string,
	object: string,
): Promise<IDataObject> {
	const objects = cache.get(context) ?? new Map<string, Promise<IDataObject>>();
	cache.set(context, objects);
	const fetched =
		objects.get(link) ?? call(context, { link, object, id: idInLink(link) ?? undefined });
	objects.set(link, fetched);
	// After a failure it is fetched again.
	fetched.catch(() => objects.delete(link));
	return await fetched;
}

/** Errors about one record alone: it is gone, not visible, or linked to from elsewhere. */
const isRecordError = (error: unknown): error is Error =>
	error instanceof NodeOperationError ||
	(error instanceof NodeApiError && ['403', '404'].includes(error.httpCode ?? ''));

/**
 * The same, but an error about this record alone is returned.
 *
 * @throws NodeApiError for an error that would affect every other record as well
 */
export async function fetchLinkedIfAny(
	context: CallContext,
	link: string,
	object: string,
): Promise<IDataObject | Error> {
	try {
		return await fetchLinked(context, link, object);
	} catch (error) {
		if (isRecordError(error)) return error;
		throw new NodeApiError(context.getNode(), error as JsonObject);
	}
}

/**
 * Fields of a candidate or a job: what an application shows in the newer generation, and a job's
 * reference.
 */
const SUMMARY = [
	'_self',
	'id',
	'title',
	'status',
	'reference',
	'first_name',
	'last_name',
	'email',
	'applications',
];

/**
 * The candidate or job in an application; in the older generation only a link, which is followed.
 */
async function summaryOf(
	context: CallContext,
	application: IDataObject,
	name: 'candidate' | 'job',
): Promise<IDataObject> {
	const summary = (application[name] ?? {}) as IDataObject;
	const link = textAt(summary, '_self');
	if (link === null || textAt(summary, 'id') !== null) return summary;
	const found = await fetchLinkedIfAny(context, link, name);
	return found instanceof Error
		? { ...summary, id: numberOf(idInLink(link)) }
		: pick(found, SUMMARY);
}

/**
 * An application with its candidate and job: no further request in the newer generation of the API,
 * two in the older.
 */
export async function withLinkedRecords(
	context: CallContext,
	application: IDataObject,
): Promise<IDataObject> {
	const candidate = await summaryOf(context, application, 'candidate');
	return { ...application, candidate, job: await summaryOf(context, application, 'job') };
}

/**
 * What is added to an event by a fetched application and change, for its filters and its item.
 * `occurredAt` is the date of the change as JobAffinity writes it: a day without a zone in the newer
 * generation of its reference.
 *
 * @param previousStep the step before, if it is known
 */
export function detailFields(
	application: IDataObject,
	change?: IDataObject,
	previousStep?: IDataObject,
): IDataObject {
	const step = change
		? stepOf(change)
		: pick(application.step as IDataObject, ['id', 'name', 'status', 'date']);
	return {
		occurredAt: asText(step.date),
		applicationId: numberOf(application.id),
		step,
		previousStep: previousStep ?? null,
		job: pick(application.job as IDataObject, ['id', 'title']),
		changedBy: change?.user ?? null,
		change: change ? omit(change, ['application']) : null,
		application,
		details: 'fetched',
	};
}

/** Marks an event whose details are incomplete, and says why. */
export const partialDetails = (
	details: 'partly fetched' | 'not fetched',
	because: string,
): IDataObject => ({
	details,
	detailsError: because,
});

/** The same for an event whose application was not fetched: what its delivery says. */
export const deliveredDetails = (
	{ application, change }: DeliveredRecord,
	because: string,
): IDataObject => ({
	...detailFields(application, change),
	...partialDetails('not fetched', because),
});
