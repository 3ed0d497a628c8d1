import { DateTime } from 'luxon';

/** Seconds or milliseconds, with a fraction or without. */
const NUMBER = /^\d{1,16}(\.\d{1,9})?$/;
/** Seconds since 1970 stay below this until the year 5138; milliseconds have been above it since 1973. */
const SMALLEST_MILLIS = 1e11;

/**
 * Milliseconds since 1970 of a timestamp in seconds, milliseconds or ISO 8601; NaN for anything else.
 * ISO 8601 without a zone is read as UTC, so that the verdict does not depend on this machine's zone.
 */
export function toMillis(timestamp: string): number {
	if (NUMBER.test(timestamp)) {
		const number = Number(timestamp);
		return number < SMALLEST_MILLIS ? number * 1000 : number;
	}
	if (timestamp.length > 40 || !/^\d{4}-\d\d-\d\d/.test(timestamp)) return NaN;
	return DateTime.fromISO(timestamp.toUpperCase().replace(' ', 'T'), { zone: 'utc' }).toMillis();
}
