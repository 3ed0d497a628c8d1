import type { WebhookCredential } from '../../shared/webhook/verification/credential';

/**
 * "Authentication, signature, etc." are agreed with JobAffinity's support (documented, guide on
 * webhooks); what it can do is not documented.
 */
export const credential: WebhookCredential = {
	name: 'jobAffinityWebhookApi',
	label: 'JobAffinity',
	methods: ['notAgreed', 'basic', 'hmac', 'header', 'query', 'address'],
};
