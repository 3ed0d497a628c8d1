import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

const custom = { method: ['hmac'], preset: ['custom'] };
const secretHint = 'The one you agreed on with the sender. At least 16 random characters are good.';

/**
 * How the deliveries of one webhook prove where they come from. Field names are those that
 * `rulesOf` and `SignatureScheme` read.
 */
export class TalentEventsWebhookApi implements ICredentialType {
	name = 'talentEventsWebhookApi';

	displayName = 'Talent Events Webhook API';

	icon: Icon = { light: 'file:../icons/webhook.svg', dark: 'file:../icons/webhook.dark.svg' };

	documentationUrl =
		'https://github.com/talent-events/n8n-nodes-talent-events#how-deliveries-are-verified';

	properties: INodeProperties[] = [
		{
			displayName: 'Method',
			name: 'method',
			type: 'options',
			noDataExpression: true,
			default: 'hmac',
			description: 'What the sender adds to each delivery; ask your contact at the provider',
			options: [
				{ name: 'Basic Auth', value: 'basic', description: 'User and password' },
				{ name: 'HMAC Signature', value: 'hmac', description: 'The body is signed with a secret' },
				{ name: 'Secret in a Header', value: 'header' },
				{ name: 'Secret in the Query', value: 'query' },
				{ name: 'Source Address Only', value: 'address' },
			],
		},
		{
			displayName: 'Signature Style',
			name: 'preset',
			type: 'options',
			noDataExpression: true,
			default: 'custom',
			displayOptions: { show: { method: ['hmac'] } },
			options: [
				{ name: 'Custom', value: 'custom', description: 'Describe the signature below' },
				{ name: 'GitHub', value: 'github', description: 'X-Hub-Signature-256: sha256=…' },
				{ name: 'HubSpot (V3)', value: 'hubspot', description: 'X-HubSpot-Signature-v3, with timestamp' },
				{ name: 'Paddle', value: 'paddle', description: 'Paddle-Signature: ts=…;h1=…' },
				{ name: 'Slack', value: 'slack', description: 'X-Slack-Signature: v0=…, with timestamp' },
				{ name: 'Square', value: 'square', description: 'X-Square-HmacSha256-Signature, of URL and body' },
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
			description:
				'Proxies write URLs to their logs, so prefer a header where the sender can set one',
			displayOptions: { show: { method: ['query'] } },
		},
		{
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: secretHint,
			displayOptions: { show: { method: ['hmac', 'header', 'query'] } },
		},
		{
			displayName: 'Password',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: secretHint,
			displayOptions: { show: { method: ['basic'] } },
		},
		{
			displayName: 'Previous Secrets',
			name: 'previousSecrets',
			type: 'string',
			typeOptions: { password: true, rows: 3 },
			default: '',
			description:
				'Accepted as well, one in each line: the old secret while the sender changes to a new one',
			displayOptions: { hide: { method: ['address'] } },
		},
		{
			displayName: 'Signature Header',
			name: 'signatureHeader',
			type: 'string',
			default: '',
			placeholder: 'e.g. X-Signature',
			displayOptions: { show: custom },
		},
		{
			displayName: 'Algorithm',
			name: 'algorithm',
			type: 'options',
			default: 'sha256',
			displayOptions: { show: custom },
			options: [
				{ name: 'SHA-1', value: 'sha1' },
				{ name: 'SHA-256', value: 'sha256' },
				{ name: 'SHA-384', value: 'sha384' },
				{ name: 'SHA-512', value: 'sha512' },
			],
		},
		{
			displayName: 'Encoding',
			name: 'encoding',
			type: 'options',
			default: 'hex',
			displayOptions: { show: custom },
			options: [
				{ name: 'Base64', value: 'base64' },
				{ name: 'Base64url', value: 'base64url' },
				{ name: 'Hex', value: 'hex' },
			],
		},
		{
			displayName: 'Signature Prefix',
			name: 'prefix',
			type: 'string',
			default: '',
			placeholder: 'e.g. sha256=',
			description: 'What stands before the signature in its header',
			displayOptions: { show: custom },
		},
		{
			displayName: 'Signature Separator',
			name: 'separator',
			type: 'options',
			default: '',
			displayOptions: { show: custom },
			options: [
				{ name: 'No, Only One', value: '' },
				{ name: 'Separated by Blanks', value: ' ' },
				{ name: 'Separated by Commas', value: ',' },
				{ name: 'Separated by Semicolons', value: ';' },
			],
		},
		{
			displayName: 'Signed Content',
			name: 'signed',
			type: 'string',
			default: '{body}',
			placeholder: 'e.g. {timestamp}.{body}',
			description:
				'What is signed: {body}, {timestamp}, {id}, {method} and {url} stand for those of the delivery. {url} is the URL of the trigger, with the query as it was sent; {decodedUrl} is the same as HubSpot signs it.',
			displayOptions: { show: custom },
		},
		{
			displayName: 'Timestamp Header',
			name: 'timestampHeader',
			type: 'string',
			default: '',
			placeholder: 'e.g. X-Timestamp',
			displayOptions: { show: custom },
		},
		{
			displayName: 'Timestamp Prefix',
			name: 'timestampPrefix',
			type: 'string',
			default: '',
			placeholder: 'e.g. t=',
			description: 'Set it when the timestamp stands in the signature header, as Stripe has it',
			displayOptions: { show: custom },
		},
		{
			displayName: 'ID Header',
			name: 'idHeader',
			type: 'string',
			default: '',
			placeholder: 'e.g. X-Message-Id',
			description: 'A delivery that was accepted is not run again when it comes with the same ID',
			displayOptions: { show: custom },
		},
		{
			displayName: 'Key Encoding',
			name: 'keyEncoding',
			type: 'options',
			default: 'utf8',
			description:
				'How the secret becomes the key of the signature. One that is encoded may begin with whsec_.',
			displayOptions: { show: custom },
			options: [
				{ name: 'Base64', value: 'base64' },
				{ name: 'Base64url', value: 'base64url' },
				{ name: 'Hex', value: 'hex' },
				{ name: 'Text', value: 'utf8' },
			],
		},
		{
			displayName: 'Timestamp Tolerance (Seconds)',
			name: 'toleranceSeconds',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 300,
			description:
				'How old a signed timestamp may be, so that nobody can send an old delivery again. 0 accepts any age. It has no effect where no timestamp is signed.',
			displayOptions: {
				show: {
					method: ['hmac'],
					preset: ['custom', 'hubspot', 'paddle', 'slack', 'standardWebhooks', 'stripe'],
				},
			},
		},
		{
			displayName: 'IP Allowlist',
			name: 'ipAllowlist',
			type: 'string',
			default: '',
			placeholder: 'e.g. 203.0.113.7, 2001:db8::/32',
			description:
				'Only these may deliver, whatever the method; empty allows all. IPv4, IPv6 and CIDR ranges. Behind a reverse proxy set N8N_PROXY_HOPS, or n8n sees the address of the proxy.',
		},
	];
}
