const { now } = Date;

/** A stopped clock, set to the start of the current ten minutes. */
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

/** Milliseconds of processor time that this process has used, whatever else the machine does. */
export function processorMs() {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}
