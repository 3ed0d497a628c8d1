import type { Provider } from '../shared/events/types';
import { textAt } from '../shared/values/text';
import { splitCompletions } from './events/completion';
import { COMPLETED, events } from './events/definitions';
import { filters } from './events/filters';

/** JOFI (jofiscore.com), whose webhooks a JOFI representative sets up; there is no API for it. */
export const jofi: Provider = {
	name: 'jofi',
	label: 'JOFI',
	events,
	filters,
	type: (payload) => textAt(payload, 'type') ?? undefined,
	split: (payload) => (payload.type === COMPLETED ? splitCompletions(payload) : [{ payload }]),
	id: (payload) => textAt(payload, 'id') ?? undefined,
	occurredAt: (payload) => textAt(payload, 'created_at'),
	common: (payload) => ({
		eventId: textAt(payload, 'id'),
		apiVersion: textAt(payload, 'api_version'),
		webhookUrl: textAt(payload, 'webhook_url'),
		webhookVerificationMethod: textAt(payload, 'webhook_verification_method'),
	}),
	/** Documented (api/webhooks): "Webhook URLs must use HTTPS." */
	needsHttps: true,
};
