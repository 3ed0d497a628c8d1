import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import sortBy from 'lodash/sortBy';
import { z } from 'zod';

import { identify } from '../../shared/events/identify';
import {
	isBefore,
	mayBeIn,
	type PastEvents,
	type PastRequest,
	type TimeRange,
} from '../../shared/events/past';
import type { Event } from '../../shared/events/types';
import { READS_AT_ONCE, readAhead } from '../../shared/http/readAhead';
import type { CallContext } from '../../shared/http/request';
import {
	nothingFound,
	type PollingSource,
	type Stream,
	type StreamRequest,
} from '../../shared/polling/stream';
import { textAt } from '../../shared/values/text';
import {
	applicationIdOf,
	changeIdOf,
	idBefore,
	isOldestFirst,
	newestChangeId,
	newestChanges,
	stepOf,
} from '../api/stepChanges';
import { collect, pages } from '../api/pagination';
import { apiPath, call } from '../api/transport';
import { hasFailed, newestFirst, timestampOf } from '../api/webhookCalls';
import { knownChangesOf } from '../events/changeList';
import { addDetails } from '../events/addDetails';
import { STEP_CHANGED } from '../events/definitions';
import {
	APPLICATION_RECEIVED,
	derivedTypes,
	END_STEP_REACHED,
	endStepsIn,
	isStart,
	mayBeFirst,
} from '../events/derived';
import {
	detailFields,
	fetchLinkedIfAny,
	partialDetails,
	withLinkedRecords,
} from '../events/details';
import { historyReader, readCalls } from './callHistory';
import { callFailed, polledJobAffinity, versionExpiring } from './definitions';
import { jobaffinity, subjectOf } from '../provider';
import { callPayloads, failedCallsCursor, failedCallsSince } from './failedCalls';

/** How many of the newest changes a test run tries to find one that passes the filters. */
const MOST_TRIED = 10;
/** How far a time that is written without a zone may be from the same in UTC. */
const ZONES_MS = 14 * 3_600_000;
/** How many of the calls a test run searches for a failed one. */
const MOST_SEARCHED = 100;

/**
 * Whether a change shows only the link of its application, as in the older generation of the
 * reference.
 */
const isOnlyLinked = ({ application }: IDataObject): boolean =>
	textAt(application, 'id') === null && textAt(application, '_self') !== null;

/**
 * The details of a change; without those of an application that is gone or that the API user may
 * not see.
 */
async function detailsOf(context: CallContext, change: IDataObject): Promise<IDataObject> {
	const inline = (change.application ?? {}) as IDataObject;
	const found = isOnlyLinked(change)
		? await fetchLinkedIfAny(context, String(inline._self), 'application')
		: inline;
	if (!(found instanceof Error))
		return detailFields(await withLinkedRecords(context, found), change);
	return {
		...detailFields({ ...inline, id: applicationIdOf(change) }, change),
		...partialDetails('partly fetched', found.message),
	};
}

/** Whether there is an earlier change of the same application. */
type Earlier = 'yes' | 'no' | 'unknown';

/**
 * Whether a change is the application's first. Where the poll does not show it, the list of the
 * application's changes does, which takes a request for each application; where that cannot be
 * searched or is too long, the dates must do.
 */
async function isFirstChange(
	context: CallContext,
	change: IDataObject,
	{ application, step }: IDataObject,
	earlier: Earlier,
): Promise<boolean> {
	if (earlier !== 'unknown') return earlier === 'no';
	const record = application as IDataObject;
	const list = await knownChangesOf(context, record);
	const id = changeIdOf(change) ?? 0;
	if (list?.changes.some((each) => (changeIdOf(each) ?? Infinity) < id)) return false;
	return list?.isAll === true || mayBeFirst(record, step as IDataObject);
}

/** What the events of a change depend on. */
type Wanted = Pick<StreamRequest, 'wants' | 'options'>;

/** Whether a request must tell if a change is its application's first. */
const needsCheck = (change: IDataObject, { wants }: Wanted, earlier: Earlier): boolean =>
	earlier === 'unknown' && wants(APPLICATION_RECEIVED) && isStart(stepOf(change));

/** The selected events of a step change, with its application. */
async function eventsOfChange(
	context: CallContext,
	change: IDataObject,
	request: Wanted,
	earlier: Earlier,
): Promise<Event[]> {
	const extra = await detailsOf(context, change);
	const isFirst =
		needsCheck(change, request, earlier) || earlier === 'no'
			? await isFirstChange(context, change, extra, earlier)
			: false;
	const application = { _self: textAt(change, 'application._self'), id: extra.applicationId };
	const payload = { event: STEP_CHANGED, application, change };
	const derived = derivedTypes(stepOf(change), {
		isFirst,
		endSteps: endStepsIn(request.options),
	});
	return [STEP_CHANGED, ...derived]
		.filter(request.wants)
		.map((type) => identify(polledJobAffinity, { type, payload, extra }));
}

