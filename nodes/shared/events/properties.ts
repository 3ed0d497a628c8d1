import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { ANY_EVENT } from './filter';
import type { ProviderInfo } from './types';

/** What the canvas shows of a trigger: the events that are selected in Trigger On. */
export const EVENTS_SUBTITLE =
	'={{ $parameter["events"].includes("*") ? "any event" : $parameter["events"].join(", ") }}';

/** The provider's events as options, in the order that n8n wants. */
const optionsOf = ({ events }: Pick<ProviderInfo, 'events'>): INodePropertyOptions[] =>
	events
		.map(({ label, type, description }) => ({
			name: label,
			value: type,
			description,
			action: `On ${label.toLowerCase()}`,
		}))
		.sort((a, b) => a.name.localeCompare(b.name));

/** Single-event Trigger On, for payloads without an event name. */
export const singleEventProperty = (provider: ProviderInfo): INodeProperties => ({
	displayName: 'Trigger On',
	name: 'events',
	type: 'options',
	required: true,
	default: '',
	options: optionsOf(provider),
});

/** What the trigger itself reports, for a trigger whose one event is in its URL. */
export const ownEventsProperty = ({ events }: ProviderInfo): INodeProperties => ({
	displayName: 'Also Trigger On',
	name: 'ownEvents',
	type: 'multiOptions',
	default: [],
	description: 'What the trigger itself reports, besides the event that its URL is for',
	options: optionsOf({ events: events.filter(({ kind }) => kind === 'own') }),
});

/**
 * Trigger On: Any Event and the provider's own, each of which the node creator lists as a trigger.
 */
export const triggerOnProperty = (provider: ProviderInfo): INodeProperties => ({
	displayName: 'Trigger On',
	name: 'events',
	type: 'multiOptions',
	required: true,
	default: [],
	options: [
		{
			name: 'Any Event',
			value: ANY_EVENT,
			description: `Every event of ${provider.label}, including those that this version does not recognize`,
			action: 'On any event',
		},
		...optionsOf(provider),
	],
});

/** For a provider that may send more events than its documentation names. */
export const otherEventsProperty: INodeProperties = {
	displayName: 'Other Event Names',
	name: 'otherEvents',
	type: 'string',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Name' },
	default: [],
	description: 'Names of other events to listen to, exactly as the provider gave them to you',
};

/** Filters: a list of values for each of the provider's filters. */
export const filtersProperty = ({ filters }: ProviderInfo): INodeProperties => ({
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
});

/**
 * The parameter Options. Its name is `settings`, as n8n itself reads `options.binaryData` of some
 * triggers.
 */
export const optionsProperty = (options: readonly INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'settings',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [...options].sort((a, b) => a.displayName.localeCompare(b.displayName)),
});
