const { now } = Date;

/** A clock that stands still, from the beginning of the ten minutes that began last. */
export function stoppedClock() {
	let time = Math.floor(now() / 600_000) * 600_000;
	Date.now = () => time;
	return {
		/** @param {number} milliseconds */
		pass(milliseconds) {
			time += milliseconds;
		},
		goOn() {
			Date.now = now;
		},
	};
}
