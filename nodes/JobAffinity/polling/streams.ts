import { NodeOperationError, type IDataObject, type IPollFunctions } from 'n8n-workflow';
import sortBy from 'lodash/sortBy';
import { z } from 'zod';

import type { CallContext } from '../../shared/http/request';
import { textAt } from '../../shared/values/text';
import type { PollResult, Observed, PollRequest } from '../../shared/polling/stream';
import { applicationIdOf, changeIdOf, isOldestFirst, newestChangeId } from '../api/stepChanges';
import { withLinkedRecords, detailFields, partialDetails, fetchLinkedIfAny } from '../events/details';
import { STEP_CHANGED } from '../events/definitions';
import { pages } from '../api/pagination';
import { apiPath, call } from '../api/transport';
import { callsCursor, failedCallsSince } from './calls';
import { callFailed, versionExpiring } from './definitions';

const cursorShape = z.object({
	/** The newest step change that was told, or was there at first. */
	changeId: z.number().optional(),
	/** Whether what was there at first has not been told in full yet. */
	isInHistory: z.boolean().optional(),
	calls: callsCursor.optional(),
	/** What was told of the version. */
	version: z.string().optional(),
});

type Cursor = z.infer<typeof cursorShape>;

/** A look under way. */
interface Poll {
	context: CallContext;
	wanted: Pick<PollRequest, 'history'>;
	before: Cursor;
	next: Cursor;
	observed: Observed[];
	deadline: number;
	gaps: string[];
}

/** An application of which a change shows only the link, as in the older generation of the reference. */
const isOnlyLinked = ({ application }: IDataObject): boolean =>
	textAt(application, 'id') === null && textAt(application, '_self') !== null;

/** The details of a change; without those of an application that is gone or not to be seen. */
async function detailsOf(context: CallContext, change: IDataObject): Promise<IDataObject> {
	const inline = (change.application ?? {}) as IDataObject;
	const found = isOnlyLinked(change) ? await fetchLinkedIfAny(context, String(inline._self), 'application') : inline;
	if (!(found instanceof Error)) return detailFields(await withLinkedRecords(context, found), change);
	return {
		...detailFields({ ...inline, id: applicationIdOf(change) }, change),
		...partialDetails('partly fetched', found.message),
	};
}

/** A step change in the shape of an event, with its application. */
export async function stepChangeEvent(context: CallContext, change: IDataObject): Promise<Observed> {
	const extra = await detailsOf(context, change);
	return {
		payload: {
			event: STEP_CHANGED,
			application: { _self: textAt(change, 'application._self'), id: extra.applicationId },
			change,
		},
		extra,
	};
}

/**
 * Changes after an ID, oldest first. When the deadline comes, those that are listed oldest first end there;
 * newest first, all must be read before the oldest of them are known.
 */
async function changesAfter(context: CallContext, since: number, deadline: number) {
	const reading = pages(context, { link: apiPath`/step`, query: { since } });
	const found: IDataObject[] = [];
	for (;;) {
		const { value, done } = await reading.next();
		if (done && value) {
			throw new NodeOperationError(context.getNode(), 'JobAffinity led from page to page in a circle', {
				description: 'The step changes could not be read in full. The next poll reads them again.',
			});
		}
		if (done) return { changes: sortBy(found, changeIdOf), isAll: true };
		found.push(...value.filter((change) => (changeIdOf(change) ?? 0) > since));
		if (Date.now() >= deadline && found.length > 0 && isOldestFirst(value)) {
			return { changes: sortBy(found, changeIdOf), isAll: false };
		}
	}
}

async function readStepChanges({ context, wanted, before, next, observed, deadline }: Poll): Promise<void> {
	if (before.changeId === undefined && !wanted.history) {
		next.changeId = await newestChangeId(context);
		return;
	}
	const isHistory = before.changeId === undefined || before.isInHistory === true;
	next.changeId = before.changeId ?? 0;
	const { changes, isAll } = await changesAfter(context, next.changeId, deadline);
	let left = changes.length;
	for (const change of changes) {
		observed.push({ ...(await stepChangeEvent(context, change)), isHistory });
		next.changeId = changeIdOf(change) ?? next.changeId;
		left--;
		// Where nothing is to be fetched the rest takes no time.
		if (isOnlyLinked(change) && Date.now() >= deadline) break;
	}
	if (isHistory && (left > 0 || !isAll)) next.isInHistory = true;
}

async function readWebhookCalls({ context, wanted, before, next, observed, deadline, gaps }: Poll): Promise<void> {
	const found = await failedCallsSince({ context, history: wanted.history, before: before.calls, deadline });
	next.calls = found.cursor;
	observed.push(...found.observed);
	gaps.push(...found.gaps);
}

/** A link of the root in one form, whether it is relative or absolute, by HTTPS or not. */
const normal = (link: string | null): string | null =>
	link === null || !URL.canParse(link, 'https://jobaffinity.fr')
		? link
		: new URL(link, 'https://jobaffinity.fr').href.replace(/^http:/, 'https:').replace(/\/$/, '');

/** What the root says of its end or of a newer version, `null` when there is nothing to say. */
export async function versionEvent(context: CallContext): Promise<Observed | null> {
	const root = await call(context, { link: apiPath`` });
	const newest = normal(textAt(root, '_last_version_url'));
	const isOld = newest !== null && newest !== normal(textAt(root, '_self') ?? apiPath``);
	if (!isOld && textAt(root, '_expiration') === null) return null;
	return { payload: { event: versionExpiring.type, root }, extra: {} };
}

async function readVersion({ context, before, next, observed }: Poll): Promise<void> {
	const found = await versionEvent(context);
	const told = found ? versionExpiring.key(found.payload) : undefined;
	next.version = told;
	if (found && told !== before.version) observed.push(found);
}

/**
 * Looks at what the chosen events need, and no more; see `Poller`. When nothing is new that is one request
 * for each of the three.
 */
export async function pollStreams(context: IPollFunctions, stored: IDataObject, wanted: PollRequest, deadline: number): Promise<PollResult> {
	const read = cursorShape.safeParse(stored);
	const before = read.success ? read.data : {};
	const looking: Poll = { context, wanted, before, next: {}, observed: [], deadline, gaps: [] };
	if (wanted.wants(STEP_CHANGED)) await readStepChanges(looking);
	if (wanted.wants(callFailed.type)) await readWebhookCalls(looking);
	if (wanted.wants(versionExpiring.type)) await readVersion(looking);
	return { observed: looking.observed, cursor: looking.next as IDataObject, gaps: looking.gaps };
}
