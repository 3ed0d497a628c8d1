import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type JsonObject,
} from 'n8n-workflow';
import memoize from 'lodash/memoize';
import omit from 'lodash/omit';
import once from 'lodash/once';

import { isLastAttempt } from '../../shared/events/attempts';
import type { Owner } from '../../shared/events/contract';
import { identify } from '../../shared/events/identify';
import type { Event, EventDefinition, EventSource, ProviderInfo } from '../../shared/events/types';
import { locatorText } from '../../shared/actions/resourceLocator';
import { sentenceOf } from '../../shared/http/errors';
import { path } from '../../shared/http/path';
import { READS_AT_ONCE, readAhead } from '../../shared/http/readAhead';
import { textAt, textsIn } from '../../shared/values/text';
import { call, JOFI_CREDENTIAL, type Call } from '../api/transport';
import { assignedAssessments, isAllCompleted } from '../events/completion';
import { ALL_COMPLETED, COMPLETED } from '../events/definitions';
import { OBJECT, ownerOf } from '../events/person';
import { scorecardSample } from '../events/samples';
import { NO_SCORECARD, scorecardDetails } from '../events/scorecard';
import { jofi } from '../provider';
import { CURRENT_ASSESSMENTS, FETCH, INVITER, SCORECARD } from './fetchProperties';

/** A record that was read, or why it was not. */
type Fetched = { record: IDataObject } | { missing: string };

/** The events that a scorecard belongs to. */
const SCORED = [COMPLETED, ALL_COMPLETED];

const NO_CREDENTIAL =
	'No JOFI API credential is chosen. Choose one in the trigger, and run this execution again.';
const TEST_KEY =
	'The API key is a test key, for which JOFI makes everything up. Choose a credential with a live key in the trigger.';

/** Whether the same request may succeed later; of anything else, no retry makes a difference. */
const isTemporary = (error: unknown): boolean => {
	const status = error instanceof NodeApiError ? Number(error.httpCode ?? 0) : -1;
	return status === 0 || status === 429 || status >= 500;
};

/** JOFI's API as one execution of a trigger reads it: nothing twice. */
class Reader {
	/** What the user has chosen to fetch. */
	readonly choices: readonly string[];
	/** Why it is not known whether a test taker has completed everything, by ID. */
	readonly unchecked = new Map<string, string>();

	constructor(private readonly context: IExecuteFunctions) {
		this.choices = textsIn(context.getNodeParameter(FETCH, 0, []) as string[]);
	}

	/** Counted once an execution of the node, however much fails. */
	private readonly isLastAttempt = once(() => isLastAttempt(this.context));

	/**
	 * A test taker or an invitation.
	 *
	 * @throws NodeApiError to have n8n try again, with Retry On Fail
	 */
	readonly find = memoize(
		async (object: 'test taker' | 'invitation', id: string, isMadeUp: boolean): Promise<Fetched> =>
			await this.read(
				{ path: `/${object.replace(' ', '-')}s${path`/${id}`}`, object, id },
				isMadeUp,
			),
		(...given) => given.join(':'),
	);

	/**
	 * The scorecard of a test taker.
	 *
	 * @throws NodeApiError to have n8n try again, with Retry On Fail
	 */
	readonly scorecard = memoize(
		async (id: string, isMadeUp: boolean): Promise<Fetched> => {
			const sp = locatorText(this.context.getNodeParameter('scoreProfile', 0, ''));
			if (sp === null) return { missing: 'Score Profile is empty: choose one in the trigger.' };
			return await this.read(
				{
					path: path`/test-takers/${id}/scorecard`,
					query: { sp },
					object: 'test taker',
					id,
					advice: 'Check that Score Profile: Get Many lists the score profile of the trigger.',
				},
				isMadeUp,
			);
		},
		(...given) => given.join(':'),
	);

