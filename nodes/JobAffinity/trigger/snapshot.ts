import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import sortBy from 'lodash/sortBy';

import type { CallContext } from '../../shared/http/request';
import { asText, textAt } from '../../shared/values/text';
import { idInLink } from '../api/ids';
import { applicationIdOf, changeIdOf } from '../api/stepChanges';
import { objectAt, withId } from './deliveredRecord';
import { withLinkedRecords, fetchLinkedIfAny } from '../events/details';
import { collect } from '../api/pagination';
import { apiPath, call } from '../api/transport';

/** What the API shows of an application at one moment. */
export interface Snapshot {
	application: IDataObject;
	id: string | null;
	/** Its step changes, oldest first; absent where they could not be read. */
	changes?: readonly IDataObject[];
	/** Why something could not be read, as a sentence. */
	missing?: string;
	/** The failure behind `missing`; without one, the API has no way to it. */
	failure?: Error;
}

const NOT_SEARCHABLE =
	"JobAffinity's list of step changes can be searched by the candidate's email address or the job's reference only, and the API shows neither.";

/** An error's message with what to do, as one text. */
export const sentenceOf = (error: unknown): string => {
	const { message, description } = error as { message: string; description?: string | null };
	return [message, description].filter(Boolean).join('. ');
};

/** @throws NodeApiError; NodeOperationError when something else is there: a link may lead anywhere in the API */
async function applicationAt(context: IExecuteFunctions, link: string): Promise<IDataObject> {
	const found = await call(context, { link, object: 'application', id: idInLink(link) ?? undefined });
	if (asText(found.id) !== null && ('candidate' in found || 'job' in found)) return found;
	throw new NodeOperationError(context.getNode(), 'The link of the delivery does not lead to an application');
}

/**
 * What narrows the list of all changes down to an application's: the candidate's e-mail address, or the job
 * where the candidate has none (documented filters); `undefined` when neither is known.
 */
async function narrowing(context: CallContext, application: IDataObject): Promise<IDataObject | undefined> {
	const email = textAt(application, 'candidate.email');
	if (email !== null) return { candidate_email: email };
	const link = textAt(application, 'job._self');
	// What an application shows of its job has no reference in the newer generation.
	const reference =
		textAt(application, 'job.reference') ??
		(link === null ? null : textAt(await fetchLinkedIfAny(context, link, 'job'), 'reference'));
	return reference === null ? undefined : { job_reference: reference };
}

/**
 * The changes of an application, oldest first. JobAffinity has no list of them, so it is that of all changes,
 * filtered; `undefined` when there is nothing to filter by, as nobody waits for all that an account has.
 */
async function changesOf(context: CallContext, application: IDataObject): Promise<IDataObject[] | undefined> {
	const query = await narrowing(context, application);
	if (!query) return undefined;
	const id = textAt(application, 'id');
	const isOfApplication = (change: IDataObject) => applicationIdOf(change) === id && changeIdOf(change) !== null;
	const { items } = await collect(context, { link: apiPath`/step`, query }, Infinity, isOfApplication);
	return sortBy(items, changeIdOf);
}

/**
 * Reads an application anew, and its step changes if they are wanted. What was read before a failure is kept.
 *
 * @throws NodeApiError, NodeOperationError when the application itself cannot be read
 */
export async function snapshotOf(context: IExecuteFunctions, link: string, withChanges: boolean): Promise<Snapshot> {
	let application = await applicationAt(context, link);
	const id = asText(application.id);
	try {
		application = await withLinkedRecords(context, application);
		if (!withChanges) return { application, id };
		const changes = await changesOf(context, application);
		return changes ? { application, id, changes } : { application, id, missing: NOT_SEARCHABLE };
	} catch (error) {
		const [candidate, job] = [withId(objectAt(application, 'candidate')), withId(objectAt(application, 'job'))];
		return { application: { ...application, candidate, job }, id, missing: sentenceOf(error), failure: error as Error };
	}
}
