import type { Method } from './credential';
import type { SignatureScheme } from './signatureScheme';
import type { Style } from './config';

/** The labels of Method. */
export const METHOD_LABELS: Record<Method, string> = {
	notAgreed: 'Not Agreed Yet',
	basic: 'User and Password',
	hmac: 'Signature',
	header: 'Secret in a Header',
	query: 'Secret in the URL',
	address: 'IP Addresses Only',
};

/** The labels of Signature Style. */
export const STYLE_LABELS: Record<Style, string> = {
	unknown: "I Don't Know Yet",
	custom: 'I Have Technical Details',
	github: 'GitHub',
	hubspot: 'HubSpot (V3)',
	paddle: 'Paddle',
	slack: 'Slack',
	square: 'Square',
	standardWebhooks: 'Standard Webhooks',
	stripe: 'Stripe',
};

/** The labels of Algorithm. */
export const ALGORITHM_LABELS: Record<SignatureScheme['algorithm'], string> = {
	sha1: 'SHA-1',
	sha256: 'SHA-256',
	sha384: 'SHA-384',
	sha512: 'SHA-512',
};

/** The labels of Encoding and Key Encoding. */
export const ENCODING_LABELS: Record<SignatureScheme['keyEncoding'], string> = {
	base64: 'Base64',
	base64url: 'Base64url',
	hex: 'Hex',
	utf8: 'Text',
};

/** The labels of Signature Separator. */
export const SEPARATOR_LABELS: Record<SignatureScheme['separator'], string> = {
	',': 'Comma',
	'': 'None',
	';': 'Semicolon',
	' ': 'Space',
};
