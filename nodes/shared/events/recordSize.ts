import type { IDataObject, IExecuteFunctions, INode } from 'n8n-workflow';

import { isComparing } from './backstop';
import { triggerOptionsOf } from './options';
import { triggersOf, valueOf } from './workflowTriggers';

/** Entries that an event takes in n8n's record: its key, and its key with the execution's ID. */
export const ENTRIES = 2;
/** With a time window the key has two entries. */
export const ENTRIES_WITH_WINDOW = 3;
/** With what the event is about, by which repeats are recognized. */
const ENTRIES_WITH_REPEATS = 2 * ENTRIES;

/** How many events a trigger remembers, and how many entries each takes. */
export interface RecordShare {
	events: number;
	entries: number;
}

function shareOf(context: IExecuteFunctions, { parameters }: INode): RecordShare {
	const settings = (parameters.settings ?? {}) as IDataObject;
	const { eventsToRemember: events, recognizeRepeats } = triggerOptionsOf({
		eventsToRemember: valueOf(context, settings.eventsToRemember),
		recognizeRepeats: valueOf(context, settings.recognizeRepeats),
	});
	// Only triggers that skip duplicates by choice have a time window.
	const entries = settings.skipDuplicates === true ? ENTRIES_WITH_WINDOW : ENTRIES;
	return { events, entries: recognizeRepeats ? ENTRIES_WITH_REPEATS : entries };
}

/**
 * How many entries the record of a workflow needs. Its triggers share it, and each of them cuts it
 * when it runs, so the one that remembers the most events decides, even if it has not run since n8n
 * started.
 */
export function recordSize(context: IExecuteFunctions, own: RecordShare): number {
	const shares = [own, ...triggersOf(context).map((node) => shareOf(context, node))];
	// Of each event that a delivery brought, there is a mark.
	const marks = Number(isComparing(context));
	return (
		Math.max(...shares.map(({ events }) => events)) *
		(Math.max(...shares.map(({ entries }) => entries)) + marks)
	);
}
