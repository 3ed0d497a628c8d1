import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { ZodTypeAny } from 'zod';

import type { WebhookTrigger } from '../../events/backstop';
import type { PastEvents, PastRequest, TimeRange } from '../../events/past';
import type { Event, EventSource, ProviderInfo } from '../../events/types';
import type { Operation } from '../operation';

/** In what a provider differs from the others. */
export interface PastSource {
	/** With the events that a trigger of the provider can output. */
	provider: ProviderInfo;
	/** The types of events that can be read. */
	types: readonly string[];
	/** The node types of the triggers that output them, without the package. */
	triggers: readonly string[];
	/** The webhook trigger, if its deliveries bring these events. */
	webhook?: WebhookTrigger;
	description: string;
	/** What is read, and what cannot be. */
	notice: string;
	/** Fields at the beginning, such as where to read. */
	from?: readonly INodeProperties[];
	/** Fields of what to add to the events, as the triggers have them. */
	own?: readonly INodeProperties[];
	/** Options, as the triggers have them, in a collection of the same name. */
	options?: readonly INodeProperties[];
	/** The payload of the events, for the editor's preview. */
	payload: ZodTypeAny;
	/** Values of fields with which no credential is needed. */
	offlineWith?: Operation['offlineWith'];
	/** What is to be added to events, by the node's own parameters. */
	source(context: IExecuteFunctions): Pick<EventSource, 'provider' | 'addDetails'>;
	/**
	 * Reads events, roughly oldest first; more than what is in the range may come.
	 *
	 * @param deadline when to stop, in milliseconds since 1970
	 * @throws NodeApiError, NodeOperationError
	 */
	read(
		context: IExecuteFunctions,
		request: PastRequest,
		range: TimeRange,
		deadline: number,
	): PastEvents;
	/** The input item that an event comes from; the first unless given. */
	itemOf?(event: Event): number | undefined;
}
