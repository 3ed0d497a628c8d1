import type { WebhookCredential } from '../../shared/webhook/verification/credential';

/**
 * Regpack documents nothing that proves who sent a delivery, and no addresses: only what is in the
 * URL comes back.
 */
export const credential: WebhookCredential = {
	name: 'regpackWebhookApi',
	label: 'Regpack',
	methods: ['query'],
};
