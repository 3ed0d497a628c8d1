import type { IDataObject, IExecuteFunctions, IPollFunctions } from 'n8n-workflow';

import {
	isBefore,
	type PastEvents,
	type PastRequest,
	type TimeRange,
} from '../../shared/events/past';
import type { Event, ProviderInfo } from '../../shared/events/types';
import { READS_AT_ONCE, readAhead } from '../../shared/http/readAhead';
import { webhookMissed, webhookSilent } from '../../shared/polling/backstop';
import { gapEvent } from '../../shared/polling/gap';
import type { PollingSource, Stream, StreamRequest } from '../../shared/polling/stream';
import { ALL_COMPLETED, COMPLETED } from '../events/definitions';
import type { List } from '../api/transport';
import { jofi } from '../provider';
import { cachedClient, type CachedClient } from './cachedClient';
import {
	countCompletions,
	keepState,
	progressOf,
	readCompletions,
	type TestTakers,
} from './completions';
import { diffList, idOf, type ListReading, type ListSource } from './diffList';
import {
	allAssessmentsCompleted,
	assessmentsCompleted,
	invitationAccepted,
	invitationCreated,
	profileCreated,
	testTakerCreated,
	testTakerOf,
} from './mapEvents';
import { pollingOptionsOf } from './properties';
import { isRecordError, skippedRecords } from './skippedRecords';
import { listCursor, testTakersCursor, type ListCursor, type TestTakersCursor } from './state';

/** What test takers do at any time, however old their records are. */
const COMPLETIONS: readonly string[] = [COMPLETED, ALL_COMPLETED];

/** The events that a record of a list stands for, oldest first. */
type MapRecord = (client: CachedClient, item: IDataObject) => Promise<Event[]>;

/** A list, and how its records become events, by type. */
interface EventList extends ListSource {
	eventsOf: Record<string, MapRecord>;
}

const INVITATIONS: EventList = {
	path: '/invitations',
	what: 'invitations',
	eventsOf: { 'invitation.created': invitationCreated },
};

const TEST_TAKERS: EventList = {
	path: '/test-takers',
	what: 'test takers',
	eventsOf: {
		'invitation.accepted': invitationAccepted,
		'test_taker.created': testTakerCreated,
		[COMPLETED]: async (client, item) =>
			assessmentsCompleted(client, await testTakerOf(client, item)),
		[ALL_COMPLETED]: async (client, item) =>
			allAssessmentsCompleted(client, await testTakerOf(client, item)),
	},
};

const PROFILES: EventList = {
	path: '/career-navigation-profiles',
	what: 'career navigation profiles',
	eventsOf: { 'career_navigation_profile.created': profileCreated },
};

/**
 * How many of the newest records a test run reads to find one that has the event and passes the
 * filters.
 */
const MOST_TRIED = 10;

async function newestIn(
	{ path, eventsOf }: EventList,
	context: IExecuteFunctions,
	type: string,
	request: StreamRequest,
) {
	const client = cachedClient(context, request);
	const { records } = await client.list(path);
	const unread: IDataObject[] = [];
	for (const item of records.slice(0, MOST_TRIED)) {
		try {
			const event = (await eventsOf[type](client, item)).filter(request.accepts).at(-1);
			if (event) return event;
		} catch (error) {
			unread.push(item);
			// One record that cannot be read does not keep the others away; a second one would take long.
			if (unread.length > 1 || !isRecordError(error)) break;
		}
	}
	// It fails again, without another request.
	for (const item of unread.slice(-1)) await eventsOf[type](client, item);
	return undefined;
}

/** How many records that JOFI does not give are left out; if there are more, it is not available. */
const MOST_UNREAD = 5;

/** Why a list does not show all events of a range. */
function reasonFor({ what }: EventList, { records, totalCount }: List, isOfOlder: boolean): string {
	const ofAll = totalCount === null ? '' : ` of ${totalCount}`;
	const missing = isOfOlder ? 'what the others have completed is missing' : 'others may be missing';
	return `JOFI lists only its newest ${records.length}${ofAll} ${what}: ${missing}.`;
}

/** The events that the records of a list show, oldest record first. */
async function* pastIn(
	source: EventList,
	context: IExecuteFunctions,
	request: PastRequest,
	{ since }: TimeRange,
): PastEvents {
	const client = cachedClient(context, request);
	const list = await client.list(source.path);
	const types = Object.keys(source.eventsOf).filter(request.wants);
	const records = [...list.records].reverse();
	const reading = readAhead(records, READS_AT_ONCE, async (item) => {
		const events: Event[] = [];
		for (const type of types) events.push(...(await source.eventsOf[type](client, item)));
		return events;
	});
	const reasons: string[] = [];
	let isReached = false;
	for await (const [item, result] of reading) {
		const events = await result.catch((error: unknown) => {
			if (!isRecordError(error) || reasons.length >= MOST_UNREAD) throw error;
			reasons.push(`JOFI did not give ${source.path}/${idOf(item)}: ${(error as Error).message}.`);
			return [];
		});
		// Older than the oldest record that is listed, none is in the range.
		if (item === records[0])
			isReached = events.some(
				({ event, payload }) =>
					!COMPLETIONS.includes(event) && isBefore(jofi.occurredAt(payload), since),
			);
		yield* events;
	}
	const isOfOlder = COMPLETIONS.some((type) => types.includes(type));
	if (list.hasMore && (isOfOlder || !isReached)) reasons.push(reasonFor(source, list, isOfOlder));
	return reasons;
}

