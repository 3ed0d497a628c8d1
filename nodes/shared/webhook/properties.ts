import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Provider } from '../events/types';
import { ANY_EVENT } from '../events/filter';
import {
	RAW_BODY_PROPERTY,
	duplicateOptions,
	optionsProperty,
	webhookOptions,
	windowedDuplicateOptions,
} from '../events/options';

/** What the canvas shows of a trigger: the events that are chosen in Trigger On. */
export const EVENTS_SUBTITLE =
	'={{ $parameter["events"].includes("*") ? "any event" : $parameter["events"].join(", ") }}';

/** What the editor shows of the provider's events, in the order it wants. */
const optionsOf = ({ events }: Provider): INodePropertyOptions[] =>
	events
		.map(({ label, type, description }) => ({
			name: label,
			value: type,
			description,
			action: `On ${label.toLowerCase()}`,
		}))
		.sort((a, b) => a.name.localeCompare(b.name));

/** Trigger On of a provider that names no event in its deliveries: the one that the URL is entered for. */
const oneEventProperty = (provider: Provider): INodeProperties => ({
	displayName: 'Trigger On',
	name: 'events',
	type: 'options',
	required: true,
	default: '',
	options: optionsOf(provider),
});

/** Trigger On: Any Event and the provider's own, each of which the node creator lists as a trigger. */
export function triggerOnProperty(provider: Provider): INodeProperties {
	return {
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		required: true,
		default: [],
		options: [
			{
				name: 'Any Event',
				value: ANY_EVENT,
				description: `Every event of ${provider.label}, also those that this version does not know yet`,
				action: 'On any event',
			},
			...optionsOf(provider),
		],
	};
}

/** Filters: one list of values for each of the provider's. */
export function filtersProperty({ filters }: Provider): INodeProperties {
	return {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: filters.map(({ name, label, description, placeholder }) => ({
			displayName: label,
			name,
			type: 'string',
			typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Value' },
			default: [],
			description,
			placeholder,
		})),
	};
}

const withCredential: INodePropertyOptions = {
	name: 'Webhook Credential',
	value: 'credential',
	description: 'Accept only deliveries that prove where they come from',
};

const unverified: INodePropertyOptions = {
	name: 'None',
	value: 'none',
	description: 'Accept whatever arrives; anybody who knows the URL can start the workflow',
};

const authenticationProperty: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	noDataExpression: true,
	default: 'credential',
	options: [withCredential, unverified],
};

/** The same for a provider that documents its source addresses, and nothing else to verify. */
const addressProperties = ({ label, addresses }: Provider): INodeProperties[] => [
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
		default: addresses,
		description: `Those that ${label} documents. Addresses and ranges (CIDR), separated by commas; others are answered 403.`,
		displayOptions: { show: { authentication: ['address'] } },
	},
	{
		displayName:
			'Behind a <b>reverse proxy</b> n8n sees the address of the proxy, and refuses everything: set <b>N8N_PROXY_HOPS=1</b> (the number of proxies) in n8n\'s environment. Without a proxy leave it at 0, or anybody can write any address into X-Forwarded-For.',
		name: 'proxyNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { authentication: ['address'] } },
	},
];

/** For a provider that may send more events than its documentation names. */
export const otherEventsProperty: INodeProperties = {
	displayName: 'Other Event Names',
	name: 'otherEvents',
	type: 'string',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Name' },
	default: [],
	description: 'Names of further events to listen to, exactly as the provider gave them to you',
};

/** In what the parameters of one webhook trigger differ from another's. */
interface TriggerTexts {
	/** How the provider learns of the URL. */
	setUp: INodeProperties[];
	/** When the provider is answered; without a choice, the answer never waits for the workflow. */
	acknowledge?: INodeProperties[];
	/** Parameters that only this provider has, and such options. */
	own?: INodeProperties[];
	options?: INodeProperties[];
}

/** Parameters of a webhook trigger. */
export function triggerProperties(
	provider: Provider,
	{ setUp, acknowledge = [], own = [], options = [] }: TriggerTexts,
): INodeProperties[] {
	const duplicates =
		provider.duplicateWindowMinutes === undefined ? duplicateOptions : windowedDuplicateOptions(provider);
	return [
		...(provider.addresses === undefined ? [authenticationProperty] : addressProperties(provider)),
		provider.chosen ? oneEventProperty(provider) : triggerOnProperty(provider),
		...own,
		filtersProperty(provider),
		...acknowledge,
		optionsProperty([...duplicates, ...webhookOptions, ...options]),
		...setUp,
		RAW_BODY_PROPERTY,
	];
}
