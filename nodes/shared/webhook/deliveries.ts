import type { IWebhookFunctions } from 'n8n-workflow';

import { triggerIdOf, nodeOf } from '../events/recentKeys';
import type { Event, ProviderInfo } from '../events/types';
import { onResponse } from './onResponse';
import type { Refusal } from './reject';

/**
 * What this process received: the latest deliveries of each trigger, without what is in them. No
 * other process sees it, and it ends with the process.
 */

/** How many deliveries of a trigger are kept. */
export const MAX_DELIVERIES = 200;
/** How many triggers are kept: those that received something last. */
const MAX_TRIGGERS = 100;
/** A trigger to which nothing came for a week is forgotten: it may be gone. */
const MAX_SILENCE_MS = 7 * 86_400_000;
/** How many reasons are counted for a trigger; the texts are this package's, and not many. */
const MAX_REASONS = 50;

const MAX_ADDRESS = 64;
const MAX_EVENT = 100;
const MAX_KEY = 200;

/** What became of a delivery. */
export type Outcome = 'accepted' | 'duplicate' | 'notSelected' | 'refused';

/** A delivery without what is in it. */
export interface Delivery {
	/** In milliseconds since 1970. */
	receivedAt: number;
	/** `undefined` while it is worked on. */
	outcome?: Outcome;
	/** What n8n answered; `undefined` before that. */
	status?: number;
	/** Why it was refused. */
	reason?: string;
	/** The type of its first event. */
	event?: string;
	eventKey?: string;
	/** How many events it held. */
	events: number;
	/** Of the body, in bytes; `undefined` where its sender did not say and nobody read it. */
	bytes?: number;
	/** As n8n sees it. */
	address: string;
	/** How long its sender waited for the answer. */
	ms?: number;
}

/** How often something happened, and when last, in milliseconds since 1970. */
export interface Occurrences {
	count: number;
	lastAt: number | undefined;
}

/** What one trigger received in this process. */
export interface TriggerLog {
	workflowId: string;
	nodeId: string;
	node: string;
	/** Name of the provider. */
	provider: string;
	/** The latest, oldest first. */
	deliveries: Delivery[];
	outcomes: Record<Outcome, Occurrences>;
	reasons: Map<string, Occurrences & { status: number }>;
}

const logs = new Map<string, TriggerLog>();

/** A copy of the beginning; a part of a long text would keep all of it in memory. */
const copyOf = (text: string, length: number): string =>
	Buffer.from(text.slice(0, length)).toString();

/** The address of a sender, as n8n sees it. */
export const addressOf = (context: IWebhookFunctions): string =>
	copyOf(context.getRequestObject().ip ?? '', MAX_ADDRESS);

const lastOf = ({ deliveries }: TriggerLog): number => deliveries.at(-1)?.receivedAt ?? 0;

function forgetSilent(): void {
	const oldest = Date.now() - MAX_SILENCE_MS;
	for (const [id, log] of logs) if (lastOf(log) < oldest) logs.delete(id);
}

const never = (): Occurrences => ({ count: 0, lastAt: undefined });

function logOf(context: IWebhookFunctions, { name }: ProviderInfo): TriggerLog {
	const id = triggerIdOf(context);
	const node = nodeOf(context);
	const log = logs.get(id) ?? {
		workflowId: String(context.getWorkflow().id),
		nodeId: node.id,
		node: '',
		provider: name,
		deliveries: [],
		outcomes: { accepted: never(), duplicate: never(), notSelected: never(), refused: never() },
		reasons: new Map(),
	};
	log.node = node.name;
	if (!logs.has(id)) forgetSilent();
	// A map keeps the order of insertion, so the first is the one that received something longest ago.
	logs.delete(id);
	logs.set(id, log);
	const [first] = logs.keys();
	if (logs.size > MAX_TRIGGERS) logs.delete(first);
	return log;
}

function count(occurrences: Occurrences, at: number): void {
	occurrences.count++;
	occurrences.lastAt = at;
}

function sizeOf(request: ReturnType<IWebhookFunctions['getRequestObject']>): number | undefined {
	const declared = Number(request.headers['content-length'] ?? NaN);
	return request.rawBody?.length ?? (Number.isSafeInteger(declared) ? declared : undefined);
}

/** What becomes of a delivery that was verified and read. */
export function outcomeOf(selected: readonly Event[], fresh: readonly Event[]): Outcome {
	if (selected.length === 0) return 'notSelected';
	return fresh.length === 0 ? 'duplicate' : 'accepted';
}

/** Notes what becomes of one delivery. */
export interface DeliveryRecord {
	/** The delivery was verified and read. */
	handled(events: readonly Event[], selected: readonly Event[], fresh: readonly Event[]): void;
	refused(refusal: Refusal): void;
}

/** Test runs are shown in the editor, and not kept. */
const unrecorded: DeliveryRecord = { handled() {}, refused() {} };

/** Begins to record a delivery. What n8n answers itself never gets here. */
export function recordDelivery(context: IWebhookFunctions, provider: ProviderInfo): DeliveryRecord {
	if (context.getMode() === 'manual') return unrecorded;
	const log = logOf(context, provider);
	const request = context.getRequestObject();
	const receivedAt = Date.now();
	const delivery: Delivery = {
		receivedAt,
		events: 0,
		address: addressOf(context),
	};
	log.deliveries.push(delivery);
	if (log.deliveries.length > MAX_DELIVERIES) log.deliveries.shift();
	onResponse(context, {
		onEnd(status) {
			delivery.status = status;
			delivery.ms = Date.now() - receivedAt;
			delivery.bytes = sizeOf(request);
		},
		onAbort() {},
	});
	return {
		handled(events, selected, fresh) {
			const [shown] = [...fresh, ...selected, ...events];
			delivery.events = events.length;
			delivery.event = copyOf(shown.event, MAX_EVENT);
			delivery.eventKey = copyOf(shown.eventKey, MAX_KEY);
			delivery.outcome = outcomeOf(selected, fresh);
			count(log.outcomes[delivery.outcome], receivedAt);
		},
		refused({ reason, status }) {
			delivery.outcome = 'refused';
			delivery.reason = reason;
			count(log.outcomes.refused, receivedAt);
			const known = log.reasons.get(reason);
			if (!known && log.reasons.size >= MAX_REASONS) return;
			const occurrences = known ?? { ...never(), status };
			log.reasons.set(reason, occurrences);
			count(occurrences, receivedAt);
		},
	};
}

/** What this process received at the triggers of a provider in a workflow. */
export function receivedAt(workflowId: string, { name }: Pick<ProviderInfo, 'name'>): TriggerLog[] {
	forgetSilent();
	return [...logs.values()].filter((log) => log.workflowId === workflowId && log.provider === name);
}
