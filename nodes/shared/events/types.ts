import type { IDataObject, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';
import type { ZodTypeAny } from 'zod';

import type { ProcessedKeys } from './deduplicate';

/**
 * Somebody an event is about, in the same shape for every provider.
 * A value the provider did not send is `null`. Ids are text, because some carry leading zeros.
 */
export interface Person {
	email: string | null;
	firstName: string | null;
	lastName: string | null;
	/** The provider's own id of the person. */
	id: string | null;
	/** The id that the customer gave the person at the provider. */
	externalId: string | null;
}

/** The person of an event that names nobody, or that this version does not know. */
export const nobody: Person = {
	email: null,
	firstName: null,
	lastName: null,
	id: null,
	externalId: null,
};

/** The parsed body of a delivery: a JSON object whose fields nobody has vouched for yet. */
export type Payload = IDataObject;

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
	/** Recognises and types the payload; it never refuses one (see `receive`). */
	schema: ZodTypeAny;
	/** Whether only those get it who name it, and those who are testing; not who listens to any event. */
	onlyByName?: true;
	/** A payload as the provider sends it, with made-up people. */
	sample: Payload;
	/**
	 * What tells this event from every other of its type, or `undefined` when the payload lacks it.
	 * It uses only what the provider's API shows as well, so that a webhook and a polling trigger
	 * make the same key of the same event.
	 *
	 * @param extra what the payload does not tell, see `Part`
	 */
	key(payload: Payload, extra?: IDataObject): string | undefined;
	person(payload: Payload): Person;
	/** The few fields that make this event useful, beside those that all events have. */
	summary(payload: Payload): IDataObject;
}

/** A condition on the payload that a user may set; every value is compared as text. */
export interface FilterDefinition {
	/** Name of the parameter inside the Filters collection. */
	name: string;
	label: string;
	description: string;
	placeholder: string;
	/**
	 * The texts of this payload that the filter may match. `undefined` means the payload does not
	 * say, and such an event passes; an empty list means it is known to have none, and it does not.
	 *
	 * @param chosen what the user wrote into the filter, trimmed and in lower case
	 * @param extra what the payload does not tell, see `Part`
	 */
	values(payload: Payload, type: string, chosen?: readonly string[], extra?: IDataObject): string[] | undefined;
}

/** Everything in which one provider differs from another; the pipeline itself has no differences. */
export interface Provider {
	/** First part of every `eventKey` and the value of the item's `provider`. */
	name: string;
	/** The provider as people write it. */
	label: string;
	events: readonly EventDefinition[];
	filters: readonly FilterDefinition[];
	/** The event's name in a parsed body, or `undefined` when the body is not one of this provider's. */
	type(payload: Payload): string | undefined;
	/** The provider's own id of this event, or `undefined`. */
	id(payload: Payload): string | undefined;
	/** When it happened, as the provider wrote it, or `null`. */
	occurredAt(payload: Payload): string | null;
	/** Fields that this provider's items have whatever the event. */
	common(payload: Payload): IDataObject;
	/** Whether the provider delivers to HTTPS addresses only. */
	needsHttps: boolean;
	/** For a provider whose deliveries name no event: what the trigger's parameters say that they are. */
	chosen?(context: IWebhookFunctions): Chosen;
	/** For a provider whose deliveries may stand for several events, as of several people: a part for each, at least one. */
	split?(payload: Payload): Iterable<Part>;
	/** For a provider that may deliver anything, to be answered 200: what a body is that holds no JSON object. */
	unreadable?(body: Buffer): Payload;
	/** Whether bodies may be forms, and deliveries GET requests, because the provider does not say. */
	takesForms?: true;
	/** Whether a body may be a list, of which each element is a delivery of its own, because the provider does not say. */
	takesLists?: true;
	/** Source addresses that it documents, which its triggers can check by themselves. */
	addresses?: string;
	/** Whether the provider acts on the answer: then one that is not a node's reply says nothing. */
	readsAnswer?: true;
	/**
	 * For a provider whose deliveries have nothing that tells a repeat from a new event: within how many
	 * minutes equal ones may be taken for repeats. They are only if the user asks for it.
	 */
	duplicateWindowMinutes?: number;
	/**
	 * For a provider whose deliveries do not tell what happened: asks its API, in the process phase, so
	 * that the answer to a delivery waits for nobody. Deliveries are then told apart, and filtered, by what
	 * it gives: filters do not apply in the first phase.
	 *
	 * @param processed the record of processed events, where this execution keeps to it; what is recorded
	 *   here is still new to the same execution afterwards
	 * @returns the events that the delivery announces, none if all of them were before the trigger's time
	 */
	ask?(context: IExecuteFunctions, received: ReceivedEvent, processed?: ProcessedKeys): Promise<ReceivedEvent[]>;
}

/** What a delivery tells of one of several events. */
export interface Part {
	payload: Payload;
	/** Fields of the item that its payload would give wrong. */
	extra?: IDataObject;
	/** Of one of several people: the fields of the payload that are this part's own. */
	own?: IDataObject;
	/** The other fields, in one object for all of them. */
	shared?: IDataObject;
}

/** The event of a delivery that does not name it. */
export interface Chosen {
	/** One of the provider's event types. */
	type: string;
	/** Fields to add to the item. */
	extra: IDataObject;
}

/** What `receive` hands to `process`: the event as it came, marked as not yet processed. */
export interface ReceivedEvent {
	eventKey: string;
	provider: string;
	event: string;
	/** Goes when `process` has shaped the item; still there when n8n passed it on after a failure. */
	unprocessed: true;
	payload: IDataObject;
	/** How the body was read, if it was not UTF-8; an item has it, too. */
	encoding?: string;
	/** The address to give to the provider; only in test runs, where `process` judges it. */
	productionUrl?: string;
	/** Whether the body was read although it is no JSON; only in test runs, on the first event of a delivery. */
	isForgiven?: true;
	/** Fields to add to the item: where polling saw it, what the provider's API says of it. */
	extra?: IDataObject;
}

/** A recognised event, ready to be filtered, deduplicated and shaped. */
export interface Recognised {
	type: string;
	/** `undefined` for an event type that this version of the package does not know. */
	definition: EventDefinition | undefined;
	/** The same for every copy of one event, whichever node saw it. */
	eventKey: string;
	payload: Payload;
	/** Fields to add to the item. */
	extra?: IDataObject;
}