/**
 * The changes after an ID, oldest first. Listed oldest first, they end at the deadline. Listed
 * newest first, all must be read before the oldest are known, or all until one is too old.
 */
async function changesAfter(
	context: CallContext,
	since: number,
	deadline: number,
	isTooOld: (change: IDataObject) => boolean = () => false,
) {
	const reading = pages(context, { link: apiPath`/step`, query: { since } });
	const found: IDataObject[] = [];
	for (;;) {
		const { value, done } = await reading.next();
		if (done && value) {
			throw new NodeOperationError(
				context.getNode(),
				'JobAffinity led from page to page in a circle',
				{
					description:
						'The step changes could not be read in full. They are read again the next time.',
				},
			);
		}
		if (done) return { changes: sortBy(found, changeIdOf), isAll: true, isEnough: true };
		found.push(...value.filter((change) => (changeIdOf(change) ?? 0) > since));
		const isEnough = !isOldestFirst(value) && value.length > 0 && value.every(isTooOld);
		const isTime = Date.now() >= deadline && found.length > 0;
		if (isEnough || (isTime && isOldestFirst(value)))
			return { changes: sortBy(found, changeIdOf), isAll: false, isEnough };
	}
}

/**
 * Whether there are earlier changes of the application of each change.
 *
 * @param changes oldest first
 * @param since the ID after which they are
 */
function earlierChanges(changes: readonly IDataObject[], since: number) {
	const first = new Map<string | null, IDataObject>();
	for (const change of changes) {
		const id = applicationIdOf(change);
		if (!first.has(id)) first.set(id, change);
	}
	return (change: IDataObject): Earlier => {
		if (first.get(applicationIdOf(change)) !== change) return 'yes';
		return since === 0 ? 'no' : 'unknown';
	};
}

const stepChangeCursor = z.object({
	/** The newest step change that was read, or that was there at the first poll. */
	changeId: z.number(),
	/** Whether some of what was there at the first poll is still to be read. */
	isInHistory: z.boolean().optional(),
});

/**
 * Step changes, which have growing IDs, and what is read from them. When nothing is new, a poll is
 * one request.
 */
const stepChanges: Stream<z.infer<typeof stepChangeCursor>> = {
	name: 'stepChanges',
	events: [STEP_CHANGED, APPLICATION_RECEIVED, END_STEP_REACHED],
	cursor: stepChangeCursor,
	async read(context, cursor, request, deadline) {
		if (!cursor && !request.history)
			return { ...nothingFound, cursor: { changeId: await newestChangeId(context) } };
		const isHistory = !cursor || cursor.isInHistory === true;
		let changeId = cursor?.changeId ?? 0;
		const { changes, isAll } = await changesAfter(context, changeId, deadline);
		const earlierThan = earlierChanges(changes, changeId);
		const events: Event[] = [];
		let count = 0;
		function* inTime() {
			for (const [index, change] of changes.entries()) {
				const needsRequest =
					isOnlyLinked(change) || needsCheck(change, request, earlierThan(change));
				// Where nothing has to be fetched, the rest takes no time.
				if (index > 0 && needsRequest && Date.now() >= deadline) return;
				yield change;
			}
		}
		const reading = readAhead(
			inTime(),
			READS_AT_ONCE,
			async (change) => await eventsOfChange(context, change, request, earlierThan(change)),
		);
		for await (const [change, found] of reading) {
			events.push(...(await found));
			count++;
			changeId = changeIdOf(change) ?? changeId;
		}
		const isInHistory = isHistory && (count < changes.length || !isAll);
		return {
			...nothingFound,
			...(isHistory ? { history: events } : { events }),
			cursor: { changeId, ...(isInHistory && { isInHistory }) },
		};
	},
	past: pastChanges,
	async newest(context, type, { accepts, options }) {
		const mayBe = (change: IDataObject) =>
			type === STEP_CHANGED ||
			derivedTypes(stepOf(change), { isFirst: true, endSteps: endStepsIn(options) }).includes(type);
		const wanted = { wants: (each: string) => each === type, options };
		for (const change of (await newestChanges(context)).filter(mayBe).slice(0, MOST_TRIED)) {
			const [event] = await eventsOfChange(context, change, wanted, 'unknown');
			if (event && accepts(event)) return event;
		}
		return undefined;
	},
};

/** Why reading has ended before its time. */
const OUT_OF_TIME =
	'Reading was stopped after half an hour, as JobAffinity allows 45 requests a minute: set Since to a later time for the rest.';

/**
 * The events of the changes in a range. Where the oldest are listed first, some requests find where
 * it begins; otherwise pages are read until there.
 */
