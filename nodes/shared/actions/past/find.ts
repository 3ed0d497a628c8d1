import type { IExecuteFunctions } from 'n8n-workflow';
import sortBy from 'lodash/sortBy';

import { timeOf } from '../../events/occurredOn';
import { mayBeIn } from '../../events/past';
import type { Event, ProcessedKeys } from '../../events/types';
import { rangeOf, requestOf } from './request';
import type { PastSource } from './source';

/** Reading takes no longer: 1,350 of the requests that JobAffinity allows. */
const MAX_READING_MS = 30 * 60_000;

/** How many events are compared with the record at a time. */
const COMPARED = 100;

/** What was read, and is to be output. */
export interface Found {
	/** By key; each event once. */
	events: Event[];
	/** How many events of the range were read. */
	read: number;
	/** How many of them had run before. */
	known: number;
	/** Why these may not be all. */
	reasons: string[];
	/** Whether there are more than requested. */
	isCut: boolean;
}

/**
 * Reads the events of a range that are selected and, if the record is given, have not run. Reading
 * ends when there are more than requested.
 */
export async function findPast(
	context: IExecuteFunctions,
	source: PastSource,
	most: number,
	processed: ProcessedKeys | undefined,
): Promise<Found> {
	const { provider } = source;
	const range = rangeOf(context);
	const request = requestOf(context, source);
	const reader = source.read(context, request, range, Date.now() + MAX_READING_MS);
	const fresh = new Map<string, Event>();
	const seen = new Set<string>();
	let known = 0;
	let compared: Event[] = [];
	async function compare() {
		const keys = compared.map(({ eventKey }) => eventKey);
		const recorded = (await processed?.recorded(keys)) ?? new Set<string>();
		known += recorded.size;
		for (const event of compared)
			if (!recorded.has(event.eventKey)) fresh.set(event.eventKey, event);
		compared = [];
		context.sendMessageToUI?.(
			`${provider.label}: ${seen.size} events read, ${fresh.size} of them to run`,
		);
	}
	const isWanted = (event: Event) =>
		!seen.has(event.eventKey) &&
		request.accepts(event) &&
		mayBeIn(provider.occurredAt(event.payload, event.extra), range);

	let reasons: string[] | undefined;
	while (reasons === undefined && fresh.size <= most) {
		const next = await reader.next();
		if (next.done) reasons = next.value;
		else if (isWanted(next.value)) {
			seen.add(next.value.eventKey);
			compared.push(next.value);
		}
		if (compared.length >= COMPARED || (next.done && compared.length > 0)) await compare();
	}
	if (reasons === undefined) await reader.return([]);
	const inOrder = sortBy([...fresh.values()], (event) => timeOf(provider, event));
	return {
		events: inOrder.slice(0, most),
		read: seen.size,
		known,
		reasons: reasons ?? [],
		isCut: fresh.size > most,
	};
}
