import type { IDataObject } from 'n8n-workflow';
import sortBy from 'lodash/sortBy';

import type { CallContext } from '../../shared/http/request';
import { textAt } from '../../shared/values/text';
import { collect } from '../api/pagination';
import { applicationIdOf, changeIdOf } from '../api/stepChanges';
import { apiPath } from '../api/transport';
import { fetchLinkedIfAny } from './details';

/** Why the changes of an application cannot be listed. */
export const NOT_SEARCHABLE =
	"JobAffinity's list of step changes can be searched by the candidate's email address or the job's reference only, and the API shows neither.";

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

/** The changes of an application. */
export interface ChangeList {
	/** Oldest first. */
	changes: IDataObject[];
	/** Whether the list was certainly read to its end. */
	isAll: boolean;
}

/**
 * The changes of an application. JobAffinity has no list of them, so the list of all changes is
 * filtered; `undefined` when there is nothing to filter by, because nobody waits for all changes of
 * an account.
 *
 * @param mostPages how many pages of 100 changes to read
 */
export async function changesOf(
	context: CallContext,
	application: IDataObject,
	mostPages = Infinity,
): Promise<ChangeList | undefined> {
	const query = await filterFor(context, application);
	if (!query) return undefined;
	const id = textAt(application, 'id');
	const isOfApplication = (change: IDataObject) =>
		applicationIdOf(change) === id && changeIdOf(change) !== null;
	let count = 0;
	const { items } = await collect(
		context,
		{ link: apiPath`/step`, query },
		Infinity,
		{ accepts: isOfApplication },
		() => ++count >= mostPages,
	);
	return { changes: sortBy(items, changeIdOf), isAll: count < mostPages };
}

/** How many pages are read for one application where that is not what the trigger is for. */
const MAX_PAGES = 5;

/** The lists that were read in an execution or poll, by application. */
const cache = new WeakMap<CallContext, Map<string, Promise<ChangeList | undefined>>>();

/**
 * The same, read once for each application in an execution or poll, and no further than 500
 * changes: one request for each 100 changes of the candidate.
 */
export async function knownChangesOf(
	context: CallContext,
	application: IDataObject,
): Promise<ChangeList | undefined> {
	const lists = cache.get(context) ?? new Map<string, Promise<ChangeList | undefined>>();
	cache.set(context, lists);
	const id = textAt(application, 'id') ?? '';
	const list = lists.get(id) ?? changesOf(context, application, MAX_PAGES);
	lists.set(id, list);
	// After a failure it is read again.
	list.catch(() => lists.delete(id));
	return await list;
}
