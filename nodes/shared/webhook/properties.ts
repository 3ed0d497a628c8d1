import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { duplicateOptionsOf } from '../events/options';
import { filtersProperty, optionsProperty, type ApiAccess } from '../events/properties';
import { deliveriesAtOnceOption, largestBodyOption } from './limits';
import { whenTestingProperty } from './sampleRun';
import { DOCS, type SetupProperties } from './setupGuide';
import type { WebhookSource } from './source';

const withCredential: INodePropertyOptions = {
	name: 'Webhook Credential',
	value: 'credential',
	description: 'Accept only deliveries that prove who sent them',
};

const unverified: INodePropertyOptions = {
	name: 'None',
	value: 'none',
	description: 'Accept every delivery: anybody who knows the URL can start the workflow',
};

const authenticationProperty: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	noDataExpression: true,
	default: 'credential',
	options: [withCredential, unverified],
};

/** For a provider that documents its source addresses, and no other way to verify deliveries. */
const allowlistProperties = (label: string, ipAllowlist: string): INodeProperties[] => [
	{
		...authenticationProperty,
		default: 'address',
		options: [
			{
				name: 'IP Allowlist',
				value: 'address',
				description: `Accept only deliveries from the addresses of ${label}`,
			},
			withCredential,
			unverified,
		],
	},
	{
		displayName: 'IP Allowlist',
		name: 'ipAllowlist',
		type: 'string',
		required: true,
		default: ipAllowlist,
		description: `Preset to what ${label} documents. Addresses and ranges (CIDR), separated by commas; others are answered 403.`,
		displayOptions: { show: { authentication: ['address'] } },
	},
	{
		displayName: `Is your n8n behind a reverse proxy? Then it refuses every delivery until it knows: <a href="${DOCS}/verify-deliveries.md#behind-a-reverse-proxy" target="_blank">ask whoever runs your n8n</a>.`,
		name: 'proxyNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { authentication: ['address'] } },
	},
];

/** Options of webhook triggers. */
const webhookOptions: INodeProperties[] = [
	largestBodyOption,
	deliveriesAtOnceOption,
	{
		displayName: 'Allow Incomplete Credential',
		name: 'allowIncompleteCredential',
		type: 'boolean',
		default: false,
		description:
			'Whether to publish although no delivery can be accepted yet, for example because the provider first wants to see that the URL answers; deliveries are refused until the credential is complete',
	},
	{
		displayName: 'Allow Non-Public URL',
		name: 'allowNonPublicUrl',
		type: 'boolean',
		default: false,
		description:
			'Whether to publish although the provider cannot reach the production URL, or it is not HTTPS, for example because a gateway passes deliveries on to it',
	},
];

/** What distinguishes the parameters of one webhook trigger from another's. */
interface TriggerProperties {
	triggerOn: INodeProperties;
	/** When the trigger has the credential of the provider's API. */
	api: ApiAccess;
	/** Parameters that only this provider has. */
	own?: INodeProperties[];
	/** When to answer the provider; without a choice, the answer never waits for the workflow. */
	respond?: INodeProperties[];
	/** Options that only this provider has. */
	options?: INodeProperties[];
	/** How the provider gets the URL. */
	setup: SetupProperties;
}

/** The parameters of a webhook trigger. */
export function triggerProperties(
	{ provider, verification, dedupe }: WebhookSource,
	{ triggerOn, api, own = [], respond = [], options = [], setup }: TriggerProperties,
): INodeProperties[] {
	return [
		setup.steps,
		...(verification === 'credential'
			? [authenticationProperty]
			: allowlistProperties(provider.label, verification.ipAllowlist)),
		triggerOn,
		...own,
		filtersProperty(provider, api),
		...respond,
		whenTestingProperty(provider.label),
		optionsProperty([...duplicateOptionsOf(dedupe, provider.label), ...webhookOptions, ...options]),
		...(setup.message ? [setup.message] : []),
	];
}
