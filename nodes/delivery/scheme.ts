export const ALGORITHMS = ['sha1', 'sha256', 'sha384', 'sha512'] as const;
export const ENCODINGS = ['hex', 'base64', 'base64url'] as const;
export const KEY_ENCODINGS = ['utf8', 'base64', 'hex'] as const;

/** How a provider signs what it sends: data for `sign` and `verify`, which hold no format of their own. */
export interface SignatureScheme {
	/** Header with the signature or signatures. Header names are compared without regard to case. */
	signatureHeader: string;
	algorithm: (typeof ALGORITHMS)[number];
	encoding: (typeof ENCODINGS)[number];
	/** What stands before a signature in its header, e.g. `sha256=`. */
	prefix: string;
	/** What separates several signatures in one header; empty when there is only ever one. */
	separator: '' | ',' | ' ';
	/** What is signed: text in which `{body}`, `{timestamp}` and `{id}` stand for the delivery's own. */
	signed: string;
	/** Header with the time of signing; empty when the scheme has none, or has it in the signature header. */
	timestampHeader: string;
	/** What stands before the timestamp when it is an element of the signature header, e.g. `t=`. */
	timestampPrefix: string;
	/** Header with the message id; needed when `signed` names `{id}`. */
	idHeader: string;
	/** How the secret becomes a key: its text as it is, or decoded. */
	keyEncoding: (typeof KEY_ENCODINGS)[number];
	/** What to cut off the secret before decoding, e.g. `whsec_`. */
	secretPrefix: string;
}

const plain: SignatureScheme = {
	signatureHeader: '',
	algorithm: 'sha256',
	encoding: 'hex',
	prefix: '',
	separator: '',
	signed: '{body}',
	timestampHeader: '',
	timestampPrefix: '',
	idHeader: '',
	keyEncoding: 'utf8',
	secretPrefix: '',
};

/**
 * The styles that exist, as their owners document them:
 * GitHub "Validating webhook deliveries", Stripe "Verify webhook signatures manually", and the
 * Standard Webhooks specification. `custom` is where a user's own settings start.
 */
export const presets = {
	custom: plain,
	github: { ...plain, signatureHeader: 'x-hub-signature-256', prefix: 'sha256=' },
	standardWebhooks: {
		...plain,
		signatureHeader: 'webhook-signature',
		encoding: 'base64',
		prefix: 'v1,',
		separator: ' ',
		signed: '{id}.{timestamp}.{body}',
		timestampHeader: 'webhook-timestamp',
		idHeader: 'webhook-id',
		keyEncoding: 'base64',
		secretPrefix: 'whsec_',
	},
	stripe: {
		...plain,
		signatureHeader: 'stripe-signature',
		prefix: 'v1=',
		separator: ',',
		signed: '{timestamp}.{body}',
		timestampPrefix: 't=',
	},
} satisfies Record<string, SignatureScheme>;

/** Name of a preset. */
export type Preset = keyof typeof presets;

/** Whether a signature of this scheme grows old: only a signed timestamp can say when it was made. */
export function hasTimestamp(scheme: SignatureScheme): boolean {
	return scheme.signed.includes('{timestamp}');
}
