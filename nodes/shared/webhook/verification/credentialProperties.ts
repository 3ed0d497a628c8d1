import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import omit from 'lodash/omit';

import type { Style } from './config';
import type { Method, WebhookCredential } from './credential';
import {
	ALGORITHM_LABELS,
	ENCODING_LABELS,
	METHOD_LABELS,
	SEPARATOR_LABELS,
	STYLE_LABELS,
} from './credentialLabels';

/** The choices of a field whose labels are known. */
const choices = (labels: Record<string, string>): INodePropertyOptions[] =>
	Object.entries(labels).map(([value, name]) => ({ name, value }));

const ofMethods = (...method: Method[]): INodeProperties['displayOptions'] => ({
	show: { method },
});

/** For a provider that has told how it signs. */
const displayOptions: INodeProperties['displayOptions'] = {
	show: { method: ['hmac'], preset: ['custom'] },
};
/** The styles that may sign a timestamp. */
const timestampStyles = {
	method: ['hmac'],
	preset: ['custom', 'hubspot', 'paddle', 'slack', 'standardWebhooks', 'stripe'],
};
const customText = { type: 'string', default: '', displayOptions } as const;
const customOptions = { type: 'options', displayOptions } as const;

const ALLOWLIST_FORMAT =
	'IPv4, IPv6 and CIDR ranges, separated by commas. Behind a reverse proxy set N8N_PROXY_HOPS, or n8n sees the address of the proxy.';

const allowlist = {
	displayName: 'IP Allowlist',
	name: 'ipAllowlist',
	type: 'string',
	default: '',
	placeholder: 'e.g. 203.0.113.7, 2001:db8::/32',
} as const;

/** The methods by which deliveries show or use a secret. */
const withSecret: Method[] = ['basic', 'hmac', 'header', 'query'];

const secret = {
	name: 'secret',
	type: 'string',
	typeOptions: { password: true },
	default: '',
} as const;

/** A sentence between the fields; it may hold HTML. */
const notice = (
	name: string,
	displayName: string,
	show: NonNullable<INodeProperties['displayOptions']>['show'],
): INodeProperties => ({
	displayName,
	name,
	type: 'notice',
	default: '',
	displayOptions: { show },
});

/** Whether a text matches, as n8n compares it (2.41.1). */
const matches = (regex: string) => [{ _cnd: { regex } }];

/** The descriptions of the methods. */
const METHOD_DESCRIPTIONS: Record<Method, (label: string) => string> = {
	notAgreed: () => 'Nothing is accepted until you choose how deliveries are recognized',
	basic: (label) => `${label} sends a user and a password, also called Basic Auth`,
	hmac: (label) => `${label} signs each delivery with a shared secret, also called HMAC`,
	header: (label) => `${label} sends a secret in a header`,
	query: () => 'You add a secret to the URL',
	address: (label) => `Whatever comes from the addresses of ${label} is accepted`,
};

/** Method; hidden if there is only one. */
function methodProperty({ label, methods }: WebhookCredential): INodeProperties {
	const common = { displayName: 'Method', name: 'method', default: methods[0] };
	if (methods.length === 1) return { ...common, type: 'hidden' };
	return {
		...common,
		type: 'options',
		noDataExpression: true,
		description: `How a delivery proves that ${label} sent it`,
		options: methods.map((value) => ({
			name: METHOD_LABELS[value],
			value,
			description: METHOD_DESCRIPTIONS[value](label),
		})),
	};
}

/** What each style looks like; they are offered in this order. */
const STYLE_DESCRIPTIONS: Record<Style, string> = {
	unknown: 'The trigger finds it out',
	custom: 'Header, algorithm and so on',
	github: 'X-Hub-Signature-256: sha256=…',
	hubspot: 'X-HubSpot-Signature-v3, with timestamp',
	paddle: 'Paddle-Signature: ts=…;h1=…',
	slack: 'X-Slack-Signature: v0=…, with timestamp',
	square: 'X-Square-HmacSha256-Signature, for URL and body',
	standardWebhooks: 'Webhook-Signature or Svix-Signature: v1,… with ID and timestamp',
	stripe: 'Stripe-Signature: t=…,v1=…',
};

