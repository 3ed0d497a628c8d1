import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { REFUSED_EVENT, refusedEvent, type Refusals } from '../events/deliveryRefused';
import { toExecution } from '../events/handover';
import { triggerIdOf } from '../events/recentKeys';
import { textsIn } from '../values/text';
import { addressOf } from './deliveries';
import type { Refusal } from './reject';
import type { WebhookSource } from './source';

/** How often refused deliveries may start the workflow: once in this time for each trigger. */
const INTERVAL_MS = 5 * 60_000;
/** How many addresses and reasons a report names. */
const MAX_NAMED = 20;

/** The refused deliveries of a trigger that no report has named yet. */
class Unreported {
	/** When this process made the last report, in milliseconds since 1970. */
	private reportedAt: number | undefined;
	private count = 0;
	private since = 0;
	private fromOtherAddresses = 0;
	private readonly addresses = new Map<string, number>();
	private readonly reasons = new Map<string, { status: number; count: number }>();

	add({ reason, status }: Refusal, address: string): void {
		if (this.count++ === 0) this.since = Date.now();
		const from = this.addresses.get(address);
		if (from === undefined && this.addresses.size >= MAX_NAMED) this.fromOtherAddresses++;
		else this.addresses.set(address, (from ?? 0) + 1);
		const because = this.reasons.get(reason);
		if (because === undefined && this.reasons.size >= MAX_NAMED) return;
		this.reasons.set(reason, { status, count: (because?.count ?? 0) + 1 });
	}

	/** Whether a report may be made now; a clock that was set back must not keep it away. */
	get isDue(): boolean {
		return this.reportedAt === undefined || Math.abs(Date.now() - this.reportedAt) >= INTERVAL_MS;
	}

	/** Makes the report, and begins anew. */
	report({ reason, status }: Refusal): Refusals {
		const refusals = {
			reason,
			status,
			count: this.count,
			since: new Date(this.since).toISOString(),
			addresses: Array.from(this.addresses, ([address, count]) => ({ address, count })),
			fromOtherAddresses: this.fromOtherAddresses,
			reasons: Array.from(this.reasons, ([text, each]) => ({ reason: text, ...each })).sort(
				(a, b) => b.count - a.count,
			),
		};
		this.reportedAt = Date.now();
		this.count = 0;
		this.fromOtherAddresses = 0;
		this.addresses.clear();
		this.reasons.clear();
		return refusals;
	}
}

/** By trigger; only those that listen to it, which their users have chosen. */
const byTrigger = new Map<string, Unreported>();

const listens = (context: IWebhookFunctions): boolean =>
	textsIn([
		context.getNodeParameter('events', []),
		context.getNodeParameter('ownEvents', []),
	]).includes(REFUSED_EVENT);

/**
 * Starts the workflow for deliveries that were refused, if it listens to that: at most once in five
 * minutes for each trigger and process, whatever comes. Their senders have been answered by then.
 * What may succeed later (503) is not counted: starting more while there is too much in work would
 * make it worse.
 */
export function reportRefusal(
	context: IWebhookFunctions,
	{ provider }: WebhookSource,
	{ reason, status }: Refusal,
): IWebhookResponseData {
	if (context.getMode() === 'manual' || status >= 500 || !listens(context)) return {};
	const id = triggerIdOf(context);
	const unreported = byTrigger.get(id) ?? new Unreported();
	byTrigger.set(id, unreported);
	unreported.add({ reason, status }, addressOf(context));
	if (!unreported.isDue) return {};
	const event = refusedEvent(provider, unreported.report({ reason, status }));
	return { workflowData: [toExecution([event], 'webhook')] };
}
