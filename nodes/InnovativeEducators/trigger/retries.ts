/** Seconds after which an attempt without an answer counts as failed (documented, webhooks). */
export const TIMEOUT_S = 15;

/**
 * Seconds before each retry. Documented (webhooks): ten retries, exponential, from 20 to 3600 seconds, given up about
 * 3.5 hours after the first attempt. The steps are not published: these double, which is the only simple reading
 * that comes to 3.5 hours, 3 h 25 min. Whether chance shifts them is unknown. That ten includes the first attempt
 * would be another reading, but ends after 2 h 25 min.
 */
export const RETRY_WAITS_S = [20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600] as const;

/**
 * When the retries are to be expected.
 *
 * @param first attempt, in milliseconds since 1970
 * @param takesS how long an attempt takes until it has failed: 0 to `TIMEOUT_S`
 */
export function retryTimes(first: number, takesS: number): number[] {
	let at = first;
	return RETRY_WAITS_S.map((wait) => (at += (takesS + wait) * 1000));
}
