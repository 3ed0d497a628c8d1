export const ALGORITHMS = ['sha1', 'sha256', 'sha384', 'sha512'] as const;
export const ENCODINGS = ['hex', 'base64', 'base64url'] as const;
export const KEY_ENCODINGS = ['utf8', 'base64', 'base64url', 'hex'] as const;

/** Names of headers; case does not matter. */
export interface SignatureHeaders {
	/** The header with the signature or signatures. */
	signatureHeader: string;
	/**
	 * The header with the time of signing; empty if there is none, or if it is in the signature header
	 * with a prefix. The signature header itself, if the time stands in it without a prefix.
	 */
	timestampHeader: string;
	/** The header with the message ID; required if `signed` contains `{id}`. */
	idHeader: string;
}

/** How a sender signs: data for `sign` and `verify`, which contain no format of their own. */
export interface SignatureScheme extends SignatureHeaders {
	/** Other names of the same headers; the first set whose signature header is present counts. */
	alternatives?: readonly SignatureHeaders[];
	algorithm: (typeof ALGORITHMS)[number];
	encoding: (typeof ENCODINGS)[number];
	/** The text before a signature in its header, e.g. `sha256=`. */
	prefix: string;
	/** The separator of several signatures in one header; empty if there is always one. */
	separator: '' | ',' | ';' | ' ';
	/** What is signed: a text with the placeholders of `sign`. */
	signed: string;
	/** The text before the timestamp if it is an element of the signature header, e.g. `t=`. */
	timestampPrefix: string;
	/** How the secret encodes the key; `utf8` is its text as it is. */
	keyEncoding: (typeof KEY_ENCODINGS)[number];
	/** The text to remove from the secret before decoding it, e.g. `whsec_`. */
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
 * Common signature schemes, as their owners document them: GitHub "Validating webhook deliveries",
 * HubSpot "Validating requests" (v3), Paddle "Signature verification", Slack "Verifying requests
 * from Slack", Square "Validate notifications", the Standard Webhooks specification with Svix's
 * names of its headers, and Stripe "Verify webhook signatures manually". `custom` has the defaults
 * of a user's own settings.
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

/** Whether a signature can expire: only a signed timestamp proves when it was made. */
export const hasTimestamp = ({ signed }: SignatureScheme): boolean =>
	signed.includes('{timestamp}');

/** Whether the message ID is signed. */
export const hasId = ({ signed }: SignatureScheme): boolean => signed.includes('{id}');

/** Whether the URL that the sender called is signed. */
export const hasUrl = ({ signed }: SignatureScheme): boolean =>
	/\{(decodedUrl|url|path)\}/.test(signed);

/** Whether everything in the body is signed. */
export const hasBody = ({ signed }: SignatureScheme): boolean =>
	/\{(body|sortedForm)\}/.test(signed);

/** Whether the timestamp is an element of the signature header that has no prefix. */
export const isTimestampElement = ({
	signatureHeader,
	timestampHeader,
	timestampPrefix,
}: Omit<SignatureScheme, 'idHeader'>): boolean =>
	timestampPrefix === '' &&
	timestampHeader !== '' &&
	timestampHeader.trim().toLowerCase() === signatureHeader.trim().toLowerCase();