/** The fields of each method; the names are those that `verificationConfig` reads. */
const fieldsOf = ({ label, ipAllowlist = '' }: WebhookCredential): INodeProperties[] => [
	notice(
		'notAgreedNotice',
		`You can save this now. Copy the <b>Production URL</b> from the trigger, send it to ${label}, and ask how deliveries prove who sent them. Then choose that here. Until then, every delivery is refused.`,
		{ method: ['notAgreed'] },
	),
	{
		...allowlist,
		required: true,
		default: ipAllowlist,
		description: `Only these IP addresses may deliver. ${ALLOWLIST_FORMAT}`,
		displayOptions: ofMethods('address'),
	},
	{
		displayName: 'User',
		name: 'user',
		type: 'string',
		required: true,
		default: '',
		displayOptions: ofMethods('basic'),
	},
	{
		displayName: 'Header Name',
		name: 'headerName',
		type: 'string',
		required: true,
		default: 'X-Webhook-Secret',
		displayOptions: ofMethods('header'),
	},
	{
		...secret,
		displayName: 'Password',
		required: true,
		description: `The one that you agreed on with ${label}. Use at least 16 random characters.`,
		displayOptions: ofMethods('basic'),
	},
	{
		...secret,
		displayName: 'Secret',
		required: true,
		description: `The one that you agreed on with ${label}. Use at least 16 random characters.`,
		displayOptions: ofMethods('hmac', 'header'),
	},
	{
		...secret,
		displayName: 'Secret',
		placeholder: 'e.g. at least 16 random letters and digits',
		description:
			'Make it up: letters, digits, - and _ only, at least 16 at random. Save with this field empty, and the test suggests one under More details.',
		displayOptions: ofMethods('query'),
	},
	{
		displayName: 'URL Parameter',
		name: 'queryName',
		type: 'string',
		required: true,
		default: 'token',
		description: 'What stands before the secret in the URL, between ? and =',
		displayOptions: ofMethods('query'),
	},
	notice(
		'urlNotice',
		`Give ${label} the <b>Production URL</b> of the trigger with <b>?token=</b> and this secret at its end (token is the URL Parameter).`,
		{ method: ['query'] },
	),
	{
		displayName: 'Signature Style',
		name: 'preset',
		type: 'options',
		noDataExpression: true,
		default: 'unknown',
		description: `How ${label} signs; it need not be one of the companies named here`,
		displayOptions: ofMethods('hmac'),
		options: (Object.keys(STYLE_DESCRIPTIONS) as Style[]).map((value) => ({
			name: STYLE_LABELS[value],
			value,
			description: STYLE_DESCRIPTIONS[value],
		})),
	},
	notice(
		'findOutNotice',
		`Save, and choose this credential in the trigger. Click <b>Execute step</b> there, and have ${label} send an event: n8n finds out how it is signed, and shows what to enter here. <b>Explain Delivery</b> in the ${label} node does the same with a delivery that you have already.`,
		{ method: ['hmac'], preset: ['unknown'] },
	),
	{
		...customText,
		displayName: 'Signature Header',
		required: true,
		name: 'signatureHeader',
		placeholder: 'e.g. X-Signature',
	},
	{
		...customOptions,
		displayName: 'Algorithm',
		name: 'algorithm',
		default: 'sha256',
		options: choices(ALGORITHM_LABELS),
	},
	{
		...customOptions,
		displayName: 'Encoding',
		name: 'encoding',
		default: 'hex',
		options: choices(omit(ENCODING_LABELS, 'utf8')),
	},
	{
		...customText,
		displayName: 'Signature Prefix',
		name: 'prefix',
		placeholder: 'e.g. sha256=',
		description: 'Text before the signature in its header',
	},
	{
		...customOptions,
		displayName: 'Signature Separator',
		name: 'separator',
		default: '',
		description: 'Separates several elements in the signature header; None if there is always one',
		options: choices(SEPARATOR_LABELS),
	},
	{
		...customText,
		displayName: 'Signed Content',
		name: 'signed',
		default: '{body}',
		placeholder: 'e.g. {timestamp}.{body}',
		description:
			'What the sender signs. {body}, {timestamp}, {id}, {method} and {url} are placeholders for those of the delivery. {url} is the URL of the trigger, with the query as sent; {path} is the same from the path on, and {decodedUrl} the same decoded as HubSpot does. {sortedForm} is a form with its fields sorted, and {newline} a line break.',
	},
	{
		...customText,
		displayName: 'Timestamp Header',
		name: 'timestampHeader',
		placeholder: 'e.g. X-Timestamp',
		description:
			'If the timestamp stands in the signature header without a prefix, enter that header again',
	},
	{
		...customText,
		displayName: 'Timestamp Prefix',
		name: 'timestampPrefix',
		placeholder: 'e.g. t=',
		description: 'Text before the timestamp if that is in the signature header, as with Stripe',
	},
	{
		...customText,
		displayName: 'ID Header',
		name: 'idHeader',
		placeholder: 'e.g. X-Message-Id',
		description:
			'Header with the message ID. An accepted delivery does not run again with the same ID.',
	},
	{
		...customOptions,
		displayName: 'Key Encoding',
		name: 'keyEncoding',
		default: 'utf8',
		description: 'How the secret encodes the signing key. An encoded secret may start with whsec_.',
		options: choices(ENCODING_LABELS),
	},
	{
		displayName: 'Timestamp Tolerance (Seconds)',
		name: 'toleranceSeconds',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 300,
		description:
			'How far a signed timestamp may be from now, so that nobody can send an old delivery again. 0 accepts any age. Without a signed timestamp it has no effect.',
		displayOptions: { show: timestampStyles },
	},
];

