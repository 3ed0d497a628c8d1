import { withRefusals } from '../shared/events/deliveryRefused';
import { unrecognizedTitle } from '../shared/events/title';
import { singleEvent, type ProviderInfo } from '../shared/events/types';
import { textAt, textsIn } from '../shared/values/text';
import { decodeJson, eventsIn, type DecodedPayload } from '../shared/webhook/decode';
import type { ReadParameter, WebhookSource } from '../shared/webhook/source';
import { blocks } from './events/blocks';
import {
	assignedAssessments,
	isAllCompleted,
	showsAllCompleted,
	splitCompletions,
} from './events/completion';
import { ALL_COMPLETED, COMPLETED, events } from './events/definitions';
import { filters } from './events/filters';
import { credential } from './trigger/credential';
import { CURRENT_ASSESSMENTS, FETCH } from './trigger/fetchProperties';

/** JOFI (jofiscore.com). */
export const jofi: ProviderInfo = {
	name: 'jofi',
	label: 'JOFI',
	events,
	filters,
	occurredAt: (payload) => textAt(payload, 'created_at'),
	/** The event's; polling shows none. */
	deliveryId: (payload) => textAt(payload, 'id'),
	blocks,
	unrecognized: { title: unrecognizedTitle, blocks: () => ({}) },
	split: (type, payload) =>
		type === COMPLETED ? splitCompletions(payload) : singleEvent(type, payload),
};

/**
 * What a delivery shows besides its own event: that a test taker has completed everything. If it
 * still shows an open assessment, two may have been completed at once, or it may have been written
 * before it was sent; neither is documented. The user may have it looked up, in the second phase.
 *
 * @param parameter tells what the user has chosen to fetch
 */
function derivedFrom(own: DecodedPayload, parameter: ReadParameter): DecodedPayload[] {
	if (own.type !== COMPLETED) return [];
	if (showsAllCompleted(own.payload)) return [{ ...own, type: ALL_COMPLETED }];
	const isLookedUp =
		!isAllCompleted(assignedAssessments(own.payload)) &&
		textsIn(parameter(FETCH, '')).includes(CURRENT_ASSESSMENTS);
	return isLookedUp ? [{ ...own, type: ALL_COMPLETED, extra: { isOpen: true } }] : [];
}

/** JOFI's webhooks, which a JOFI representative sets up; there is no API for it. */
export const jofiWebhooks: WebhookSource = {
	provider: withRefusals(jofi),
	dedupe: { by: 'key' },
	/** Documented (api/webhooks): "Webhook URLs must use HTTPS." */
	requiresHttps: true,
	credential,
	verification: 'credential',
	whenUnsigned:
		'Ask your JOFI representative to sign deliveries, or to send a user and a password, and enter the same in the credential.',
	emptyResponse: false,
	decode(delivery, parameter) {
		const payload = decodeJson(delivery);
		const own = { type: textAt(payload, 'type'), payload, id: textAt(payload, 'id') ?? undefined };
		return eventsIn(jofi, delivery, [own, ...derivedFrom(own, parameter)]);
	},
};
