import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Provider } from './types';
import { largestBodyOption } from '../webhook/limits';

/** What a user may change about deduplication and set-up. */
export interface TriggerOptions {
	skipDuplicates: boolean;
	/** How many events n8n remembers, in each process and in its database. */
	eventsToRemember: number;
	/** How long an event is a duplicate of an equal one, in milliseconds. */
	windowMs: number;
	allowUnreachableUrl: boolean;
}

/** No record is longer. */
export const MAX_EVENTS = 100_000;
/** A week. */
const MAX_WINDOW_MINUTES = 10_080;

const DEFAULT_EVENTS = 5000;

const eventsToRemember: INodeProperties = {
	displayName: 'Events to Remember',
	name: 'eventsToRemember',
	type: 'number',
	default: DEFAULT_EVENTS,
	typeOptions: { minValue: 1, maxValue: MAX_EVENTS },
	description:
		'How many of the latest events to recognise when they come again; of the triggers of a workflow, the highest number counts. More take more memory and make each run a little slower.',
};

/** Options of every trigger. */
export const duplicateOptions: INodeProperties[] = [
	{
		displayName: 'Skip Duplicates',
		name: 'skipDuplicates',
		type: 'boolean',
		default: true,
		description:
			'Whether to run the workflow only once for an event that comes several times, to this or to another trigger of this package in the workflow. Test runs in the editor are never dropped.',
	},
	eventsToRemember,
];

/** The same for a provider whose deliveries have nothing that tells a repeat from a new event. */
export const windowedDuplicateOptions = ({ label, duplicateWindowMinutes }: Provider): INodeProperties[] => [
	{
		displayName: 'Skip Duplicates',
		name: 'skipDuplicates',
		type: 'boolean',
		default: false,
		description: `Whether to take deliveries with exactly the same content for repeats, if they come within a short time. Off by default: ${label} sends no ID, so two events that happen to look the same cannot be told from one that is sent twice. Deliveries that wait for a reply are never dropped, nor are test runs.`,
	},
	{
		displayName: 'Duplicate Window (Minutes)',
		name: 'duplicateWindowMinutes',
		type: 'number',
		default: duplicateWindowMinutes,
		typeOptions: { minValue: 1, maxValue: MAX_WINDOW_MINUTES },
		description:
			'For how long an equal delivery is a duplicate, at least. It can be up to twice as long, because n8n keeps no times with what it remembers.',
		displayOptions: { show: { skipDuplicates: [true] } },
	},
	eventsToRemember,
];

/** Options of webhook triggers. */
export const webhookOptions: INodeProperties[] = [
	largestBodyOption,
	{
		displayName: 'Allow Non-Public URL',
		name: 'allowUnreachableUrl',
		type: 'boolean',
		default: false,
		description:
			'Whether to publish although the production URL is private or not HTTPS, for example because a gateway passes deliveries on to it',
	},
];

/** The parameter Options, named `settings`: `options` is taken, see `RAW_BODY_PROPERTY`. */
export const optionsProperty = (options: readonly INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'settings',
	type: 'collection',
	placeholder: 'Add Option',
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

/** The number, if it is at least 1, but no more than `most`. */
const bounded = (value: unknown, most: number): number | undefined =>
	Number(value) >= 1 ? Math.min(Math.floor(Number(value)), most) : undefined;

/** The settings in the collection's evaluated value; what it does not hold takes its default. */
export function triggerOptionsOf(
	value: unknown,
	{ duplicateWindowMinutes: window }: Pick<Provider, 'duplicateWindowMinutes'> = {},
): TriggerOptions {
	const given = (value ?? {}) as IDataObject;
	return {
		skipDuplicates: window === undefined ? given.skipDuplicates !== false : given.skipDuplicates === true,
		eventsToRemember: bounded(given.eventsToRemember, MAX_EVENTS) ?? DEFAULT_EVENTS,
		windowMs:
			window === undefined
				? Infinity
				: (bounded(given.duplicateWindowMinutes, MAX_WINDOW_MINUTES) ?? window) * 60_000,
		allowUnreachableUrl: given.allowUnreachableUrl === true,
	};
}
