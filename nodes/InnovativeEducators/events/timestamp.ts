const MAX_LENGTH = 40;

const DATE_TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|[+-]\d\d:?\d\d)?$/i;

/**
 * Milliseconds since 1970, `NaN` for text that is no time. A time without a zone is UTC, as in all
 * samples.
 */
export function millisecondsOf(timestamp: string): number {
	const text = timestamp.trim();
	if (text.length > MAX_LENGTH) return NaN;
	if (/^\d{10}$/.test(text)) return Number(text) * 1000;
	if (/^\d{13}$/.test(text)) return Number(text);
	const [, date, time, zone = 'Z'] = DATE_TIME.exec(text) ?? [];
	return Date.parse(`${date}T${time}${zone.toUpperCase()}`);
}

/**
 * The second of a timestamp, in one format: whether the nightly CSV file formats it as deliveries
 * do is not documented. Text that is no time stays as it is.
 */
export function secondOf(timestamp: string): string {
	const milliseconds = millisecondsOf(timestamp);
	return Number.isNaN(milliseconds)
		? timestamp.trim()
		: `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
