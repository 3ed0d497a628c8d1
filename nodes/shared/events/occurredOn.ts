import { DateTime } from 'luxon';

import type { Event, ProviderInfo } from './types';

/** A time with a zone, which says at which moment it was. */
const MOMENT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*(Z|[+-]\d\d:?\d\d)$/i;

const DAY = /^\d{4}-\d\d-\d\d(?!\d)/;

const locale = 'en-US';

const printed = (time: DateTime, format: string): string | null =>
	time.isValid ? time.toFormat(format) : null;

/** Whether the text says at which moment it was; a day, or a time without a zone, does not. */
export const isMoment = (time: string): boolean => MOMENT.test(time);

/**
 * When an event happened, in milliseconds since 1970; `NaN` if it is unknown, or has no zone to
 * compare it by.
 */
export function timeOf({ occurredAt }: ProviderInfo, { payload, extra }: Event): number {
	const time = occurredAt(payload, extra) ?? '';
	return isMoment(time) ? Date.parse(time) : NaN;
}

/**
 * A time as text to print, in a zone, such as `Feb 3, 2026, 2:05 PM`. Of a time without a zone only
 * the day is certain enough, so it is all that is printed.
 *
 * @returns `null` for text that is no time
 */
export function occurredOn(time: string | null, zone: string): string | null {
	if (time === null) return null;
	const trimmed = time.trim();
	if (isMoment(trimmed))
		return printed(
			DateTime.fromMillis(Date.parse(trimmed), { zone, locale }),
			'LLL d, yyyy, h:mm a',
		);
	const [day] = DAY.exec(trimmed) ?? [];
	return day === undefined ? null : printed(DateTime.fromISO(day, { locale }), 'LLL d, yyyy');
}
