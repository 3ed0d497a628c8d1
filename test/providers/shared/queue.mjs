/**
 * Runs tasks in the order they come, a limited number at a time.
 *
 * @param {number} most
 * @returns {<T>(task: () => Promise<T>) => Promise<T>} settles as the task does
 */
export function createQueue(most) {
	/** @type {(() => Promise<void>)[]} */
	const waiting = [];
	let running = 0;

	function next() {
		const start = running < most ? waiting.shift() : undefined;
		if (!start) return;
		running++;
		void start().then(() => {
			running--;
			next();
		});
	}

	return (task) =>
		new Promise((resolve, reject) => {
			waiting.push(() => task().then(resolve, reject));
			next();
		});
}
