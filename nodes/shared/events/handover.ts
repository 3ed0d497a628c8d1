import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Source } from './contract';
import { leavePlace } from './inWork';
import { PROCESS_ID, recentKeysOf, recentMessagesOf, triggerIdOf } from './recentKeys';
import type { Event } from './types';

/** What the first phase hands over of a delivery, beside its events, with the first of them. */
type Handover = {
	/** What a person who is testing should know, a sentence each. */
	hints?: string[];
	/** The key of the signed message that it came in. */
	message?: string;
	/** What identifies it in the process that received it, until the execution has processed it. */
	delivery?: number;
	/** The process that received it. */
	receivedBy?: string;
};

/** An event, not processed yet, as the item of an execution. */
interface Delivered extends INodeExecutionData {
	json: IDataObject & { source: Source; receivedAt: string; unprocessed: true };
	handover?: Handover;
}

/** The events as the items of a new execution, received now. */
export function toExecution(
	events: readonly Event[],
	source: Source,
	handover?: Handover,
): INodeExecutionData[] {
	const receivedAt = new Date().toISOString();
	return events.map(
		(event, index): Delivered => ({
			json: { ...(event as unknown as IDataObject), source, receivedAt, unprocessed: true },
			...(index === 0 && handover && { handover }),
		}),
	);
}

/** The input of the second phase. */
export const deliveredTo = (context: IExecuteFunctions): Delivered[] =>
	context.getInputData() as Delivered[];

/** Whether this process received the delivery of this execution. */
export const isReceivedHere = (context: IExecuteFunctions): boolean =>
	deliveredTo(context)[0]?.handover?.receivedBy === PROCESS_ID;

/** Whether all items come from the first phase. */
export const isUnprocessed = (items: readonly INodeExecutionData[]): boolean =>
	items.every(({ json }) => json.unprocessed === true);

/** The event of an item. */
export function eventIn({ json }: INodeExecutionData): Event {
	const { eventKey, provider, event, payload, extra, missedByWebhook } = json as unknown as Event;
	return {
		eventKey,
		provider,
		event,
		payload,
		...(extra && { extra }),
		...(missedByWebhook && { missedByWebhook }),
	};
}

/** Makes the keys new to this process, in case it received the deliveries. */
export function forgetKeys(context: IExecuteFunctions, keys: readonly string[]): void {
	const recent = recentKeysOf(triggerIdOf(context));
	for (const key of keys) recent.forget(key);
}

/** Says to this process how the deliveries ended that it may have received. */
export function settleDeliveries(context: IExecuteFunctions, how: 'confirm' | 'forget'): void {
	const trigger = triggerIdOf(context);
	for (const { json, handover } of deliveredTo(context)) {
		recentKeysOf(trigger)[how](json.eventKey as string);
		if (handover?.message) recentMessagesOf(trigger)[how](handover.message);
	}
}

/** The delivery of this execution is no longer in work. */
export function leaveWork(context: IExecuteFunctions): void {
	if (isReceivedHere(context))
		leavePlace(triggerIdOf(context), deliveredTo(context)[0].handover?.delivery);
}
