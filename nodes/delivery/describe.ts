import type { INodeProperties } from 'n8n-workflow';

import { acknowledgeProperty } from './acknowledge';
import type { Provider } from './define';
import { ANY_EVENT } from './filter';
import { RAW_BODY_PROPERTY, duplicateSettings, settingsPropertyOf, webhookSettings } from './settings';

/** Trigger On: Any Event and the provider's own, each of which the node creator lists as a trigger. */
export function triggerOnProperty({ events, label }: Provider): INodeProperties {
	const options = events.map((event) => ({
		name: event.label,
		value: event.type,
		description: event.description,
		action: `On ${event.label.toLowerCase()}`,
	}));
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
				description: `Every event of ${label}, also those that this version does not know yet`,
				action: 'On any event',
			},
			...options.sort((a, b) => a.name.localeCompare(b.name)),
		],
	};
}

/** Filters: one list of values for each of the provider's. */
export function filtersProperty({ filters }: Provider): INodeProperties {
	return {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		options: filters.map(({ name, label, description, placeholder }) => ({
			displayName: label,
			name,
			type: 'string',
			typeOptions: { multipleValues: true, multipleValueButtonText: 'Add value' },
			default: [],
			description,
			placeholder,
		})),
	};
}

const authenticationProperty: INodeProperties = {
	displayName: 'Verify Deliveries',
	name: 'authentication',
	type: 'options',
	noDataExpression: true,
	default: 'credential',
	options: [
		{
			name: 'With a Webhook Credential',
			value: 'credential',
			description: 'Accept only deliveries that prove where they come from',
		},
		{
			name: 'No',
			value: 'none',
			description: 'Accept whatever arrives; anybody who knows the URL can start the workflow',
		},
	],
};

/** For a provider that may send more events than its documentation names. */
export const otherEventsProperty: INodeProperties = {
	displayName: 'Other Event Names',
	name: 'otherEvents',
	type: 'string',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add name' },
	default: [],
	description: 'Names of further events to listen to, exactly as the provider gave them to you',
};

/** In what the parameters of one webhook trigger differ from another's. */
interface TriggerTexts {
	/** How the provider learns of the URL. */
	setUp: INodeProperties[];
	/** How long the provider waits for the answer; without it, the answer never waits for the workflow. */
	deadline?: string;
	/** Parameters that only this provider has. */
	own?: INodeProperties[];
}

/** Parameters of a webhook trigger. */
export function triggerProperties(
	provider: Provider,
	{ setUp, deadline, own = [] }: TriggerTexts,
): INodeProperties[] {
	return [
		authenticationProperty,
		triggerOnProperty(provider),
		...own,
		filtersProperty(provider),
		...(deadline === undefined ? [] : [acknowledgeProperty(deadline)]),
		settingsPropertyOf([...duplicateSettings, ...webhookSettings]),
		...setUp,
		RAW_BODY_PROPERTY,
	];
}
