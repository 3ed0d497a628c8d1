import { withRefusals } from '../shared/events/deliveryRefused';
import { unrecognizedTitle } from '../shared/events/title';
import { singleEvent, type Event, type ProviderInfo } from '../shared/events/types';
import { textAt } from '../shared/values/text';
import { decodeJson, eventsIn } from '../shared/webhook/decode';
import type { WebhookSource } from '../shared/webhook/source';
import { applicationIdOf } from './api/stepChanges';
import { blocks, blocksOf } from './events/blocks';
import { addDetails } from './events/addDetails';
import { events } from './events/definitions';
import { filters } from './events/filters';
import { credential } from './trigger/credential';
import { enrich } from './trigger/enrich';

/** JobAffinity (jobaffinity.fr). */
export const jobaffinity: ProviderInfo = {
	name: 'jobaffinity',
	label: 'JobAffinity',
	events,
	filters,
	/**
	 * As JobAffinity wrote it: the day of a change, the second of a call, without a zone. A delivery
	 * itself has none.
	 */
	occurredAt: (payload, extra) =>
		textAt(extra, 'occurredAt') ??
		textAt(payload, 'change.date') ??
		textAt(payload, 'call.datetime'),
	/** A delivery has no ID (documented by what the guide shows). */
	deliveryId: () => null,
	blocks,
	unrecognized: { title: unrecognizedTitle, blocks: blocksOf },
	split: singleEvent,
};

/** A delivery names an application, and not what happened to it (documented by what is shown). */
export const subjectOf = ({ payload }: Event): string | undefined =>
	applicationIdOf(payload) ?? undefined;

/** JobAffinity's webhooks, which its support sets up; there is no API for it. */
export const jobaffinityWebhooks: WebhookSource = {
	provider: withRefusals(jobaffinity),
	dedupe: { by: 'enrichedKey' },
	/** Whether it delivers to HTTPS addresses only is not documented. */
	requiresHttps: false,
	credential,
	verification: 'credential',
	whenUnsigned:
		"Ask JobAffinity's support how it can prove its deliveries, and enter the same in the credential.",
	emptyResponse: false,
	decode(delivery) {
		const payload = decodeJson(delivery);
		return eventsIn(jobaffinity, delivery, [{ type: textAt(payload, 'event'), payload }]);
	},
	subjectOf,
	enrich,
	addDetails,
};
