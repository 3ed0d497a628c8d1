import type { WebhookCredential } from '../../shared/webhook/verification/credential';

/**
 * HMAC and Basic Auth are documented (docs/webhooks), with no word on the format of the signature.
 * That JOFI could send a secret in a header is unknown; one in the URL needs nothing of JOFI.
 */
export const credential: WebhookCredential = {
	name: 'jofiWebhookApi',
	label: 'JOFI',
	methods: ['notAgreed', 'basic', 'hmac', 'header', 'query'],
};
