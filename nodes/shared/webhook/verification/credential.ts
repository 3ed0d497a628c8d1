/**
 * How a delivery proves its sender, as a webhook credential says. With `notAgreed` none can, so none
 * is accepted.
 */
export const METHODS = ['notAgreed', 'basic', 'hmac', 'header', 'query', 'address'] as const;

/** One of those. */
export type Method = (typeof METHODS)[number];

/** A provider's webhook credential: what distinguishes it from the other providers'. */
export interface WebhookCredential {
	/** Name of the credential type. */
	name: string;
	/** The provider as people write it. */
	label: string;
	/** The methods that the provider can do, as they are offered; the first is the default. */
	methods: readonly Method[];
	/** The addresses that the provider documents. */
	ipAllowlist?: string;
}
