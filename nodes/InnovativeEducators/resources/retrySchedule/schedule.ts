import type { IDataObject } from 'n8n-workflow';
import type { DateTime } from 'luxon';

import { RETRY_WAITS_S, retryTimes, TIMEOUT_S } from '../../trigger/retries';

/** How long an attempt takes until it has failed. */
export const SECONDS_UNTIL_FAILED: Record<string, number> = { atOnce: 0, timeOut: TIMEOUT_S };

const iso = (ms: number) => new Date(ms).toISOString();

/**
 * When the nightly file with an event comes: about 2 a.m. in the time zone of the site, usually Eastern time, with
 * the events of the previous day (documented, sftp). That this is the calendar day in that zone is inferred.
 *
 * @param happened in the time zone of the site
 */
export const nightlyFileAfter = (happened: DateTime): DateTime =>
	happened.plus({ days: 1 }).set({ hour: 2, minute: 0, second: 0, millisecond: 0 });

function summaryOf(left: number[], last: number, file: DateTime): string {
	if (left.length > 0) {
		const retries = left.length === 1 ? 'retry is' : 'retries are';
		return `${left.length} of ${RETRY_WAITS_S.length} ${retries} left: the event still comes once this n8n accepts it, next at about ${iso(left[0])}.`;
	}
	return `The last retry was at about ${iso(last)}: the event does not come any more. If Innovative Educators sends you the nightly file, that of about ${file.toFormat('yyyy-MM-dd HH:mm')} (${file.zoneName}) holds it: read it with Nightly Export: Parse.`;
}

/**
 * The expected retries of an event and what becomes of it, all computed: the steps are not published.
 *
 * @param first attempt, in the time zone of the site
 * @param takesS until an attempt has failed, in seconds
 * @param now in milliseconds since 1970
 */
export function scheduleOf(first: DateTime, takesS: number, now: number): IDataObject {
	const times = retryTimes(first.toMillis(), takesS);
	const left = times.filter((time) => time > now);
	const file = nightlyFileAfter(first);
	return {
		firstAttemptAt: iso(first.toMillis()),
		isComputed: true,
		retries: times.map((time, index) => ({
			number: index + 1,
			expectedAt: iso(time),
			waitSeconds: RETRY_WAITS_S[index],
			isLeft: time > now,
		})),
		retriesLeft: left.length,
		nextRetryAt: left.length > 0 ? iso(left[0]) : null,
		lastRetryAt: iso(times[times.length - 1]),
		willStillCome: left.length > 0,
		nightlyFileAt: file.toUTC().toISO(),
		summary: summaryOf(left, times[times.length - 1], file),
	};
}
