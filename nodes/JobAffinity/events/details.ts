import { NodeApiError, NodeOperationError, type IDataObject, type JsonObject } from 'n8n-workflow';
import omit from 'lodash/omit';
import pick from 'lodash/pick';

import type { CallContext } from '../../shared/http/request';
import type { Person } from '../../shared/events/types';
import { asText, textAt } from '../../shared/values/text';
import { idInLink } from '../api/ids';
import { stepOf } from '../api/stepChanges';
import type { DeliveredRecord } from '../trigger/deliveredRecord';
import { call } from '../api/transport';

/** An ID as the API has it, which is not text. */
const numberOf = (id: unknown): number | null => (asText(id) === null ? null : Number(id));

/** Objects by their links, as an execution or a poll has them: several changes are often of one application. */
const known = new WeakMap<CallContext, Map<string, Promise<IDataObject>>>();

/** @throws NodeApiError, NodeOperationError, see `call` */
export async function fetchLinked(context: CallContext, link: string, object: string): Promise<IDataObject> {
	const objects = known.get(context) ?? new Map<string, Promise<IDataObject>>();
	known.set(context, objects);
	const asked = objects.get(link) ?? call(context, { link, object, id: idInLink(link) ?? undefined });
	objects.set(link, asked);
	// After a failure, whoever asks later asks anew.
	asked.catch(() => objects.delete(link));
	return await asked;
}

/** What keeps one record from being had, and not the next: it is gone, not to be seen, or linked to elsewhere. */
const isOfRecord = (error: unknown): error is Error =>
	error instanceof NodeOperationError || (error instanceof NodeApiError && ['403', '404'].includes(error.httpCode ?? ''));

/**
 * The same, but for what keeps this record alone from being had, which is returned.
 *
 * @throws NodeApiError for what keeps every other from being had, too
 */
export async function fetchLinkedIfAny(context: CallContext, link: string, object: string): Promise<IDataObject | Error> {
	try {
		return await fetchLinked(context, link, object);
	} catch (error) {
		if (isOfRecord(error)) return error;
		throw new NodeApiError(context.getNode(), error as JsonObject);
	}
}

/** Of a candidate or a job; beside the reference of a job, what an application shows in the newer generation. */
const SUMMARY = ['_self', 'id', 'title', 'status', 'reference', 'first_name', 'last_name', 'email', 'applications'];

/** What an application shows of its candidate or job; in the older generation only a link, which is followed. */
async function shown(context: CallContext, application: IDataObject, name: 'candidate' | 'job'): Promise<IDataObject> {
	const summary = (application[name] ?? {}) as IDataObject;
	const link = textAt(summary, '_self');
	if (link === null || textAt(summary, 'id') !== null) return summary;
	const found = await fetchLinkedIfAny(context, link, name);
	return found instanceof Error ? { ...summary, id: numberOf(idInLink(link)) } : pick(found, SUMMARY);
}

/** An application as the newer generation shows it, with its candidate and job: no further request in the newer generation, two in the older. */
export async function withLinkedRecords(context: CallContext, application: IDataObject): Promise<IDataObject> {
	const candidate = await shown(context, application, 'candidate');
	return { ...application, candidate, job: await shown(context, application, 'job') };
}

/** Who applied, as all providers' items have it. */
const personOf = (application: IDataObject): Person => ({
	email: textAt(application, 'candidate.email'),
	firstName: textAt(application, 'candidate.first_name'),
	lastName: textAt(application, 'candidate.last_name'),
	id: textAt(application, 'candidate.id'),
	externalId: null,
});

/**
 * The fields of an item whose application and change are known. `occurredAt` is the date of the change as
 * JobAffinity writes it: a day without a zone in the newer generation of its reference.
 */
export function detailFields(application: IDataObject, change?: IDataObject): IDataObject {
	const step = change ? stepOf(change) : pick(application.step as IDataObject, ['id', 'name', 'status', 'date']);
	return {
		occurredAt: asText(step.date),
		person: { ...personOf(application) },
		applicationId: numberOf(application.id),
		step,
		job: pick(application.job as IDataObject, ['id', 'title', 'status', '_self']),
		candidate: pick(application.candidate as IDataObject, ['id', 'title', 'first_name', 'last_name', 'email', '_self']),
		source: application.source ?? null,
		changedBy: change?.user ?? null,
		cvUrl: application.latest_cv_url ?? null,
		change: change ? omit(change, ['application']) : null,
		application,
		details: 'fetched',
	};
}

/** The fields of an item of which not all could be found out; those that are unknown are there, and empty. */
export const partialDetails = (details: 'partly fetched' | 'not fetched', because: string): IDataObject => ({
	details,
	detailsError: because,
});

/** The fields of an item whose application could not be fetched: what its delivery says. */
export const deliveredDetails = ({ application, change }: DeliveredRecord, because: string): IDataObject => ({
	...detailFields(application, change),
	...partialDetails('not fetched', because),
});
