export const ALGORITHMS = ['sha1', 'sha256', 'sha384', 'sha512'] as const;
export const ENCODINGS = ['hex', 'base64', 'base64url'] as const;
export const KEY_ENCODINGS = ['utf8', 'base64', 'base64url', 'hex'] as const;

/** Names of headers, compared without regard to case. */
export interface SignatureHeaders {
	/** Header with the signature or signatures. */
	signatureHeader: string;
	/** Header with the time of signing; empty when the scheme has none, or has it in the signature header. */
	timestampHeader: string;
	/** Header with the message id; needed when `signed` names `{id}`. */
	idHeader: string;
}

/** How a provider signs what it sends: data for `sign` and `verify`, which hold no format of their own. */
export interface SignatureScheme extends SignatureHeaders {
	/** Other names of the same headers; the first set whose signature header was sent counts. */
	alternatives?: readonly SignatureHeaders[];
	algorithm: (typeof ALGORITHMS)[number];
	encoding: (typeof ENCODINGS)[number];
	/** What stands before a signature in its header, e.g. `sha256=`. */
	prefix: string;
	/** What separates several signatures in one header; empty when there is only ever one. */
	separator: '' | ',' | ';' | ' ';
	/** What is signed: text in which the placeholders of `sign` stand for the delivery's own. */
	signed: string;
	/** What stands before the timestamp when it is an element of the signature header, e.g. `t=`. */
	timestampPrefix: string;
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
	secretPrefix: 'whsec_',
};

/**
 * The styles that exist, as their owners document them: GitHub "Validating webhook deliveries",
 * HubSpot "Validating requests" (v3), Paddle "Signature verification", Slack "Verifying requests from
 * Slack", Square "Validate notifications", the Standard Webhooks specification with the names that Svix
 * gives its headers, and Stripe "Verify webhook signatures manually". `custom` is where a user's own
 * settings start.
 */
export const presets = {
	custom: plain,
	github: { ...plain, signatureHeader: 'x-hub-signature-256', prefix: 'sha256=' },
	hubspot: {
		...plain,
		signatureHeader: 'x-hubspot-signature-v3',
		encoding: 'base64',
		signed: '{method}{decodedUrl}{body}{timestamp}',
		timestampHeader: 'x-hubspot-request-timestamp',
	},
	paddle: {
		...plain,
		signatureHeader: 'paddle-signature',
		prefix: 'h1=',
		separator: ';',
		signed: '{timestamp}:{body}',
		timestampPrefix: 'ts=',
	},
	slack: {
		...plain,
		signatureHeader: 'x-slack-signature',
		prefix: 'v0=',
		signed: 'v0:{timestamp}:{body}',
		timestampHeader: 'x-slack-request-timestamp',
	},
	square: {
		...plain,
		signatureHeader: 'x-square-hmacsha256-signature',
		encoding: 'base64',
		signed: '{url}{body}',
	},
	standardWebhooks: {
		...plain,
		signatureHeader: 'webhook-signature',
		alternatives: [
			{ signatureHeader: 'svix-signature', timestampHeader: 'svix-timestamp', idHeader: 'svix-id' },
		],
		encoding: 'base64',
		prefix: 'v1,',
		separator: ' ',
		signed: '{id}.{timestamp}.{body}',
		timestampHeader: 'webhook-timestamp',
		idHeader: 'webhook-id',
		keyEncoding: 'base64',
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

/** Whether a signature of this scheme vouches for the message's id. */
export function hasId(scheme: SignatureScheme): boolean {
	return scheme.signed.includes('{id}');
}

/** Whether a signature of this scheme depends on the address that the sender called. */
export function hasUrl(scheme: SignatureScheme): boolean {
	return /\{(decodedUrl|url)\}/.test(scheme.signed);
}
