import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { redactField } from '../../shared/values/redact';
import { textAt } from '../../shared/values/text';

/** What the receiver answered; 0 when it is not said, as what the history shows of a timeout is unknown. */
export const statusOf = (call: IDataObject): number => Number(textAt(call, 'response_status') ?? 0) || 0;

/** Whether the call was not answered with success. That any 2xx is one is inferred; 200 is documented. */
export const hasFailed = (call: IDataObject): boolean => statusOf(call) < 200 || statusOf(call) >= 300;

/** The call as items show it: an answer of a proxy may repeat the URL or the headers, and with them a secret. */
export const shownCall = (call: IDataObject): IDataObject => redactField(call, 'response_body');

/** When it was made, as it is written: `YYYY-MM-DD HH:MM:SS` without a zone (documented). */
export const timeOf = (call: IDataObject): string | null => textAt(call, 'datetime');

/**
 * The time as if it were written in UTC, in milliseconds since 1970; `null` when it is none. It tells calls apart and
 * how far they lie from each other, but not their order: in which zone it is written is not documented, and where
 * clocks are set back an hour is written twice.
 */
export function writtenAt(call: IDataObject): number | null {
	const time = DateTime.fromISO((timeOf(call) ?? '').trim().replace(' ', 'T'), { zone: 'utc' });
	return time.isValid ? time.toMillis() : null;
}

/** How far clocks are set back in autumn. */
export const REPEATED_MS = 3_600_000;

/**
 * How often a call is written later than the one listed before it, minus how often earlier: above 0 the oldest come
 * first, below 0 the newest. The one step back where clocks are set back does not change that.
 */
export function trendOf(calls: readonly IDataObject[]): number {
	const times = calls.map(writtenAt).filter((time) => time !== null);
	return times.slice(1).reduce((trend, time, index) => trend + Math.sign(time - times[index]), 0);
}

/** Whether the newest come last. That they come first is inferred from the history's purpose, not documented. */
export const comeOldestFirst = (calls: readonly IDataObject[]): boolean => trendOf(calls) > 0;

/** Calls as they are listed, the newest first. */
export const newestFirst = (calls: readonly IDataObject[]): IDataObject[] =>
	comeOldestFirst(calls) ? [...calls].reverse() : [...calls];
