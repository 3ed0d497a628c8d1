/** How a delivery can prove its sender, as a webhook credential says. */
export const METHODS = ['hmac', 'basic', 'header', 'query', 'address'] as const;

/** One of those. */
export type Method = (typeof METHODS)[number];

/** A provider's webhook credential: what distinguishes it from the other providers'. */
export interface WebhookCredential {
	/** Name of the credential type. */
	name: string;
	/** The methods that the provider can do, as they are offered; the first is the default. */
	methods: readonly Method[];
	/** The addresses that the provider documents. */
	ipAllowlist?: string;
}