/** Reads a list, to compare it with what was seen of it with a key of the same mode. */
async function openList<Cursor extends ListCursor>(
	source: EventList,
	context: IPollFunctions,
	cursor: Cursor | undefined,
	request: StreamRequest,
	deadline: number,
) {
	const client = cachedClient(context, request);
	// Before all lists: a completion in between is then found before it is counted, not counted
	// without being found.
	const wantsCompletions = COMPLETIONS.some(request.wants);
	const account = wantsCompletions ? await client.account() : undefined;
	const list = await client.list(source.path);
	const seen = cursor?.mode === list.mode ? cursor : undefined;
	const gaps: string[] = [];
	const reading = {
		source,
		list,
		seen,
		gaps,
		skipped: skippedRecords(context, seen?.skipped ?? {}, gaps),
		deadline,
	} satisfies ListReading;
	return { client, account, reading };
}

/** A list whose records stand for one event each, when they are new. */
const listStream = (name: string, list: EventList): Stream<ListCursor> => ({
	name,
	events: Object.keys(list.eventsOf),
	cursor: listCursor,
	async read(context, before, request, deadline) {
		const { client, reading } = await openList(list, context, before, request, deadline);
		const [mapRecord] = Object.values(list.eventsOf);
		const { events, history, cursor } = await diffList(reading, async (item, { isHistory }) =>
			isHistory && !request.history ? [] : await mapRecord(client, item),
		);
		return {
			events,
			history,
			cursor: { ...cursor, skipped: reading.skipped.stored },
			gaps: reading.gaps,
		};
	},
	newest: async (context, type, request) => await newestIn(list, context, type, request),
	past: (context, request, range) => pastIn(list, context, request, range),
});

/** The events of a new test taker, but for its completions. */
const ONCE = ['invitation.accepted', 'test_taker.created'];

/**
 * Test takers: their invitations were accepted, they were created, and they complete assessments.
 * These are one stream, because each is found in the same new record, which is read once, and
 * because what the account counts is completed by new test takers and by those that were seen
 * before.
 */
const testTakers: Stream<TestTakersCursor> = {
	name: 'testTakers',
	events: Object.keys(TEST_TAKERS.eventsOf),
	cursor: testTakersCursor,
	async read(context, before, request, deadline) {
		const { client, account, reading } = await openList(
			TEST_TAKERS,
			context,
			before,
			request,
			deadline,
		);
		const { seen = {} as Partial<TestTakersCursor>, skipped, gaps } = reading;
		const states: TestTakers = { pending: { ...seen.pending }, finished: { ...seen.finished } };
		const types = ONCE.filter(request.wants);
		// Where completions are selected later, test takers were seen, but their states were not kept.
		const again = account !== undefined && seen.pending === undefined;
		const { left, cursor, ...diff } = await diffList(
			reading,
			async (item, { isHistory, isRepeat }) => {
				const isReported = request.history || !isHistory;
				const events: Event[] = [];
				for (const type of isReported && !isRepeat ? types : [])
					events.push(...(await TEST_TAKERS.eventsOf[type](client, item)));
				if (!account) return events;
				const progress = progressOf(client, await testTakerOf(client, item));
				keepState(states, idOf(item), progress);
				return isReported ? [...events, ...progress.events] : events;
			},
			again,
		);
		// What is not selected is forgotten: when it is selected again, it would be out of date.
		if (!account) return { ...diff, cursor: { ...cursor, skipped: skipped.stored }, gaps };

		const completions = await readCompletions({
			client,
			account,
			before: seen,
			testTakers: states,
			found: countCompletions([...diff.events, ...diff.history]),
			unread: left,
			options: pollingOptionsOf(request.options),
			skipped,
			gaps,
			deadline,
		});
		return {
			events: [...diff.events, ...completions.events],
			history: diff.history,
			cursor: { ...cursor, ...completions.cursor, skipped: skipped.stored },
			gaps,
		};
	},
	newest: async (context, type, request) => await newestIn(TEST_TAKERS, context, type, request),
	past: (context, request, range) => pastIn(TEST_TAKERS, context, request, range),
};

/** JOFI with the gap that polling can leave. */
const polledJofi: ProviderInfo = {
	...jofi,
	events: [...jofi.events, gapEvent, webhookMissed, webhookSilent],
};

/** JOFI by polling: the events of its webhooks, one stream for each list that shows them. */
export const jofiPolling: PollingSource = {
	provider: polledJofi,
	dedupe: { by: 'key' },
	streams: [listStream('invitations', INVITATIONS), testTakers, listStream('profiles', PROFILES)],
	/** That JOFI repeats deliveries, or how late one may be, is not documented. */
	webhook: { type: 'jofiTrigger', provider: jofi, patienceMinutes: 15 },
};
