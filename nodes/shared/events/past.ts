import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import { isMoment } from './occurredOn';
import type { Event } from './types';

/** A range of time, in milliseconds since 1970, both ends included. */
export interface TimeRange {
	since: number;
	until: number;
}

/** Which events of the past are to be read. */
export interface PastRequest {
	/** Whether events of this type are selected. */
	wants(type: string): boolean;
	/** Whether an event is selected and passes the filters. */
	accepts(event: Event): boolean;
	/** The options that only this provider has. */
	options: IDataObject;
}

/** Events of the past, as they are read; the end says why these may not be all, a sentence each. */
export type PastEvents = AsyncGenerator<Event, string[]>;

const HOUR_MS = 60 * 60_000;
/** A time without a zone is up to 14 hours earlier than in UTC, and up to 12 hours later. */
const EAST_MS = 14 * HOUR_MS;
const WEST_MS = 12 * HOUR_MS;

const DAY_LENGTH = 'YYYY-MM-DD'.length;

/**
 * The earliest and the latest moment that a text may mean, in milliseconds since 1970: a day has 24
 * hours, and a time without a zone may be meant in any. `NaN` for text that is no time.
 */
function spanOf(text: string): [earliest: number, latest: number] {
	const trimmed = text.trim();
	if (isMoment(trimmed)) return [Date.parse(trimmed), Date.parse(trimmed)];
	const time = DateTime.fromISO(trimmed.replace(' ', 'T'), { zone: 'utc' });
	const end = trimmed.length === DAY_LENGTH ? time.endOf('day') : time;
	return [time.toMillis() - EAST_MS, end.toMillis() + WEST_MS];
}

/** Whether a time, as a provider writes it, is certain to be before another one. */
export const isBefore = (text: string | null, time: number): boolean =>
	text !== null && spanOf(text)[1] < time;

/** Whether a time may be in the range; an unknown one may. */
export function mayBeIn(text: string | null, { since, until }: TimeRange): boolean {
	if (text === null) return true;
	const [earliest, latest] = spanOf(text);
	return !(latest < since) && !(earliest > until);
}
