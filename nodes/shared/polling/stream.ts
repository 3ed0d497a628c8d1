import type { IDataObject, IExecuteFunctions, IPollFunctions } from 'n8n-workflow';

import type { EventSource, Payload } from '../events/types';

/** An event that was seen by looking, in the shape in which the provider would have delivered it. */
export interface Observed {
	/** What a delivery's body would be, as far as the API shows it. */
	payload: Payload;
	/** Fields of the item that a delivery's item does not have, such as where it was seen. */
	extra: IDataObject;
	/** Whether it was there when the trigger first looked for such events. */
	isHistory?: boolean;
}

/** What one look found. */
export interface PollResult {
	/** Oldest first, those whose time is not known last. */
	observed: Observed[];
	/** Where the next look begins; plain JSON. It is stored only if everything else went well. */
	cursor: IDataObject;
	/** A sentence for each place where there was more that is new than the provider shows. */
	gaps: string[];
}

/** What a look is to find. */
export interface PollRequest {
	/** Whether an event of this type is asked for. */
	wants(type: string): boolean;
	/** Whether what is there at the first look is asked for too. */
	history: boolean;
	/** The options of the trigger that only its provider knows. */
	settings: IDataObject;
}

/** In what one polling trigger differs from another. */
export interface PollingSource extends EventSource {
	typeOf(payload: Payload): string;
	/**
	 * Finds what is new since the cursor, which is empty at the first look. It may stop before
	 * `deadline` (milliseconds since 1970) and leave the rest to the next look.
	 *
	 * @throws NodeApiError, NodeOperationError; the cursor then stays where it was
	 */
	look(context: IPollFunctions, cursor: IDataObject, wanted: PollRequest, deadline: number): Promise<PollResult>;
	/**
	 * The newest real event of each type that is wanted and has one, for a person who is building.
	 *
	 * @param accepts whether an event passes the filters of the trigger
	 */
	recent(context: IExecuteFunctions, wanted: PollRequest, accepts: (observed: Observed) => boolean): Promise<Observed[]>;
}
