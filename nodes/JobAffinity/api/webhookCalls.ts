import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { redactField } from '../../shared/values/redact';
import { textAt } from '../../shared/values/text';

/**
 * The status that the receiver responded with; 0 when there is none, as how the history shows a
 * timeout is unknown.
 */
export const statusOf = (call: IDataObject): number =>
	Number(textAt(call, 'response_status') ?? 0) || 0;

/** Whether the response was not a success. That any 2xx is one is inferred; 200 is documented. */
export const hasFailed = (call: IDataObject): boolean =>
	statusOf(call) < 200 || statusOf(call) >= 300;

/**
 * The call as items show it: a proxy's response may repeat the URL or the headers, and with them a
 * secret.
 */
export const redactCall = (call: IDataObject): IDataObject => redactField(call, 'response_body');

/**
 * When it was made, as JobAffinity writes it: `YYYY-MM-DD HH:MM:SS` without a time zone
 * (documented).
 */
export const datetimeOf = (call: IDataObject): string | null => textAt(call, 'datetime');

/**
 * The time in milliseconds since 1970 as if it were in UTC; `null` when it is not a time. It
 * distinguishes calls and how far apart they are, but not always their order: its time zone is not
 * documented, and when clocks are set back, an hour occurs twice.
 */
export function timestampOf(call: IDataObject): number | null {
	const time = DateTime.fromISO((datetimeOf(call) ?? '').trim().replace(' ', 'T'), { zone: 'utc' });
	return time.isValid ? time.toMillis() : null;
}

/** How far clocks are set back in the fall. */
export const REPEATED_MS = 3_600_000;

/**
 * How often a call is later than the one listed before it, minus how often it is earlier: above 0,
 * the oldest come first; below 0, the newest. The one step back when clocks are set back does not
 * change that.
 */
export function trendOf(calls: readonly IDataObject[]): number {
	const times = calls.map(timestampOf).filter((time) => time !== null);
	return times.slice(1).reduce((trend, time, index) => trend + Math.sign(time - times[index]), 0);
}

/**
 * Whether the newest come last. That they come first is inferred from the history's purpose, not
 * documented.
 */
export const areOldestFirst = (calls: readonly IDataObject[]): boolean => trendOf(calls) > 0;

/** The calls of a list, the newest first. */
export const newestFirst = (calls: readonly IDataObject[]): IDataObject[] =>
	areOldestFirst(calls) ? [...calls].reverse() : [...calls];