async function* pastChanges(
	context: IExecuteFunctions,
	request: PastRequest,
	range: TimeRange,
	deadline: number,
): PastEvents {
	const dateOf = (change: IDataObject) => textAt(stepOf(change), 'date');
	const isTooOld = (change: IDataObject) => isBefore(dateOf(change), range.since);
	let isCut = false;
	const isTime = () => (isCut ||= Date.now() >= deadline);
	const after = await idBefore(context, isTooOld);
	const { changes, isAll, isEnough } = await changesAfter(
		context,
		after,
		deadline,
		(change) => isTooOld(change) || isTime(),
	);
	isCut ||= !isEnough;
	const earlierThan = earlierChanges(changes, isAll ? after : 1);
	function* inTime() {
		for (const [index, change] of changes
			.filter((each) => mayBeIn(dateOf(each), range))
			.entries()) {
			if (index > 0 && isTime()) return;
			yield change;
		}
	}
	const reading = readAhead(
		inTime(),
		READS_AT_ONCE,
		async (change) => await eventsOfChange(context, change, request, earlierThan(change)),
	);
	for await (const [, events] of reading) yield* await events;
	return isCut ? [OUT_OF_TIME] : [];
}

/** The failed calls of a range. Their times are written without a zone, so some before it may come. */
async function* pastCalls(
	context: IExecuteFunctions,
	_request: PastRequest,
	{ since }: TimeRange,
	deadline: number,
): PastEvents {
	const from = since - ZONES_MS;
	const { calls, isCut } = await readCalls(historyReader(context), {
		since: from,
		overlapMs: 0,
		deadline,
	});
	const written = calls.filter((each) => (timestampOf(each) ?? Infinity) >= from);
	for (const payload of callPayloads(written))
		if (hasFailed(payload.call as IDataObject))
			yield identify(polledJobAffinity, { type: callFailed.type, payload });
	return isCut ? [OUT_OF_TIME] : [];
}

/**
 * The history of webhook calls, for those that failed. When nothing is new, a poll is one request.
 */
const webhookCalls: Stream<z.infer<typeof failedCallsCursor>> = {
	name: 'webhookCalls',
	events: [callFailed.type],
	cursor: failedCallsCursor,
	read: failedCallsSince,
	past: pastCalls,
	async newest(context) {
		const { items } = await collect(context, { link: apiPath`/webhook/task` }, MOST_SEARCHED);
		const failed = newestFirst(items).find(hasFailed);
		const [payload] = failed ? callPayloads([failed]) : [];
		return payload && identify(polledJobAffinity, { type: callFailed.type, payload });
	},
};

/** A link of the root in one form, whether it is relative or absolute, by HTTPS or not. */
const normalized = (link: string | null): string | null =>
	link === null || !URL.canParse(link, 'https://jobaffinity.fr')
		? link
		: new URL(link, 'https://jobaffinity.fr').href.replace(/^http:/, 'https:').replace(/\/$/, '');

/**
 * What the root says of its end or of a newer version; `undefined` when there is nothing to report.
 */
async function versionEvent(context: CallContext): Promise<Event | undefined> {
	const root = await call(context, { link: apiPath`` });
	const newest = normalized(textAt(root, '_last_version_url'));
	const isOld = newest !== null && newest !== normalized(textAt(root, '_self') ?? apiPath``);
	if (!isOld && textAt(root, '_expiration') === null) return undefined;
	return identify(polledJobAffinity, {
		type: versionExpiring.type,
		payload: { event: versionExpiring.type, root },
	});
}

/** The key of the event that was reported last; none when there was nothing to report. */
const versionCursor = z.object({ eventKey: z.string().optional() });

/**
 * The API's root, which names its end and its newest version: one request. There is no history of
 * it.
 */
const apiVersion: Stream<z.infer<typeof versionCursor>> = {
	name: 'apiVersion',
	events: [versionExpiring.type],
	cursor: versionCursor,
	async read(context, cursor) {
		const event = await versionEvent(context);
		const isNew = event !== undefined && event.eventKey !== cursor?.eventKey;
		return { ...nothingFound, events: isNew ? [event] : [], cursor: { eventKey: event?.eventKey } };
	},
	newest: async (context: IExecuteFunctions) => await versionEvent(context),
	/** What the root says now, as it has no history. */
	async *past(context) {
		const event = await versionEvent(context);
		if (event) yield event;
		return [];
	},
};

/** JobAffinity by polling: step changes, and what the API says of webhook calls and of itself. */
export const jobAffinityPolling: PollingSource = {
	provider: polledJobAffinity,
	dedupe: { by: 'key' },
	streams: [stepChanges, webhookCalls, apiVersion],
	/** That JobAffinity repeats failed deliveries is documented, for how long is not. */
	webhook: {
		type: 'jobAffinityTrigger',
		provider: jobaffinity,
		makesKeys: ({ fetchDetails }) => fetchDetails !== false,
		subjectOf,
		patienceMinutes: 15,
	},
	addDetails,
};
