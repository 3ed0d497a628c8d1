import type { WebhookCredential } from '../../shared/webhook/verification/credential';

/**
 * The addresses are documented (webhooks), and presumably shared by the platform's other customers
 * (inferred). Innovative Educators documents no signature and no secret. Its platform documents a
 * signature for webhooks of another kind; whether a query in the URL is kept is unknown.
 */
export const credential = {
	name: 'innovativeEducatorsWebhookApi',
	label: 'Innovative Educators',
	methods: ['address', 'query', 'hmac'],
	ipAllowlist: '54.243.7.71, 3.83.213.76',
} satisfies WebhookCredential;
