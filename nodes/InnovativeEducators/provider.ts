import attempt from 'lodash/attempt';
import get from 'lodash/get';

import type { WebhookTrigger } from '../shared/events/backstop';
import { withRefusals } from '../shared/events/deliveryRefused';
import { unrecognizedTitle } from '../shared/events/title';
import { singleEvent, type Payload, type ProviderInfo } from '../shared/events/types';
import { isDeeperThan, isObject, MAX_DEPTH } from '../shared/values/json';
import { textAt } from '../shared/values/text';
import { decodeJson, eventsIn } from '../shared/webhook/decode';
import { Rejection } from '../shared/webhook/reject';
import type { RawDelivery, WebhookSource } from '../shared/webhook/source';
import { blocks, unrecognizedBlocks } from './events/blocks';
import { events, typeOf } from './events/definitions';
import { filters } from './events/filters';
import { referenceNamesIn, withReferenceNames } from './events/references';
import { credential } from './trigger/credential';

/** The longest body that is only passed on, for a person to read. */
const MAX_TEXT = 10_000;

/** Innovative Educators (innovativeeducators.org). */
export const innovativeEducators: ProviderInfo = {
	name: 'innovative-educators',
	label: 'Innovative Educators',
	events,
	filters,
	/**
	 * When it happened, not when it was delivered; a retry comes up to 3.5 hours later (documented
	 * for the platform).
	 */
	occurredAt: (payload) => textAt(payload, 'timestamp'),
	/** The event's; that a retry repeats it is inferred. */
	deliveryId: (payload) => textAt(payload, 'id'),
	blocks,
	unrecognized: { title: unrecognizedTitle, blocks: unrecognizedBlocks },
	split: singleEvent,
};

/** The backstop of its webhook are the nightly file and the API. */
export const innovativeEducatorsTrigger: WebhookTrigger = {
	type: 'innovativeEducatorsTrigger',
	provider: innovativeEducators,
	/** The last retry comes up to 3.5 hours after the first attempt (documented for the platform). */
	patienceMinutes: 4 * 60,
};

/**
 * The list in a body whose top level is a list; such a body is not documented for deliveries, but
 * for the nightly file.
 */
function listIn(text: string): Payload | undefined {
	try {
		const list: unknown = JSON.parse(text);
		return Array.isArray(list) && list.length > 0 && !isDeeperThan(MAX_DEPTH, list)
			? { events: list as Payload[] }
			: undefined;
	} catch {
		return undefined;
	}
}

/**
 * The body's object. The body of the test notification is not documented, so any body is accepted;
 * see `typeOf`.
 */
function payloadIn(delivery: RawDelivery): Payload {
	const payload = attempt(decodeJson, delivery);
	if (!(payload instanceof Error)) return payload;
	if (!(payload instanceof Rejection) || payload.status === 413) throw payload;
	return (
		listIn(delivery.body.toString('utf8')) ?? { text: delivery.body.toString('utf8', 0, MAX_TEXT) }
	);
}

/** The events of a body that holds a list of them, otherwise the body itself. */
function payloadsIn(body: Payload): Payload[] {
	const { event, events: list } = body;
	return event === undefined && Array.isArray(list) && list.length > 0 && list.every(isObject)
		? (list as Payload[])
		: [body];
}

/** Innovative Educators' webhooks, which its staff set up by email; there is no API for it. */
export const innovativeEducatorsWebhooks: WebhookSource = {
	provider: withRefusals(innovativeEducators),
	dedupe: { by: 'key' },
	/** Whether it delivers to HTTPS addresses only is not documented. */
	requiresHttps: false,
	credential,
	verification: { ipAllowlist: credential.ipAllowlist },
	whenUnsigned:
		'Innovative Educators signs nothing. In the trigger, set Authentication to IP Allowlist, which is preset to its addresses.',
	emptyResponse: false,
	decode(delivery, parameter) {
		const payloads = payloadsIn(payloadIn(delivery));
		const names = referenceNamesIn(get(parameter('settings', ''), 'referenceNames'));
		const events = eventsIn(
			innovativeEducators,
			delivery,
			payloads.map((payload) => ({
				type: typeOf(payload),
				payload,
				id: textAt(payload, 'id') ?? undefined,
			})),
		);
		return events.map((event) => withReferenceNames(event, names));
	},
};
