import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import sortBy from 'lodash/sortBy';

import { sentenceOf } from '../../shared/http/errors';
import type { CallContext } from '../../shared/http/request';
import { asText, textAt } from '../../shared/values/text';
import { idInLink } from '../api/ids';
import { applicationIdOf, changeIdOf } from '../api/stepChanges';
import { objectAt, withId } from '../events/deliveredRecord';
import { withLinkedRecords, fetchLinkedIfAny } from '../events/details';
import { collect } from '../api/pagination';
import { apiPath, call } from '../api/transport';

/** What the API shows of an application at one moment. */
export interface Snapshot {
	application: IDataObject;
	id: string | null;
	/** Its step changes, oldest first; absent if they could not be read. */
	changes?: readonly IDataObject[];
	/** Why something could not be read, as a sentence. */
	missing?: string;
	/** The error behind `missing`; without one, the API offers no way to read it. */
	failure?: Error;
}

const NOT_SEARCHABLE =
	"JobAffinity's list of step changes can be searched by the candidate's email address or the job's reference only, and the API shows neither.";

/**
 * @throws NodeApiError; NodeOperationError when something else is there: a link may lead anywhere
 * in the API
 */
async function applicationAt(context: IExecuteFunctions, link: string): Promise<IDataObject> {
	const found = await call(context, {
		link,
		object: 'application',
		id: idInLink(link) ?? undefined,
	});
	if (asText(found.id) !== null && ('candidate' in found || 'job' in found)) return found;
	throw new NodeOperationError(
		context.getNode(),
		'The link of the delivery does not lead to an application',
	);
}

/**
 * The filter of the list of all changes that leads to an application's: the candidate's email
 * address, or the job's reference if the candidate has none (documented filters); `undefined` when
 * neither is known.
 */
async function filterFor(
	context: CallContext,
	application: IDataObject,
): Promise<IDataObject | undefined> {
	const email = textAt(application, 'candidate.email');
	if (email !== null) return { candidate_email: email };
	const link = textAt(application, 'job._self');
	// In the newer generation, an application shows its job without the reference.
	const reference =
		textAt(application, 'job.reference') ??
		(link === null ? null : textAt(await fetchLinkedIfAny(context, link, 'job'), 'reference'));
	return reference === null ? undefined : { job_reference: reference };
}

/**
 * The changes of an application, oldest first. JobAffinity has no list of them, so the list of all
 * changes is filtered; `undefined` when there is nothing to filter by, because nobody waits for all
 * changes of an account.
 */
async function changesOf(
	context: CallContext,
	application: IDataObject,
): Promise<IDataObject[] | undefined> {
	const query = await filterFor(context, application);
	if (!query) return undefined;
	const id = textAt(application, 'id');
	const isOfApplication = (change: IDataObject) =>
		applicationIdOf(change) === id && changeIdOf(change) !== null;
	const { items } = await collect(
		context,
		{ link: apiPath`/step`, query },
		Infinity,
		isOfApplication,
	);
	return sortBy(items, changeIdOf);
}

/**
 * Reads an application, and its step changes on request. What was read before a failure is kept.
 *
 * @throws NodeApiError, NodeOperationError when the application itself cannot be read
 */
export async function snapshotOf(
	context: IExecuteFunctions,
	link: string,
	withChanges: boolean,
): Promise<Snapshot> {
	let application = await applicationAt(context, link);
	const id = asText(application.id);
	try {
		application = await withLinkedRecords(context, application);
		if (!withChanges) return { application, id };
		const changes = await changesOf(context, application);
		return changes ? { application, id, changes } : { application, id, missing: NOT_SEARCHABLE };
	} catch (error) {
		const [candidate, job] = [
			withId(objectAt(application, 'candidate')),
			withId(objectAt(application, 'job')),
		];
		return {
			application: { ...application, candidate, job },
			id,
			missing: sentenceOf(error),
			failure: error as Error,
		};
	}
}