	/** @param isMadeUp whether the event itself is made up, as with a test key that is accepted */
	private async read(request: Call, isMadeUp: boolean): Promise<Fetched> {
		if (!this.context.getNode().credentials?.[JOFI_CREDENTIAL]) return { missing: NO_CREDENTIAL };
		try {
			const record = await call(this.context, request);
			return record.mode === 'test' && !isMadeUp ? { missing: TEST_KEY } : { record };
		} catch (error) {
			if (isTemporary(error) && !this.isLastAttempt())
				throw new NodeApiError(this.context.getNode(), error as JsonObject);
			this.context.logger.warn(`${request.path} could not be read: ${(error as Error).message}`);
			return { missing: sentenceOf(error) };
		}
	}
}

const readers = new WeakMap<IExecuteFunctions, Reader>();

function readerOf(context: IExecuteFunctions): Reader {
	const reader = readers.get(context) ?? new Reader(context);
	readers.set(context, reader);
	return reader;
}

/** What an option adds to an event: fields, and sentences about what is missing. */
interface Addition {
	extra: IDataObject;
	missing: string[];
}

type Add = (reader: Reader, event: Event) => Promise<Addition | undefined>;

const isMadeUp = ({ extra }: Event): boolean => extra?.mode === 'test';

/** The scorecard, as it is when the event is processed. */
const addScorecard: Add = async (reader, event) => {
	if (!SCORED.includes(event.event)) return undefined;
	const id = textAt(event.payload, `${OBJECT}.id`);
	const fetched: Fetched =
		id === null
			? { missing: 'The event does not name its test taker.' }
			: await reader.scorecard(id, isMadeUp(event));
	return 'record' in fetched
		? { extra: { scorecard: scorecardDetails(fetched.record) }, missing: [] }
		: {
				extra: { scorecard: NO_SCORECARD },
				missing: [`The scorecard is missing. ${fetched.missing}`],
			};
};

const NOT_NAMED =
	'JOFI does not name who sent this invitation. Events of the test taker do, once the invitation is accepted.';

const isUnknown = ({ name, email }: Owner): boolean => name === null && email === null;

/**
 * The record that may name who invited. Test takers do (documented, api/events). An invitation that
 * nobody has accepted has none; which fields it has itself when read by its ID is not documented.
 */
async function withInviter(reader: Reader, event: Event): Promise<Fetched | undefined> {
	const { event: type, payload, extra } = event;
	const testTaker = textAt(payload, `${OBJECT}.test_taker_id`);
	if (testTaker !== null) return await reader.find('test taker', testTaker, isMadeUp(event));
	if (!type.startsWith('invitation.')) return undefined;
	const id = textAt(payload, `${OBJECT}.id`);
	// By polling, the payload is what its ID leads to.
	const isRead = textsIn(extra?.derivedFrom).some((from) => from.startsWith('GET /invitations/'));
	return id === null || isRead
		? { missing: NOT_NAMED }
		: await reader.find('invitation', id, isMadeUp(event));
}

/** Who invited, where the event does not say. */
const addInviter: Add = async (reader, event) => {
	const fetched = isUnknown(ownerOf(event.payload)) ? await withInviter(reader, event) : undefined;
	if (!fetched) return undefined;
	const missing = (why: string) => ({ extra: {}, missing: [`Who invited is missing. ${why}`] });
	if ('missing' in fetched) return missing(fetched.missing);
	const owner = ownerOf({ data: { object: fetched.record } });
	return isUnknown(owner) ? missing(NOT_NAMED) : { extra: { owner }, missing: [] };
};

const UNCHECKED = 'Whether all assessments are completed is not known';

/** Says of a completion that it may have been the last, where that could not be looked up. */
const addUnchecked: Add = async (reader, event) => {
	const missing = reader.unchecked.get(textAt(event.payload, `${OBJECT}.id`) ?? '');
	return event.event === COMPLETED && missing !== undefined
		? { extra: {}, missing: [`${UNCHECKED}. ${missing}`] }
		: undefined;
};

