import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Method, WebhookCredential } from './credential';

const displayOptions: INodeProperties['displayOptions'] = {
	show: { method: ['hmac'], preset: ['custom'] },
};
const customText = { type: 'string', default: '', displayOptions } as const;
const customOptions = { type: 'options', displayOptions } as const;

const secret = {
	name: 'secret',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description: 'The one that you agreed on with the sender. Use at least 16 random characters.',
} as const;

const encodings = [
	{ name: 'Base64', value: 'base64' },
	{ name: 'Base64url', value: 'base64url' },
	{ name: 'Hex', value: 'hex' },
];

/** The choices of Method. */
const METHODS: Record<Method, Omit<INodePropertyOptions, 'value'>> = {
	basic: { name: 'Basic Auth', description: 'User and password' },
	header: { name: 'Header Auth', description: 'Secret in a header' },
	hmac: { name: 'HMAC', description: 'Signature of the body, made with a secret' },
	address: { name: 'IP Allowlist', description: 'Only the IP address of the sender' },
	query: { name: 'Query Auth', description: 'Secret in the query of the URL' },
};

/** Method; hidden if there is only one. */
function methodProperty({ methods }: WebhookCredential): INodeProperties {
	const common = { displayName: 'Method', name: 'method', default: methods[0] };
	if (methods.length === 1) return { ...common, type: 'hidden' };
	return {
		...common,
		type: 'options',
		noDataExpression: true,
		description: 'How the sender authenticates each delivery; ask your contact at the provider',
		options: methods.map((value) => ({ ...METHODS[value], value })),
	};
}

/** The fields of each method; the names are those that `verificationConfig` reads. */
const FIELDS: readonly INodeProperties[] = [
	{
		displayName: 'Signature Style',
		name: 'preset',
		type: 'options',
		noDataExpression: true,
		default: 'custom',
		displayOptions: { show: { method: ['hmac'] } },
		options: [
			{
				name: 'Custom',
				value: 'custom',
				description: 'Describe the signature in the fields below',
			},
			{ name: 'GitHub', value: 'github', description: 'X-Hub-Signature-256: sha256=…' },
			{
				name: 'HubSpot (V3)',
				value: 'hubspot',
				description: 'X-HubSpot-Signature-v3, with timestamp',
			},
			{ name: 'Paddle', value: 'paddle', description: 'Paddle-Signature: ts=…;h1=…' },
			{ name: 'Slack', value: 'slack', description: 'X-Slack-Signature: v0=…, with timestamp' },
			{
				name: 'Square',
				value: 'square',
				description: 'X-Square-HmacSha256-Signature, for URL and body',
			},
			{
				name: 'Standard Webhooks',
				value: 'standardWebhooks',
				description: 'Webhook-Signature or Svix-Signature: v1,… with ID and timestamp',
			},
			{ name: 'Stripe', value: 'stripe', description: 'Stripe-Signature: t=…,v1=…' },
		],
	},
	{
		displayName: 'User',
		name: 'user',
		type: 'string',
		default: '',
		displayOptions: { show: { method: ['basic'] } },
	},
	{
		displayName: 'Header Name',
		name: 'headerName',
		type: 'string',
		default: 'X-Webhook-Secret',
		displayOptions: { show: { method: ['header'] } },
	},
	{
		displayName: 'Query Parameter',
		name: 'queryName',
		type: 'string',
		default: 'token',
		description: 'Proxies log URLs, so prefer Header Auth if the sender supports it',
		displayOptions: { show: { method: ['query'] } },
	},
	{
		...secret,
		displayName: 'Secret',
		displayOptions: { show: { method: ['hmac', 'header', 'query'] } },
	},
	{
		...secret,
		displayName: 'Password',
		displayOptions: { show: { method: ['basic'] } },
	},
	{
		displayName: 'Previous Secrets',
		name: 'previousSecrets',
		type: 'string',
		typeOptions: { password: true, rows: 3 },
		default: '',
		description:
			'Also accepted, one per line: the old secret while the sender switches to a new one',
		displayOptions: { hide: { method: ['address'] } },
	},
	{
		...customText,
		displayName: 'Signature Header',
		name: 'signatureHeader',
		placeholder: 'e.g. X-Signature',
	},
	{
		...customOptions,
		displayName: 'Algorithm',
		name: 'algorithm',
		default: 'sha256',
		options: [
			{ name: 'SHA-1', value: 'sha1' },
			{ name: 'SHA-256', value: 'sha256' },
			{ name: 'SHA-384', value: 'sha384' },
			{ name: 'SHA-512', value: 'sha512' },
		],
	},
	{
		...customOptions,
		displayName: 'Encoding',
		name: 'encoding',
		default: 'hex',
		options: encodings,
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
		options: [
			{ name: 'Comma', value: ',' },
			{ name: 'None', value: '' },
			{ name: 'Semicolon', value: ';' },
			{ name: 'Space', value: ' ' },
		],
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
		options: [...encodings, { name: 'Text', value: 'utf8' }],
	},
	{
		displayName: 'Timestamp Tolerance (Seconds)',
		name: 'toleranceSeconds',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 300,
		description:
			'How far a signed timestamp may be from now, so that nobody can send an old delivery again. 0 accepts any age. Without a signed timestamp it has no effect.',
		displayOptions: {
			show: {
				method: ['hmac'],
				preset: ['custom', 'hubspot', 'paddle', 'slack', 'standardWebhooks', 'stripe'],
			},
		},
	},
];

const allowlistProperty: INodeProperties = {
	displayName: 'IP Allowlist',
	name: 'ipAllowlist',
	type: 'string',
	default: '',
	placeholder: 'e.g. 203.0.113.7, 2001:db8::/32',
	description:
		'Only these IP addresses may deliver, whatever the method; leave empty to allow all. IPv4, IPv6 and CIDR ranges, separated by commas. Behind a reverse proxy set N8N_PROXY_HOPS, or n8n sees the address of the proxy.',
	displayOptions: { hide: { method: ['address'] } },
};

/** IP Allowlist as the method, with the addresses that the provider documents. */
const onlyAllowlistProperty = ({ ipAllowlist = '' }: WebhookCredential): INodeProperties => ({
	...allowlistProperty,
	default: ipAllowlist,
	description:
		'Only these IP addresses may deliver. IPv4, IPv6 and CIDR ranges, separated by commas. Behind a reverse proxy set N8N_PROXY_HOPS, or n8n sees the address of the proxy.',
	displayOptions: { show: { method: ['address'] } },
});

/** Whether a field belongs to one of the methods. */
function isOf({ methods }: WebhookCredential, { displayOptions: options }: INodeProperties) {
	const shown = options?.show?.method as Method[] | undefined;
	return !shown || shown.some((method) => methods.includes(method));
}

/** The fields of a provider's webhook credential: those of what the provider can do. */
export const webhookCredentialProperties = (credential: WebhookCredential): INodeProperties[] => [
	methodProperty(credential),
	...[onlyAllowlistProperty(credential), ...FIELDS, allowlistProperty].filter((field) =>
		isOf(credential, field),
	),
];
