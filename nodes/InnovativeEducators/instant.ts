import { DateTime } from 'luxon';

/** No time is written in more characters. */
const LONGEST = 40;

/** Seconds or milliseconds since 1970, or a date and time; without a zone UTC is meant, which all samples have. */
function parsed(text: string): DateTime {
	if (/^\d{10}$/.test(text)) return DateTime.fromSeconds(Number(text));
	if (/^\d{13}$/.test(text)) return DateTime.fromMillis(Number(text));
	const iso = DateTime.fromISO(text, { zone: 'utc' });
	return iso.isValid ? iso : DateTime.fromSQL(text, { zone: 'utc' });
}

/**
 * The second of a time, however it is written: that the nightly CSV file has it as deliveries do is not documented. What
 * is no time stays as it is.
 */
export function secondOf(timestamp: string): string {
	const text = timestamp.trim();
	const time = text.length > LONGEST ? DateTime.invalid('too long') : parsed(text);
	return time.toUTC().startOf('second').toISO({ suppressMilliseconds: true }) ?? text;
}
