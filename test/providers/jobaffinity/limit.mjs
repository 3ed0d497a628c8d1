const MINUTE = 60_000;

/**
 * 45 requests in a minute for an IP (documented, home). Unknown, and here: a request that was
 * refused does not count, every other does, whatever its answer, also CVs, schemas and applications
 * of candidates.
 *
 * @param {import('./settings.mjs').Settings} settings
 * @returns {() => boolean} whether another request may come in now
 */
export function createLimit({ rateLimit, window, clock }) {
	/** @type {number[]} */
	let times = [];

	/** @param {number} time @param {number} now */
	const counts = (time, now) =>
		window === 'fixed'
			? Math.floor(time / MINUTE) === Math.floor(now / MINUTE)
			: now - time < MINUTE;

	return () => {
		const now = clock();
		times = times.filter((time) => counts(time, now));
		if (times.length >= rateLimit) return false;
		times.push(now);
		return true;
	};
}
