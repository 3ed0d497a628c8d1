import type {
	IBinaryKeyData,
	IDataObject,
	IExecuteFunctions,
	INodePropertyOptions,
} from 'n8n-workflow';
import type { ZodTypeAny } from 'zod';

import type { Blocks, BlockSchemas, Subject } from './contract';

/** A parsed JSON object whose fields have not been checked. */
export type Payload = IDataObject;

/** One event, from the decoder to the item: the only shape that it has on the way. */
export interface Event {
	/** The same for every copy of the event, no matter which node received it. */
	eventKey: string;
	provider: string;
	/** The provider's own name of the event; it may be one that this version does not recognize. */
	event: string;
	payload: Payload;
	/** What the payload does not say, or says wrong; the event's definition knows its fields. */
	extra?: IDataObject;
	/** The files of its item, by field. */
	binary?: IBinaryKeyData;
	/** Set if a delivery should have brought it long ago, and did not. */
	missedByWebhook?: true;
}

/** One of the events that a payload stands for. */
export interface SubEvent {
	payload: Payload;
	extra?: IDataObject;
	/** Of one of several people: the fields of the payload that are this person's alone. */
	own?: IDataObject;
	/** The other fields, in one object that all of them share. */
	shared?: IDataObject;
}

/**
 * One event of a provider, declared once. The Trigger On options, the items, the filters, the
 * README's tables and the tests are all derived from it.
 */
export interface EventDefinition {
	/** The provider's own name of the event, e.g. `test_taker.created`. */
	type: string;
	/** What the editor shows in Trigger On, in Title Case. */
	label: string;
	/** One sentence that says when the provider sends it. */
	description: string;
	/** Types the payload and finds deviations from the documentation; it never rejects a payload. */
	schema: ZodTypeAny;
	/**
	 * Excluded from Any Event; must be selected explicitly. `test` is the provider's own test; `own` is
	 * what the trigger itself reports, and no delivery can be.
	 */
	kind?: 'test' | 'own';
	/**
	 * The type of the provider's event that this one is read from: the provider has no name for it, and
	 * `enrich` or a stream makes it. It is excluded from Any Event, which would have the same thing
	 * twice.
	 */
	derivedFrom?: string;
	/** A payload as the provider sends it, with made-up people. */
	sample: Payload;
	/** What a trigger adds to the sample. */
	sampleExtra?: IDataObject;
	/**
	 * What distinguishes this event from all others of its type; `undefined` when the payload lacks
	 * it. It uses only what the provider's API shows as well, so that a webhook and a polling trigger
	 * make the same key for the same event.
	 */
	key(payload: Payload, extra?: IDataObject): string | undefined;
	/**
	 * What stays the same if the person does the same thing again, such as the learner and the course;
	 * `undefined` when the payload lacks it. Without this function, repeats cannot be recognized.
	 */
	occasion?(payload: Payload): string | undefined;
	/** One plain sentence, for a subject line. It reads well where the person has no name. */
	title(subject: Subject): string;
	/** What is known of the event, in the blocks of the contract. */
	blocks(payload: Payload, extra?: IDataObject): Blocks;
}

/**
 * Where the values of a filter come from: fixed options; the list that the node's `loadOptions`
 * method of the filter's name reads from the provider's API, and the user's keyboard where the node
 * cannot ask the API; or the keyboard alone.
 */
export type FilterValues =
	| { from: 'options'; options: INodePropertyOptions[] }
	| {
			from: 'list' | 'keyboard';
			/** What may be typed, as a sentence without its full stop. */
			takes: string;
			placeholder: string;
			/** The filter beside it that narrows the list. */
			narrowedBy?: string;
	  };

/** A condition on the event that a user may set; every value is compared as text. */
export interface FilterDefinition {
	/** Name of the parameter inside the Filters collection. */
	name: string;
	label: string;
	/** When an event passes, and what else to know, in whole sentences; empty if that is clear. */
	description: string;
	values: FilterValues;
	/**
	 * The texts of this event that the filter may match. `undefined` means that the event does not
	 * say, and it passes; an empty list means that it has none, and it does not pass.
	 *
	 * @param values what the user entered, trimmed and in lower case
	 */
	texts(
		event: Pick<Event, 'event' | 'payload' | 'extra'>,
		values: readonly string[],
	): string[] | undefined;
}

