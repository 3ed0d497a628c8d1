/** No time is written in more characters. */
const LONGEST = 40;

/** A day, a time and perhaps a zone. */
const WRITTEN = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|[+-]\d\d:?\d\d)?$/i;

/** Milliseconds since 1970 of a time that is written as that, in seconds, or as a date; without a zone UTC is meant, which all samples have. */
function millisecondsOf(text: string): number {
	if (/^\d{10}$/.test(text)) return Number(text) * 1000;
	if (/^\d{13}$/.test(text)) return Number(text);
	const [, day, time, zone = 'Z'] = WRITTEN.exec(text) ?? [];
	return Date.parse(`${day}T${time}${zone.toUpperCase()}`);
}

/**
 * The second of a time, however it is written: that the nightly CSV file has it as deliveries do is not documented. What
 * is no time stays as it is.
 */
export function secondOf(timestamp: string): string {
	const text = timestamp.trim();
	const milliseconds = text.length > LONGEST ? NaN : millisecondsOf(text);
	return Number.isNaN(milliseconds) ? text : `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
