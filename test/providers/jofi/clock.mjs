/** Microseconds that are added to a moment in turn, so that fractions get 6, 3, 5 and 4 digits. */
const TAILS = [908, 0, 30, 700];

/**
 * Timestamps of resources: ISO 8601 with microseconds and `+00:00`, the fraction 3 to 6 digits long
 * (documented by example, docs/events, api/career-navigation-profiles). No two are the same, and
 * each is later than the one before.
 *
 * @param {() => number} now milliseconds since the epoch; it may stand still or go back
 */
export function createClock(now) {
	let last = 0;
	let count = 0;
	return {
		/** @param {number} [apart] microseconds from the timestamp before, at least */
		stamp(apart = 1) {
			last = Math.max(Math.floor(now()) * 1000 + TAILS[count++ % TAILS.length], last + apart);
			const seconds = new Date(Math.floor(last / 1000)).toISOString().slice(0, 19);
			const fraction = String(last % 1_000_000)
				.padStart(6, '0')
				.replace(/0{1,3}$/, '');
			return `${seconds}.${fraction}+00:00`;
		},
		/** Milliseconds since the epoch in which the last timestamp was over. */
		last: () => Math.ceil(last / 1000),
	};
}