/** What all nodes of a provider know about its events. */
export interface ProviderInfo {
	/** First part of every `eventKey`, and the item's `provider`. */
	name: string;
	/** The provider as people write it. */
	label: string;
	events: readonly EventDefinition[];
	filters: readonly FilterDefinition[];
	/** The blocks that all items of this provider have. */
	blocks: BlockSchemas;
	/** For events that this version does not recognize. */
	unrecognized: Pick<EventDefinition, 'title' | 'blocks'>;
	/** When the event happened, as the provider wrote it, or `null`. */
	occurredAt(payload: Payload, extra?: IDataObject): string | null;
	/** The provider's own ID of the delivery or the event, or `null`. */
	deliveryId(payload: Payload): string | null;
	/** The events that one payload stands for, at least one. */
	split(type: string, payload: Payload): Iterable<SubEvent>;
}

/** For a provider whose payloads stand for one event each. */
export const singleEvent: ProviderInfo['split'] = (_type, payload) => [{ payload }];

/**
 * What identifies a duplicate.
 *
 * - `key`: events with the same `eventKey`.
 * - `content`: deliveries with the same content within a time window, for a provider whose
 *   deliveries have nothing that distinguishes a repeat from a new event. Off unless the user turns
 *   it on.
 * - `enrichedKey`: events with the same `eventKey` after `enrich`, for a provider whose deliveries
 *   do not say what happened. Filters apply to the enriched events as well.
 */
export type Dedupe =
	| { by: 'key' }
	| { by: 'content'; windowMinutes: number }
	| { by: 'enrichedKey' };

/**
 * n8n's record of processed events, as one execution sees it; it outlives restarts and is shared by
 * all processes.
 */
export interface ProcessedKeys {
	/**
	 * Records the keys.
	 *
	 * @returns those that no earlier execution has recorded
	 * @throws NodeOperationError when n8n's database does not answer; then none of them is recorded,
	 * at the latest from the next call on
	 */
	record(keys: readonly string[]): Promise<Set<string>>;
	/**
	 * Those of the keys that an earlier execution has recorded; it records none.
	 *
	 * @throws NodeOperationError as `record` does
	 */
	recorded(keys: readonly string[]): Promise<Set<string>>;
	/**
	 * Records marks, which stand for no event and belong to no execution.
	 *
	 * @throws NodeOperationError as `record` does
	 */
	note(marks: readonly string[]): Promise<void>;
	/**
	 * Those of the marks that were recorded; it records none.
	 *
	 * @throws NodeOperationError as `record` does
	 */
	noted(marks: readonly string[]): Promise<Set<string>>;
	/**
	 * Makes the keys new again, so that a repeat of the event is not a duplicate. It never throws.
	 */
	takeBack(keys: readonly string[]): Promise<void>;
}

/** Where events come from: what the second phase of a trigger needs to know. */
export interface EventSource {
	provider: ProviderInfo;
	dedupe: Dedupe;
	/**
	 * Completes an event with what the provider's API shows, in the second phase, so that the
	 * response to a delivery does not wait for it.
	 *
	 * @param processed the record of processed events, if this execution uses it; what is recorded
	 * here is still new to the same execution afterwards
	 * @returns the events that the delivery announces; none if all of them happened before the
	 * trigger was published
	 */
	enrich?(context: IExecuteFunctions, event: Event, processed?: ProcessedKeys): Promise<Event[]>;
	/**
	 * What a delivery is about, where it does not name the event itself; `undefined` where it names
	 * nothing.
	 */
	subjectOf?(event: Event): string | undefined;
	/**
	 * Compares what the trigger itself reports with n8n's record, in the second phase.
	 *
	 * @returns `undefined` if there is nothing to report
	 */
	verify?(context: IExecuteFunctions, event: Event): Promise<Event | undefined>;
	/**
	 * Adds to events what the provider's API shows of them, such as files, also in the second phase.
	 * Only events that are to run get here, so that a repeat costs no request.
	 *
	 * @returns the events in the same order, with the same keys
	 * @throws NodeApiError to have n8n try again; then none of them counts as processed
	 */
	addDetails?(context: IExecuteFunctions, events: readonly Event[]): Promise<Event[]>;
}
