import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import { sentenceOf } from '../../shared/http/errors';
import { asText } from '../../shared/values/text';
import { idInLink } from '../api/ids';
import { objectAt, withId } from '../events/deliveredRecord';
import { changesOf, NOT_SEARCHABLE } from '../events/changeList';
import { withLinkedRecords } from '../events/details';
import { call } from '../api/transport';

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
		const list = await changesOf(context, application);
		return list
			? { application, id, changes: list.changes }
			: { application, id, missing: NOT_SEARCHABLE };
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