/** What any method with a secret may have besides. */
const commonFieldsOf = ({ label }: WebhookCredential): INodeProperties[] => [
	{
		displayName: 'Previous Secrets',
		name: 'previousSecrets',
		type: 'string',
		typeOptions: { password: true, rows: 3 },
		default: '',
		description: `Also accepted, one per line: the old secret while ${label} switches to a new one`,
		displayOptions: { show: { method: withSecret } },
	},
	{
		...allowlist,
		description: `Only these IP addresses may deliver, whatever the method; leave empty to allow all. ${ALLOWLIST_FORMAT}`,
		displayOptions: { show: { method: withSecret } },
	},
	notice(
		'nextStepNotice',
		`Next: save, choose this credential in the ${label} Trigger, and publish.`,
		{ method: withSecret, secret: matches('.') },
	),
];

const TOO_SHORT =
	'This secret could be guessed: use a longer, random one, of at least 16 characters.';

/** For secrets that are encoded, by their length without padding. */
const SHORT_KEY = 'This secret stands for fewer than 16 bytes: use a longer, random one.';
const SHORT_BASE64 = '^(whsec_)?[^=]{16,21}=*$';

/**
 * What makes deliveries less secure than they could be, as notices that appear while the fields are
 * filled in. The credential's test says the same.
 */
export const weaknesses: readonly INodeProperties[] = [
	notice('shortSecretNotice', TOO_SHORT, {
		method: withSecret,
		secret: matches('^.{1,15}$'),
	}),
	notice('shortHexNotice', SHORT_KEY, {
		method: ['hmac'],
		preset: ['custom'],
		keyEncoding: ['hex'],
		secret: matches('^(whsec_)?.{16,31}$'),
	}),
	notice('shortBase64Notice', SHORT_KEY, {
		method: ['hmac'],
		preset: ['custom'],
		keyEncoding: ['base64', 'base64url'],
		secret: matches(SHORT_BASE64),
	}),
	notice('shortStandardNotice', SHORT_KEY, {
		method: ['hmac'],
		preset: ['standardWebhooks'],
		secret: matches(SHORT_BASE64),
	}),
	notice('shortPreviousNotice', 'A previous secret could be guessed: remove it soon.', {
		method: withSecret,
		previousSecrets: matches('(^|[\\r\\n])[^\\r\\n]{1,15}([\\r\\n]|$)'),
	}),
	notice('sha1Notice', 'SHA-1 is outdated: use SHA-256 if the sender can.', {
		method: ['hmac'],
		preset: ['custom'],
		algorithm: ['sha1'],
	}),
	notice(
		'toleranceNotice',
		'Others can send old deliveries again: set a timestamp tolerance, such as 300 seconds.',
		{ ...timestampStyles, toleranceSeconds: [0] },
	),
	notice(
		'sortedFormNotice',
		'With {sortedForm}, neither the order of the fields nor where a name ends is signed: use {body} if the sender can.',
		{ method: ['hmac'], preset: ['custom'], signed: matches('\\{sortedForm\\}') },
	),
	notice(
		'addressNotice',
		'Others may share an IP address: choose a method with a secret if the sender supports one.',
		{ method: ['address'] },
	),
];

/** What to do with a secret that a URL would change. */
const urlSecretNotice = notice(
	'urlSecretNotice',
	'This secret would change when you add it to a URL: use letters, digits, - and _ only.',
	{ method: ['query'], secret: matches('[^A-Za-z0-9_-]') },
);

/** Whether a field belongs to one of the methods. */
function isOf({ methods }: WebhookCredential, { displayOptions: options }: INodeProperties) {
	const shown = options?.show?.method as Method[] | undefined;
	return !shown || shown.some((method) => methods.includes(method));
}

/** The fields of a provider's webhook credential: those of what the provider can do. */
export const webhookCredentialProperties = (credential: WebhookCredential): INodeProperties[] => [
	methodProperty(credential),
	...[
		...fieldsOf(credential),
		urlSecretNotice,
		...weaknesses,
		...commonFieldsOf(credential),
	].filter((field) => isOf(credential, field)),
];
