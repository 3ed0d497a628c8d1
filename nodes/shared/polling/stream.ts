import type { IExecuteFunctions, IPollFunctions } from 'n8n-workflow';
import type { ZodType } from 'zod';

import type { WebhookTrigger } from '../events/backstop';
import type { PastEvents, PastRequest, TimeRange } from '../events/past';
import type { Event, EventSource } from '../events/types';

/** What the parameters of a trigger request. */
export interface StreamRequest extends PastRequest {
	/** Whether what was there at the first poll is wanted, too. */
	history: boolean;
}

/** What one poll found in a stream. */
export interface StreamResult<Cursor> {
	/** Oldest first, as far as the stream can tell. */
	events: Event[];
	/** Those that were there at the first poll. The engine leaves out what is before Start Date. */
	history: Event[];
	/** Where the next poll continues; plain JSON. */
	cursor: Cursor;
	/** A sentence for each place where more was new than the provider shows. */
	gaps: string[];
}

/** What is the same in most results. */
export const nothingFound = { events: [], history: [], gaps: [] };

/** One place of a provider's API where events show, read from where the last poll ended. */
export interface Stream<Cursor = unknown> {
	/** The name under which n8n stores its cursor. */
	name: string;
	/** The types of its events. The stream is read only when one of them is selected. */
	events: readonly string[];
	/** A stored cursor that this does not parse counts as none. */
	cursor: ZodType<Cursor>;
	/**
	 * Finds what is new. It may stop at `deadline` (milliseconds since 1970) and leave the rest to
	 * the next poll.
	 *
	 * @param cursor of the last poll, for the stream to change; `undefined` at the first one
	 * @throws NodeApiError, NodeOperationError; then no stream's cursor moves
	 */
	read(
		context: IPollFunctions,
		cursor: Cursor | undefined,
		request: StreamRequest,
		deadline: number,
	): Promise<StreamResult<Cursor>>;
	/** The newest real event of a type that the request accepts, for a test run in the editor. */
	newest(
		context: IExecuteFunctions,
		type: string,
		request: StreamRequest,
	): Promise<Event | undefined>;
	/**
	 * Reads the events of a time range that the API still shows, roughly oldest first, with the keys
	 * that `read` gives them; without it there is nothing of the past. Others may be among them.
	 *
	 * @param deadline when to stop, in milliseconds since 1970
	 * @throws NodeApiError, NodeOperationError
	 */
	past?(
		context: IExecuteFunctions,
		request: PastRequest,
		range: TimeRange,
		deadline: number,
	): PastEvents;
}

/**
 * A provider's API as a source of events: all that distinguishes one polling trigger from another.
 */
export interface PollingSource extends EventSource {
	/** In the order in which they are read. */
	streams: readonly Stream[];
	/** The webhook trigger whose backstop it is. */
	webhook: WebhookTrigger;
}
