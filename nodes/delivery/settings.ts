import type { IDataObject, INodeProperties } from 'n8n-workflow';

/** What a user may change about deduplication and set-up; the values in force when nothing is set. */
export interface Settings {
	dropDuplicates: boolean;
	/** How many events n8n remembers, in each process and in its database. */
	eventsToRemember: number;
	allowUnreachableUrl: boolean;
}

const MOST_EVENTS = 100_000;

const defaults: Settings = {
	dropDuplicates: true,
	eventsToRemember: 5000,
	allowUnreachableUrl: false,
};

/** Options of every trigger. */
export const duplicateSettings: INodeProperties[] = [
	{
		displayName: 'Drop Duplicates',
		name: 'dropDuplicates',
		type: 'boolean',
		default: true,
		description:
			'Whether to run the workflow only once for an event that comes several times, to this or to another trigger of this package in the workflow. Test runs in the editor are never dropped.',
	},
	{
		displayName: 'Events to Remember',
		name: 'eventsToRemember',
		type: 'number',
		default: 5000,
		typeOptions: { minValue: 1, maxValue: MOST_EVENTS },
		description:
			'How many of the latest events to recognise when they come again. More take more memory and make each run a little slower.',
	},
];

/** Options of webhook triggers. */
export const webhookSettings: INodeProperties[] = [
	{
		displayName: 'Accept a URL That Is Not Public',
		name: 'allowUnreachableUrl',
		type: 'boolean',
		default: false,
		description:
			'Whether to publish although the production URL is private or not HTTPS, for example because a gateway passes deliveries on to it',
	},
];

/** The parameter Options, named `settings`: `options` is taken, see `RAW_BODY_PROPERTY`. */
export const settingsPropertyOf = (options: readonly INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'settings',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [...options].sort((a, b) => a.displayName.localeCompare(b.displayName)),
});

/**
 * `binaryData: true` makes n8n leave the body alone, so that the node can authenticate its exact
 * bytes and answer unreadable ones itself. n8n looks for it under this very name, and only in nodes
 * of version 1 (read in n8n 2.41.1).
 */
export const RAW_BODY_PROPERTY: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'hidden',
	default: { binaryData: true },
};

/** The settings in the collection's evaluated value; what it does not hold takes its default. */
export function settingsOf(value: unknown): Settings {
	const given = (value ?? {}) as IDataObject;
	const events = Number(given.eventsToRemember ?? defaults.eventsToRemember);
	return {
		dropDuplicates: given.dropDuplicates !== false,
		eventsToRemember:
			events >= 1 ? Math.min(Math.floor(events), MOST_EVENTS) : defaults.eventsToRemember,
		allowUnreachableUrl: given.allowUnreachableUrl === true,
	};
}
