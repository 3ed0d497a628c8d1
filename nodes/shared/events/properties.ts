import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { ANY_EVENT } from './filter';
import type { FilterDefinition, ProviderInfo } from './types';

const ANY_EVENT_LABEL = 'Any Event';

/**
 * What the canvas shows of a trigger: the labels of the events that are selected in Trigger On, and
 * other event names as they were entered. An expression, because n8n's editor evaluates one for it.
 */
export function eventsSubtitle({ events }: ProviderInfo): string {
	const labels = Object.fromEntries(events.map(({ type, label }) => [type, label]));
	const selected = '$parameter["events"].concat($parameter["settings"]?.otherEvents ?? [])';
	return `={{ $parameter["events"].includes("${ANY_EVENT}") ? "${ANY_EVENT_LABEL}" : ${selected}.map((type) => ${labelOf(labels, 'type')}).join(", ") }}`;
}

/** An expression for the label of a value, which is the value itself where it has none. */
export const labelOf = (labels: Record<string, string>, value: string): string =>
	`((${JSON.stringify(labels)})[${value}] ?? ${value})`;

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
			name: ANY_EVENT_LABEL,
			value: ANY_EVENT,
			description: `Every event of ${provider.label}, including those that this version does not recognize`,
			action: 'On any event',
		},
		...optionsOf(provider),
	],
});

/** An option for a provider that may send more events than its documentation names. */
export const otherEventsOption: INodeProperties = {
	displayName: 'Other Event Names',
	name: 'otherEvents',
	type: 'string',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Name' },
	default: [],
	description: 'Names of other events to listen to, exactly as the provider gave them to you',
};

/**
 * When a node can ask the provider's API: always, never, or while these parameters have one of these
 * values.
 */
export type ApiAccess = 'always' | 'never' | NonNullable<IDisplayOptions['show']>;

const CHOOSE =
	'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.';

/** The parameters of a filter: typed where there is no list to choose from. */
function filterProperties(
	{ name, label, description, values }: FilterDefinition,
	api: ApiAccess,
): INodeProperties[] {
	const common = { displayName: label, name, default: [] };
	const sentences = (...texts: string[]) => texts.filter((text) => text !== '').join(' ');
	// Values that were typed before, or that the list has no more, stay.
	const chosen: INodeProperties = { ...common, type: 'multiOptions', allowArbitraryValues: true };
	if (values.from === 'options') return [{ ...chosen, options: values.options, description }];
	const typed: INodeProperties = {
		...common,
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Value' },
		description: description === '' ? values.takes : sentences(`${values.takes}.`, description),
		placeholder: values.placeholder,
	};
	if (values.from === 'keyboard' || api === 'never') return [typed];
	const listed: INodeProperties = {
		...chosen,
		typeOptions: {
			loadOptionsMethod: name,
			...(values.narrowedBy && { loadOptionsDependsOn: [`&${values.narrowedBy}`] }),
		},
		description: sentences(CHOOSE, description),
	};
	if (api === 'always') return [listed];
	return [
		{ ...typed, displayOptions: { hide: api } },
		{ ...listed, displayOptions: { show: api } },
	];
}

/** Filters: values for each of the provider's filters. */
export const filtersProperty = (
	{ filters }: Pick<ProviderInfo, 'filters'>,
	api: ApiAccess,
): INodeProperties => ({
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: filters.flatMap((filter) => filterProperties(filter, api)),
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