async function withAdditions(
	reader: Reader,
	additions: readonly Add[],
	event: Event,
): Promise<Event> {
	const added: Addition[] = [];
	for (const add of additions) {
		const addition = await add(reader, event);
		if (addition) added.push(addition);
	}
	if (added.length === 0) return event;
	const missing = added.flatMap((each) => each.missing);
	const isNothing = added.every((each) => each.missing.length > 0);
	const status = missing.length === 0 ? 'fetched' : isNothing ? 'not fetched' : 'partly fetched';
	const extra: IDataObject = { status, error: missing.join(' ') || null };
	return { ...event, extra: Object.assign({}, event.extra, extra, ...added.map((a) => a.extra)) };
}

/**
 * The event that a delivery with an open assessment announces if, by now, its test taker has
 * completed everything; otherwise none. If JOFI does not answer, it is not known; the execution
 * then fails if there is nothing else in it, so that somebody can run it again.
 */
async function enrichOpen(context: IExecuteFunctions, event: Event): Promise<Event[]> {
	if (event.extra?.isOpen !== true) return [event];
	const id = textAt(event.payload, `${OBJECT}.id`);
	if (id === null) return [];
	const reader = readerOf(context);
	const fetched = await reader.find('test taker', id, isMadeUp(event));
	if ('missing' in fetched) {
		reader.unchecked.set(id, fetched.missing);
		if (context.getInputData().some(({ json }) => json.event !== ALL_COMPLETED)) return [];
		throw new NodeOperationError(context.getNode(), UNCHECKED, {
			description: `${fetched.missing} Then run this execution again.`,
		});
	}
	const { record } = fetched;
	if (!isAllCompleted(assignedAssessments({ data: { object: record } }))) return [];
	const extra = {
		...omit(event.extra, 'isOpen'),
		derivedFrom: [COMPLETED, `GET ${path`/test-takers/${id}`}`],
		testTaker: record,
	};
	const { payload } = event;
	return [
		identify(jofi, {
			type: ALL_COMPLETED,
			payload,
			id: textAt(payload, 'id') ?? undefined,
			extra,
		}),
	];
}

const ADDITIONS: Record<string, Add> = {
	[CURRENT_ASSESSMENTS]: addUnchecked,
	[INVITER]: addInviter,
	[SCORECARD]: addScorecard,
};

/** A provider whose samples have a scorecard where a trigger that fetches it adds one. */
export const withSampleScorecards = (provider: ProviderInfo): ProviderInfo => ({
	...provider,
	events: provider.events.map(
		(definition): EventDefinition =>
			SCORED.includes(definition.type)
				? {
						...definition,
						sampleExtra: {
							status: 'fetched',
							error: null,
							scorecard: scorecardDetails(scorecardSample),
						},
					}
				: definition,
	),
});

/**
 * A source of JOFI's events with what the user has chosen to fetch; the source itself if that is
 * nothing. What cannot be read is missing from the item, which says so. With n8n's Retry On Fail,
 * the trigger first tries again.
 */
export function withFetched<Source extends EventSource>(
	context: IExecuteFunctions,
	source: Source,
): Source {
	const reader = readerOf(context);
	const additions = reader.choices.flatMap((choice) => ADDITIONS[choice] ?? []);
	if (additions.length === 0) return source;
	return {
		...source,
		provider: reader.choices.includes(SCORECARD)
			? withSampleScorecards(source.provider)
			: source.provider,
		...(reader.choices.includes(CURRENT_ASSESSMENTS) && { enrich: enrichOpen }),
		async addDetails(_, events) {
			const detailed: Event[] = [];
			const reading = readAhead(
				events,
				READS_AT_ONCE,
				async (event) => await withAdditions(reader, additions, event),
			);
			for await (const [, event] of reading) detailed.push(await event);
			return detailed;
		},
	};
}
