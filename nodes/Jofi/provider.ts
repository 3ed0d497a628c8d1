import { withRefusals } from '../shared/events/deliveryRefused';
import { unrecognizedTitle } from '../shared/events/title';
import { singleEvent, type ProviderInfo } from '../shared/events/types';
import { textAt } from '../shared/values/text';
import { decodeJson, eventsIn } from '../shared/webhook/decode';
import type { WebhookSource } from '../shared/webhook/source';
import { blocks } from './events/blocks';
import { splitCompletions } from './events/completion';
import { COMPLETED, events } from './events/definitions';
import { filters } from './events/filters';

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

/** JOFI's webhooks, which a JOFI representative sets up; there is no API for it. */
export const jofiWebhooks: WebhookSource = {
	provider: withRefusals(jofi),
	dedupe: { by: 'key' },
	/** Documented (api/webhooks): "Webhook URLs must use HTTPS." */
	requiresHttps: true,
	verification: 'credential',
	emptyResponse: false,
	decode(delivery) {
		const payload = decodeJson(delivery);
		return eventsIn(jofi, delivery, [
			{ type: textAt(payload, 'type'), payload, id: textAt(payload, 'id') ?? undefined },
		]);
	},
};
