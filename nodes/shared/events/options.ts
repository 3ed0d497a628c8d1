import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Dedupe } from './types';

/** What a user may change about deduplication and setup. */
export interface TriggerOptions {
	skipDuplicates: boolean;
	/** How many events each n8n process and n8n's database remember. */
	eventsToRemember: number;
	/** How long an event with the same key is a duplicate, in milliseconds. */
	windowMs: number;
	/** Whether the record also holds what events are about, so that a repeat is recognized. */
	recognizeRepeats: boolean;
	allowNonPublicUrl: boolean;
	/** Whether a trigger may be published that can accept no delivery yet. */
	allowIncompleteCredential: boolean;
}

/** The longest record. */
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
		'How many of the latest events to recognize when they arrive again. The highest number among the triggers of a workflow applies. Higher numbers take more memory and make each run a little slower.',
};

/** Options of every trigger. */
export const duplicateOptions: INodeProperties[] = [
	{
		displayName: 'Skip Duplicates',
		name: 'skipDuplicates',
		type: 'boolean',
		default: true,
		description:
			'Whether to run the workflow only once for an event that arrives several times, at this or another trigger of this package in the workflow. Test runs in the editor are never skipped.',
	},
	eventsToRemember,
];

/**
 * The same for a provider whose deliveries have nothing that distinguishes a repeat from a new
 * event.
 */
const contentOptions = (label: string, windowMinutes: number): INodeProperties[] => [
	{
		displayName: 'Skip Duplicates',
		name: 'skipDuplicates',
		type: 'boolean',
		default: false,
		description: `Whether to skip a delivery with exactly the same content as one that arrived shortly before. Off by default: ${label} sends no ID, so two events that happen to look the same cannot be distinguished from one that is sent twice. Deliveries that wait for a reply and test runs are never skipped.`,
	},
	{
		displayName: 'Duplicate Window (Minutes)',
		name: 'duplicateWindowMinutes',
		type: 'number',
		default: windowMinutes,
		typeOptions: { minValue: 1, maxValue: MAX_WINDOW_MINUTES },
		description:
			'How long a delivery with the same content is a duplicate, at least. It can be up to twice as long, because n8n stores no times with what it remembers.',
		displayOptions: { show: { skipDuplicates: [true] } },
	},
	eventsToRemember,
];

/** Options about duplicates, for a provider with this label. */
export const duplicateOptionsOf = (dedupe: Dedupe, label: string): INodeProperties[] =>
	dedupe.by === 'content' ? contentOptions(label, dedupe.windowMinutes) : duplicateOptions;

/**
 * When the sender is answered: one of n8n's response modes. It is an option, or a parameter of its own
 * where the sender may wait for a reply.
 */
export const responseModeOf = (parameter: (name: string) => unknown): string => {
	const option = (parameter('settings') as IDataObject | undefined)?.responseMode;
	return String(parameter('responseMode') || option || 'onReceived');
};

/** The number, if it is at least 1, but no more than `max`. */
export const bounded = (value: unknown, max: number): number | undefined =>
	Number(value) >= 1 ? Math.min(Math.floor(Number(value)), max) : undefined;

/** The options in the collection's evaluated value; what it does not hold has its default. */
export function triggerOptionsOf(value: unknown, dedupe: Dedupe = { by: 'key' }): TriggerOptions {
	const given = (value ?? {}) as IDataObject;
	const isByContent = dedupe.by === 'content';
	return {
		skipDuplicates: isByContent ? given.skipDuplicates === true : given.skipDuplicates !== false,
		eventsToRemember: bounded(given.eventsToRemember, MAX_EVENTS) ?? DEFAULT_EVENTS,
		windowMs: isByContent
			? (bounded(given.duplicateWindowMinutes, MAX_WINDOW_MINUTES) ?? dedupe.windowMinutes) * 60_000
			: Infinity,
		recognizeRepeats: given.recognizeRepeats === true,
		allowNonPublicUrl: given.allowNonPublicUrl === true,
		allowIncompleteCredential: given.allowIncompleteCredential === true,
	};
}
