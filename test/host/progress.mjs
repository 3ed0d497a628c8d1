/**
 * How often something long says how far it is: in a terminal the line is rewritten, in a log a line
 * is added.
 */
const TERMINAL_MS = 1_000;
const LOG_MS = 10_000;

/**
 * @typedef {object} Wait
 * @property {(state?: string) => void} tick says, not too often, what is being waited for and how
 * far it is
 * @property {() => void} done ends the wait; says how long it took if it had been mentioned
 */

/**
 * @typedef {object} Progress
 * @property {(text: string) => void} say one line, with the seconds since the start before it
 * @property {(what: string) => Wait} wait for something long; silent when it takes less than one
 * tick
 */

/**
 * Tells people what is being done and how far it is, on standard error, so that standard output
 * keeps the results.
 *
 * @param {{ isTTY?: boolean, columns?: number, write: (text: string) => unknown }} [out]
 * @returns {Progress}
 */
export function createProgress(out = process.stderr) {
	const start = Date.now();
	const every = out.isTTY ? TERMINAL_MS : LOG_MS;
	let pending = false;

	/** @param {string} text */
	const line = (text) =>
		`[${String(Math.round((Date.now() - start) / 1000)).padStart(4)} s] ${text}`;
	/** @param {string} text */
	const say = (text) => {
		out.write(`${pending ? '\r\u001b[K' : ''}${line(text)}\n`);
		pending = false;
	};
	/** @param {string} text */
	const rewrite = (text) => {
		if (!out.isTTY) return say(text);
		// A line that wraps could not be rewritten.
		out.write(`\r\u001b[K${line(text).slice(0, (out.columns ?? 80) - 1)}`);
		pending = true;
	};

	return {
		say,
		wait(what) {
			const begin = Date.now();
			let last = begin;
			let mentioned = false;
			return {
				tick(state) {
					if (Date.now() - last < every) return;
					last = Date.now();
					mentioned = true;
					rewrite(`waiting for ${what}${state ? `: ${state}` : ''}`);
				},
				done() {
					if (mentioned) say(`${what}: after ${seconds(Date.now() - begin)}`);
				},
			};
		},
	};
}

/**
 * @param {number} ms
 * @returns {string} e.g. `12.3 s`
 */
export function seconds(ms) {
	return `${(ms / 1000).toFixed(1)} s`;
}
