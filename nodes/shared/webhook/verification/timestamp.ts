import { DateTime } from 'luxon';

/** Seconds or milliseconds, with or without a fraction. */
const NUMBER = /^\d{1,16}(\.\d{1,9})?$/;
/**
 * Seconds since 1970 are below this until the year 5138; milliseconds have been above it since
 * 1973.
 */
const MIN_MILLIS = 1e11;

/**
 * Milliseconds since 1970 of a timestamp in seconds, milliseconds or ISO 8601; NaN for anything
 * else. ISO 8601 without a zone counts as UTC, so that the result does not depend on this machine's
 * time zone.
 */
export function toMillis(timestamp: string): number {
	if (NUMBER.test(timestamp)) {
		const number = Number(timestamp);
		return number < MIN_MILLIS ? number * 1000 : number;
	}
	if (timestamp.length > 40 || !/^\d{4}-\d\d-\d\d/.test(timestamp)) return NaN;
	return DateTime.fromISO(timestamp.toUpperCase().replace(' ', 'T'), { zone: 'utc' }).toMillis();
}
